import { Unreachable } from '../../../shared/client/api.ts';
import type { AnswerOf } from '../../../shared/client/call-route.ts';
import { isClosed } from '../../../shared/domain/submission.ts';

/** A submission as the API answers it. */
export type SubmissionAnswer = AnswerOf<'GET /submissions/{id}'>;

/** What became of a submission so far: as it was last read, and whether it can be read at this moment. */
export interface Following {
  submission?: SubmissionAnswer;
  isReachable: boolean;
}

const firstDelayMs = 500;
const maxDelayMs = 5000;

/**
 * Reads a submission again and again, at growing intervals, until nothing more happens to it by itself; `tell` hears
 * of each reading. A connection that breaks is waited out. Ends early, without a word, when `signal` is aborted.
 *
 * @throws what `read` throws, but for Unreachable.
 */
export async function followSubmission({
  read,
  wait,
  tell,
  signal,
}: {
  read(): Promise<SubmissionAnswer>;
  wait(ms: number): Promise<void>;
  tell(following: Following): void;
  signal: AbortSignal;
}): Promise<void> {
  let latest: SubmissionAnswer | undefined;
  for (let delayMs = firstDelayMs; !signal.aborted; delayMs = Math.min(delayMs * 1.5, maxDelayMs)) {
    const submission = await readIfReachable(read);
    if (signal.aborted) return;
    latest = submission ?? latest;
    tell({ ...(latest && { submission: latest }), isReachable: submission !== undefined });
    if (submission && isClosed(submission.state)) return;
    await wait(delayMs);
  }
}

async function readIfReachable(read: () => Promise<SubmissionAnswer>): Promise<SubmissionAnswer | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Unreachable) return undefined;
    throw error;
  }
}
