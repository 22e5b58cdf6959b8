import type { CheckedFile, CheckMessage, CheckRequest } from './check-messages.ts';
import { FileUnreadable } from './file-unreadable.ts';

/**
 * Checks a file in a worker of its own, so that the page stays usable; `tell` hears the share that is done. Ends the
 * worker when `signal` is aborted, and rejects with the signal's reason.
 *
 * @throws FileUnreadable when the file changes or goes away meanwhile.
 */
export function checkInWorker(
  request: CheckRequest,
  { tell, signal }: { tell(share: number): void; signal: AbortSignal },
): Promise<CheckedFile> {
  signal.throwIfAborted();
  const worker = new Worker(checkWorkerUrl, { type: 'module' });
  return new Promise<CheckedFile>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    worker.addEventListener('error', ({ message }) => reject(new Error(`The worker failed: ${message}`)));
    worker.addEventListener('message', ({ data }: MessageEvent<CheckMessage>) => {
      switch (data.type) {
        case 'progress':
          tell(data.share);
          break;
        case 'checked': {
          const { type: _, ...checked } = data;
          resolve(checked);
          break;
        }
        case 'unreadable':
          reject(new FileUnreadable());
          break;
        case 'fault':
          reject(new Error(data.message));
      }
    });
    worker.postMessage(request);
  }).finally(() => worker.terminate());
}
