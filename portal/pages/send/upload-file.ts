import { Unreachable } from '../../../shared/client/api.ts';
import { type Upload, UploadRefused } from '../../../shared/client/submit-file.ts';

/** Browsers set these themselves and refuse to be told. */
const setByBrowser = new Set(['content-length', 'host']);

/**
 * Puts a chosen file to its URL; `tell` hears the share that is sent. Unlike `fetch` this knows how much of a body has
 * left the machine.
 *
 * @throws UploadRefused when the store does not take it, Unreachable when there is no answer: it may have arrived all
 *   the same; the signal's reason once `signal` is aborted.
 */
export function uploadFile(
  { upload }: Upload,
  file: Blob,
  { tell, signal }: { tell(share: number): void; signal: AbortSignal },
): Promise<void> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    signal.addEventListener('abort', () => {
      request.abort();
      reject(signal.reason);
    });
    request.upload.addEventListener('progress', ({ loaded, total }) => tell(total > 0 ? loaded / total : 0));
    request.addEventListener('error', () => reject(new Unreachable(upload.url, 'no answer')));
    request.addEventListener('timeout', () => reject(new Unreachable(upload.url, 'no answer in time')));
    request.addEventListener('load', () => {
      if (request.status < 300) resolve();
      else reject(new UploadRefused(request.status, request.responseText));
    });
    request.open(upload.method, upload.url);
    for (const [name, value] of Object.entries(upload.headers)) {
      if (!setByBrowser.has(name.toLowerCase())) request.setRequestHeader(name, value);
    }
    request.send(file);
  });
}
