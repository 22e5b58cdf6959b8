import { addDays, type Day, daysBetween, type Instant, startOfDay } from '../shared/domain/calendar.ts';
import type { Random } from './random.ts';

/** Public holidays on weekdays between March and July 2022, with the days given in their place. */
const holidays: readonly Day[] = ['2022-04-11', '2022-05-02', '2022-05-03'];

const openingMinute = 7.5 * 60;
const closingMinute = 17 * 60 - 1;
const minuteMs = 60_000;

/** The working days from `first` to `last`, both included. */
export function workdays(first: Day, last: Day): Day[] {
  return Array.from({ length: daysBetween(first, last) + 1 }, (_, index) => addDays(first, index)).filter(
    isWorkday,
  );
}

/** An instant within the office hours of a day in Vietnam, to the millisecond. */
export function duringOfficeHours(random: Random, day: Day): Instant {
  const minute = random.between(openingMinute, closingMinute);
  return new Date(
    Date.parse(startOfDay(day)) + minute * minuteMs + random.between(0, minuteMs - 1),
  ).toISOString();
}

/** A time of day in Vietnam as an instant in UTC: `'2022-06-30T23:59:30'` → `2022-06-30T16:59:30.000Z`. */
export function vietnamTime(text: string): Instant {
  return new Date(`${text}+07:00`).toISOString();
}

function isWorkday(day: Day): boolean {
  const weekday = new Date(`${day}T00:00:00.000Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.includes(day);
}
