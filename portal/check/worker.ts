import { checkChosenFile } from './check-chosen-file.ts';
import type { CheckMessage, CheckRequest } from './check-messages.ts';
import { FileUnreadable } from './file-unreadable.ts';

/** The page is told no more often than it can be seen. */
const tellEveryMs = 100;

addEventListener('message', ({ data }: MessageEvent<CheckRequest>) => {
  let toldAtMs = 0;
  const progress = (share: number) => {
    const nowMs = performance.now();
    if (nowMs - toldAtMs < tellEveryMs) return;
    toldAtMs = nowMs;
    send({ type: 'progress', share });
  };
  checkChosenFile(data, progress).then(
    (checked) => send({ type: 'checked', ...checked }),
    (error: unknown) => {
      if (error instanceof FileUnreadable) send({ type: 'unreadable' });
      else send({ type: 'fault', message: String(error) });
    },
  );
});

function send(message: CheckMessage): void {
  postMessage(message);
}
