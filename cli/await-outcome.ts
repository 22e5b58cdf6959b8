import { SingleBar } from 'cli-progress';
import type { Api } from '../shared/client/api.ts';
import { type AnswerOf, callRoute } from '../shared/client/call-route.ts';
import { isSettled } from '../shared/domain/submission.ts';
import { CommandError } from './command-error.ts';

const firstDelayMs = 500;
const maxDelayMs = 5000;
/** Longer than the check of the largest file takes. */
const maxWaitMs = 15 * 60 * 1000;

/** What of a progress bar is used, for tests to stand in for. */
export interface ProgressBar {
  start(total: number, value: number, payload: { rows: number }): void;
  update(value: number, payload: { rows: number }): void;
  stop(): void;
}

/**
 * Waits until a submission has its outcome: accepted, rejected, failed, or expired for want of an upload. While a
 * large file is checked, a progress bar tells how far that is. Throws `CommandError` when there is no outcome after a
 * quarter of an hour.
 */
export async function awaitOutcome(
  api: Api,
  id: string,
  wait: (ms: number) => Promise<void>,
  bar: ProgressBar = createBar(),
): Promise<AnswerOf<'GET /submissions/{id}'>> {
  let isShown = false;
  let delayMs = firstDelayMs;
  let waitedMs = 0;
  try {
    while (waitedMs < maxWaitMs) {
      const { body } = await callRoute(api, 'GET /submissions/{id}', { params: { id } });
      if (isSettled(body.state) || body.state === 'failed' || body.state === 'expired') return body;
      if (body.progress) {
        const { rows, bytes, ofBytes } = body.progress;
        if (isShown) bar.update(bytes, { rows });
        else bar.start(ofBytes, bytes, { rows });
        isShown = true;
      }
      await wait(delayMs);
      waitedMs += delayMs;
      delayMs = Math.min(delayMs * 1.5, maxDelayMs);
    }
  } finally {
    if (isShown) bar.stop();
  }
  throw new CommandError(
    `Tệp đã được nhận nhưng chưa có kết quả. Xem sau bằng "tiendo status ${id}".`,
    `The file was received, but there is no outcome yet. See later with "tiendo status ${id}".`,
  );
}

function createBar(): ProgressBar {
  return new SingleBar({
    format: 'Đang kiểm tra · checking {bar} {percentage} %, {rows} dòng · rows',
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
}
