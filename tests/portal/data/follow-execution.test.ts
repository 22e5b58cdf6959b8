import { describe, expect, it } from 'vitest';
import { delayMs, followExecution } from '../../../portal/pages/data/follow-execution.ts';
import type { QueryExecution } from '../../../shared/domain/query-answers.ts';

const said = { id: '1', query: 'known-on', statement: 'select', submittedAt: '2022-07-01T01:00:00.000Z' };
const queued: QueryExecution = { ...said, state: 'queued' };
const running: QueryExecution = { ...said, state: 'running' };
const failed: QueryExecution = { ...said, state: 'failed', reason: { vi: 'Hỏng', en: 'Broken' } };

/** Follows an execution that stands like this, look by look; `onWait` is called while it waits. */
async function follow(
  standings: readonly QueryExecution[],
  onWait: (abort: AbortController) => void = () => {},
) {
  const abort = new AbortController();
  const left = [...standings];
  const told: string[] = [];
  const waited: number[] = [];
  await followExecution({
    read: async () => left.shift() ?? Promise.reject(new Error('looked at once too often')),
    wait: async (ms) => {
      waited.push(ms);
      onWait(abort);
    },
    tell: ({ state }) => told.push(state),
    signal: abort.signal,
  });
  return { told, waited };
}

describe('following an execution', () => {
  it('tells how it stands until it has its outcome, waiting longer each time', async () => {
    expect(await follow([queued, running, running, failed])).toEqual({
      told: ['queued', 'running', 'running', 'failed'],
      waited: [300, 450, 675],
    });
  });

  it('ends when nobody waits any more', async () => {
    expect(await follow([queued], (abort) => abort.abort())).toEqual({
      told: ['queued'],
      waited: [300],
    });
  });

  it('throws what a look throws', async () => {
    await expect(follow([queued])).rejects.toThrow('once too often');
  });

  it('waits five seconds at most', () => {
    expect([6, 7, 500].map(delayMs)).toEqual([3417, 5000, 5000]);
  });
});
