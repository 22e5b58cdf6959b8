import { addDays, dayOf, type Instant, startOfDay } from './calendar.ts';
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

/** When the quiet hours an instant lies within end; `undefined` when it lies within none. */
export function quietUntil(quietHours: QuietHours, instant: Instant): Instant | undefined {
  if (!isQuiet(quietHours, instant)) return undefined;
  const today = dayOf(instant);
  const ends = [today, addDays(today, 1)].map((day) =>
    new Date(Date.parse(startOfDay(day)) + sinceMidnight(quietHours.to)).toISOString(),
  );
  return ends.find((end) => end > instant);
}

/** Milliseconds from midnight to a time of day: `07:00` → 25,200,000. */
function sinceMidnight(timeOfDay: string): number {
  const [hours, minutes] = timeOfDay.split(':').map(Number);
  return ((hours ?? 0) * 60 + (minutes ?? 0)) * 60_000;
}
