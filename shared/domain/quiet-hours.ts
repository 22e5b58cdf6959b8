import { dayOf, type Instant, startOfDay } from './calendar.ts';
import type { QuietHours } from './coordinator.ts';

/**
 * Whether an instant lies within somebody's quiet hours, read on the clock of Asia/Ho_Chi_Minh: from the first
 * millisecond of `from` up to, and not including, `to`.
 */
export function isQuiet({ from, to }: QuietHours, instant: Instant): boolean {
  const time = Date.parse(instant) - Date.parse(startOfDay(dayOf(instant)));
  const [begins, ends] = [sinceMidnight(from), sinceMidnight(to)];
  const isPastBegin = time >= begins;
  const isBeforeEnd = time < ends;
  return begins <= ends ? isPastBegin && isBeforeEnd : isPastBegin || isBeforeEnd;
}

/** Milliseconds from midnight to a time of day: `07:00` → 25,200,000. */
function sinceMidnight(timeOfDay: string): number {
  const [hours, minutes] = timeOfDay.split(':').map(Number);
  return ((hours ?? 0) * 60 + (minutes ?? 0)) * 60_000;
}
