import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { createPacer, delayBefore } from '../../shared/domain/pacing.ts';

describe('the delay before a message', () => {
  it.each([
    ['before the first', [], 0, 0],
    ['before the fifth at once', [0, 0, 0, 0], 0, 0],
    ['before the sixth at once', [0, 0, 0, 0, 0], 0, 1000],
    ['999 ms after the first of five', [0, 200, 400, 600, 800], 999, 1],
    ['1,000 ms after the first of five', [0, 200, 400, 600, 800], 1000, 0],
    ['1,001 ms after the first of five', [0, 200, 400, 600, 800], 1001, 0],
    ['before the seventh, counted from the second', [0, 300, 400, 600, 800, 1000], 1000, 300],
    ['in fractions of a millisecond', [0.25, 1, 2, 3, 4], 1000, 0.25],
  ])('%s', (_, sentMs, nowMs, delayMs) => {
    expect(delayBefore(sentMs, nowMs)).toBe(delayMs);
  });
});

/** A clock that runs on only while somebody waits, and its waits. `firesEarlyMs`: a timer may not be exact. */
function fakeClock(firesEarlyMs = 0) {
  let timeMs = 0;
  const waits: number[] = [];
  return {
    waits,
    nowMs: () => timeMs,
    wait: async (ms: number) => {
      waits.push(ms);
      timeMs += Math.max(ms - firesEarlyMs, 0.5);
    },
    runOn: (ms: number) => {
      timeMs += ms;
    },
  };
}

describe('a pacer', () => {
  it('lets five messages to one address go at once and holds the sixth for a second', async () => {
    const clock = fakeClock();
    const pace = createPacer(clock);
    for (let message = 1; message <= 5; message += 1) await pace('a');
    expect(clock.waits).toEqual([]);
    await pace('a');
    expect(clock.waits).toEqual([1000]);
  });

  it('holds up nobody else', async () => {
    const clock = fakeClock();
    const pace = createPacer(clock);
    for (let message = 1; message <= 5; message += 1) for (const address of 'abc') await pace(address);
    expect(clock.waits).toEqual([]);
  });

  it.each([
    [999, [1]],
    [1000, []],
  ])('%i ms after five messages still waits %j', async (ms, waits) => {
    const clock = fakeClock();
    const pace = createPacer(clock);
    for (let message = 1; message <= 5; message += 1) await pace('a');
    clock.runOn(ms);
    await pace('a');
    expect(clock.waits).toEqual(waits);
  });

  it('waits again when the timer fired early', async () => {
    const clock = fakeClock(1);
    const pace = createPacer(clock);
    for (let message = 1; message <= 6; message += 1) await pace('a');
    expect(clock.waits).toEqual([1000, 1, 0.5]);
    expect(clock.nowMs()).toBeGreaterThanOrEqual(1000);
  });

  it('never lets more than five through in any second, however many wait at the same time', async () => {
    const anyPauses = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 8 });
    const timers = ['setTimeout', 'performance'] as const;
    await fc.assert(
      fc
        .asyncProperty(anyPauses, fc.integer({ min: 1, max: 12 }), async (pauses, together) => {
          const clock = {
            nowMs: () => performance.now(),
            wait: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
          };
          const pace = createPacer(clock);
          const sentMs: number[] = [];
          const send = () => pace('a').then(() => sentMs.push(clock.nowMs()));
          for (const ms of [0, ...pauses]) {
            await vi.advanceTimersByTimeAsync(ms);
            for (let message = 1; message <= together; message += 1) void send();
          }
          await vi.runAllTimersAsync();
          expect(sentMs).toHaveLength((pauses.length + 1) * together);
          const within = sentMs.map((at) => sentMs.filter((each) => each >= at && each < at + 1000).length);
          expect(Math.max(...within)).toBeLessThanOrEqual(5);
        })
        .beforeEach(() => {
          vi.useFakeTimers({ toFake: [...timers] });
        })
        .afterEach(() => {
          vi.useRealTimers();
        }),
    );
  });
});
