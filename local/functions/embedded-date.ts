import { clockReader } from '../clock.ts';

/**
 * Replaces `Date` of this thread: without arguments it tells the time of a clock, read from its shared memory.
 * To be called before any other code is loaded that may keep `Date` for itself.
 */
export function installClock(memory: SharedArrayBuffer): void {
  const RealDate = globalThis.Date;
  const nowMs = clockReader(memory, RealDate.now.bind(RealDate));
  // A plain function: functions make dates by the hundred thousand, and a Proxy is several times slower.
  function EmbeddedDate(...parts: ConstructorParameters<DateConstructor>): string | Date {
    const count: number = parts.length;
    if (new.target === undefined) return new RealDate(nowMs()).toString();
    if (new.target !== EmbeddedDate || count > 1) {
      return Reflect.construct(RealDate, count === 0 ? [nowMs()] : parts, new.target);
    }
    return new RealDate(count === 0 ? nowMs() : parts[0]);
  }
  Object.defineProperties(EmbeddedDate, {
    ...Object.getOwnPropertyDescriptors(RealDate),
    now: { ...Object.getOwnPropertyDescriptor(RealDate, 'now'), value: nowMs },
  });
  Object.defineProperty(RealDate.prototype, 'constructor', { value: EmbeddedDate });
  Object.defineProperty(globalThis, 'Date', { value: EmbeddedDate });
}
