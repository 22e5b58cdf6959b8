/** Within any second at most so many messages go to one address. */
const maxMessages = 5;
const windowMs = 1000;

/**
 * How long to wait before another message to an address, in milliseconds; 0 for not at all. `sentMs` are the times
 * of the messages before, in order, on the clock of `nowMs`.
 */
export function delayBefore(sentMs: readonly number[], nowMs: number): number {
  const fifthLatest = sentMs.at(-maxMessages);
  return fifthLatest === undefined ? 0 : Math.max(0, fifthLatest + windowMs - nowMs);
}

/** The clock a run paces by, which must run on while it waits and never be set back, and how it waits. */
export interface PaceClock {
  nowMs(): number;
  wait(ms: number): Promise<void>;
}

/**
 * Keeps one run to 5 messages a second to one address: the function it returns is awaited before each message,
 * and remembers it as sent. Those who wait for one address at the same time are kept apart, too.
 */
export function createPacer({ nowMs, wait }: PaceClock): (address: string) => Promise<void> {
  const sent = new Map<string, readonly number[]>();
  const earlier = (address: string) => sent.get(address) ?? [];
  return async (address) => {
    // A timer may fire early, and somebody else may have sent meanwhile.
    for (;;) {
      const delayMs = delayBefore(earlier(address), nowMs());
      if (delayMs === 0) break;
      await wait(delayMs);
    }
    sent.set(address, [...earlier(address), nowMs()].slice(-maxMessages));
  };
}
