import type { Instant } from '../shared/domain/calendar.ts';

/**
 * The embedded cloud's own clock. It stands still until it is moved, or runs at the speed of real time from
 * where it stands. Workers see it through shared memory, so a moved clock is seen at once everywhere.
 */
export interface Clock {
  now(): Instant;
  nowMs(): number;
  /** Moves the clock; moving it back throws. */
  moveTo(instant: Instant): void;
  /** Lets it run from where it stands. */
  run(): void;
  /** Two 64-bit cells: milliseconds since 1970, and the real time since which it runs (0 while it stands). */
  readonly memory: SharedArrayBuffer;
}

const standingAt = 0;
const runningSince = 1;

/** A clock standing at an instant. */
export function createClock(startAt: Instant): Clock {
  const memory = new SharedArrayBuffer(16);
  const cells = new BigInt64Array(memory);
  Atomics.store(cells, standingAt, BigInt(Date.parse(startAt)));
  const nowMs = clockReader(memory);
  return {
    memory,
    nowMs,
    now: () => new Date(nowMs()).toISOString(),
    moveTo(instant) {
      const target = Date.parse(instant);
      if (target < nowMs())
        throw new Error(
          `The clock stands at ${new Date(nowMs()).toISOString()} and cannot go back to ${instant}`,
        );
      Atomics.store(cells, standingAt, BigInt(target));
      if (Atomics.load(cells, runningSince) !== 0n) Atomics.store(cells, runningSince, BigInt(Date.now()));
    },
    run() {
      Atomics.store(cells, runningSince, BigInt(Date.now()));
    },
  };
}

/**
 * What tells the present time of a clock, in milliseconds since 1970, from its shared memory. `realNowMs` is the
 * machine's time.
 */
export function clockReader(memory: SharedArrayBuffer, realNowMs: () => number = Date.now): () => number {
  const cells = new BigInt64Array(memory);
  return () => {
    const since = Number(Atomics.load(cells, runningSince));
    const standing = Number(Atomics.load(cells, standingAt));
    return since === 0 ? standing : standing + (realNowMs() - since);
  };
}
