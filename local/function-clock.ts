import { readClock } from './clock.ts';

/**
 * Replaces `Date` of this thread: without arguments it tells the time of a clock, read from its shared memory.
 * To be called before any other code is loaded that may keep `Date` for itself.
 */
export function installClock(memory: SharedArrayBuffer): void {
  const RealDate = globalThis.Date;
  const realNowMs = RealDate.now.bind(RealDate);
  const nowMs = () => readClock(memory, realNowMs);
  const embedded = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [nowMs()] : args, newTarget),
    apply: () => new RealDate(nowMs()).toString(),
    get: (target, property, receiver) =>
      property === 'now' ? nowMs : Reflect.get(target, property, receiver),
  });
  RealDate.prototype.constructor = embedded;
  globalThis.Date = embedded;
}
