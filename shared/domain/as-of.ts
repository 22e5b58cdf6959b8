import { type Instant, parseAsOf } from './calendar.ts';
import { asOfInvalid } from './problem.ts';

/**
 * The instant a caller asks about: a date is its end in Asia/Ho_Chi_Minh, nothing is now.
 *
 * @throws ProblemError `as-of-invalid`.
 */
export function readAsOf(asked: string | undefined, now: Instant): Instant {
  if (asked === undefined) return now;
  const asOf = parseAsOf(asked);
  if (asOf === undefined) throw asOfInvalid(asked);
  return asOf;
}

/**
 * The same where only what was known is answered: what will be known is not known yet, so that it is now at the latest.
 *
 * @throws ProblemError `as-of-invalid`.
 */
export function readKnownAsOf(asked: string | undefined, now: Instant): Instant {
  const asOf = readAsOf(asked, now);
  return asOf < now ? asOf : now;
}
