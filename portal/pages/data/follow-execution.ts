import type { QueryExecution } from '../../../shared/domain/query-answers.ts';

/** The first time waited before an execution is looked at again, in milliseconds, and the longest. */
const firstDelayMs = 300;
const maxDelayMs = 5000;

/** How long to wait before the n-th further look, from 0: each time longer by half, and five seconds at most. */
export function delayMs(looks: number): number {
  return Math.min(maxDelayMs, Math.round(firstDelayMs * 1.5 ** looks));
}

/**
 * Looks at the running of a query until it has its outcome or nobody waits for it any more, and tells each time how it
 * stands. What `read` throws is thrown on.
 */
export async function followExecution({
  read,
  wait,
  tell,
  signal,
}: {
  read(): Promise<QueryExecution>;
  wait(ms: number): Promise<void>;
  tell(execution: QueryExecution): void;
  signal: AbortSignal;
}): Promise<void> {
  for (let looks = 0; ; looks += 1) {
    const execution = await read();
    if (signal.aborted) return;
    tell(execution);
    if (execution.state === 'succeeded' || execution.state === 'failed') return;
    await wait(delayMs(looks));
    if (signal.aborted) return;
  }
}
