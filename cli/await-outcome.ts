import type { Api } from '../shared/client/api.ts';
import { type AnswerOf, callRoute } from '../shared/client/call-route.ts';
import { isSettled } from '../shared/domain/submission.ts';
import { CommandError } from './command-error.ts';

const firstDelayMs = 500;
const maxDelayMs = 5000;
/** Longer than the check of the largest file takes. */
const maxWaitMs = 15 * 60 * 1000;

/**
 * Waits until a submission has its outcome: accepted, rejected, failed, or expired for want of an upload. Throws
 * `CommandError` when there is none after a quarter of an hour.
 */
export async function awaitOutcome(
  api: Api,
  id: string,
  wait: (ms: number) => Promise<void>,
): Promise<AnswerOf<'GET /submissions/{id}'>> {
  let delayMs = firstDelayMs;
  let waitedMs = 0;
  while (waitedMs < maxWaitMs) {
    const { body } = await callRoute(api, 'GET /submissions/{id}', { params: { id } });
    if (isSettled(body.state) || body.state === 'failed' || body.state === 'expired') return body;
    await wait(delayMs);
    waitedMs += delayMs;
    delayMs = Math.min(delayMs * 1.5, maxDelayMs);
  }
  throw new CommandError(
    `Tệp đã được nhận nhưng chưa có kết quả. Xem sau bằng "tiendo status ${id}".`,
    `The file was received, but there is no outcome yet. See later with "tiendo status ${id}".`,
  );
}
