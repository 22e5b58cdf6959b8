/**
 * Days, periods and instants. Every rule of the directive speaks of calendar days in Asia/Ho_Chi_Minh,
 * which has been UTC+7 without daylight saving since 1975, so a fixed offset is exact.
 *
 * An instant is an ISO 8601 string in UTC with milliseconds (`2022-06-30T16:59:59.999Z`); a day is
 * `YYYY-MM-DD`. Both compare correctly as text.
 */

/** ISO 8601 instant in UTC with milliseconds. */
export type Instant = string;
/** Calendar day, `YYYY-MM-DD`. */
export type Day = string;
/** Canonical period: a month `2022-06`, a quarter `2022-Q2`, a year `2022` or a day `2022-06-15`. */
export type Period = string;

const offsetMs = 7 * 60 * 60 * 1000;
const dayMs = 24 * 60 * 60 * 1000;

/** The calendar day in Asia/Ho_Chi_Minh at an instant. */
export function dayOf(instant: Instant): Day {
  return new Date(Date.parse(instant) + offsetMs).toISOString().slice(0, 10);
}

/** The first instant of a day in Asia/Ho_Chi_Minh: `2022-07-01` → `2022-06-30T17:00:00.000Z`. */
export function startOfDay(day: Day): Instant {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) - offsetMs).toISOString();
}

/** The last millisecond of a day in Asia/Ho_Chi_Minh: `2022-06-30` → `2022-06-30T16:59:59.999Z`. */
export function endOfDay(day: Day): Instant {
  return new Date(Date.parse(startOfDay(day)) + dayMs - 1).toISOString();
}

/** A time of day in Asia/Ho_Chi_Minh as an instant: `('2022-07-01', 7)` → `2022-07-01T00:00:00.000Z`. */
export function atHour(day: Day, hour: number): Instant {
  return new Date(Date.parse(startOfDay(day)) + hour * 60 * 60 * 1000).toISOString();
}

/** The time of day in Asia/Ho_Chi_Minh at an instant: `07:30`. */
export function timeOfDay(instant: Instant): string {
  return new Date(Date.parse(instant) + offsetMs).toISOString().slice(11, 16);
}

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** The day of the week of a day. */
export function weekdayOf(day: Day): (typeof weekdays)[number] | undefined {
  return weekdays[new Date(`${day}T00:00:00.000Z`).getUTCDay()];
}

/** The day `days` later (earlier when negative). */
export function addDays(day: Day, days: number): Day {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** Calendar days from one day to another: 0 for the same day, negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00.000Z`) - Date.parse(`${from}T00:00:00.000Z`)) / dayMs);
}

/** Whether a text is a day that exists: `2022-02-29` is not. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00.000Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The last day of a month, 1 to 12: `(2022, 6)` → `2022-06-30`. */
export function lastDayOfMonth(year: number, month: number): Day {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** First and last day of a canonical period. */
export function periodDays(period: Period): { first: Day; last: Day } {
  const year = Number(period.slice(0, 4));
  if (period.length === 4) return { first: `${period}-01-01`, last: `${period}-12-31` };
  const quarter = /^\d{4}-Q([1-4])$/.exec(period);
  if (quarter) {
    const lastMonth = Number(quarter[1]) * 3;
    return {
      first: `${period.slice(0, 4)}-${twoDigits(lastMonth - 2)}-01`,
      last: lastDayOfMonth(year, lastMonth),
    };
  }
  if (period.length === 7)
    return { first: `${period}-01`, last: lastDayOfMonth(year, Number(period.slice(5))) };
  return { first: period, last: period };
}

/** The day a figure of a period speaks for: the period's last day, or the day of receipt while that is to come. */
export function asAtDay(period: Period, receivedOn: Day): Day {
  const { last } = periodDays(period);
  return last <= receivedOn ? last : receivedOn;
}

/** A month and those after it, `2022-04`, `2022-05` … without end. */
export function* monthsFrom(first: Period): Generator<Period, never> {
  for (let month = first; ; month = addDays(periodDays(month).last, 1).slice(0, 7)) yield month;
}

/** The calendar year a period lies in. */
export function yearOf(period: Period): number {
  return Number(period.slice(0, 4));
}

/** A day as people in Vietnam write it: `2022-06-30` → `30/06/2022`. */
export function formatDay(day: Day): string {
  return `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;
}

/**
 * The instant meant by a date or an instant with offset, as the commands accept it: a date is its last
 * millisecond in Asia/Ho_Chi_Minh. Returns `undefined` for anything else, and for years outside 2000 to 2099,
 * beyond which occurrences of a recurring duty would be counted without end.
 */
export function parseAsOf(text: string): Instant | undefined {
  if (!text.startsWith('20')) return undefined;
  if (isDay(text)) return endOfDay(text);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) || !isDay(text.slice(0, 10)) ? undefined : new Date(time).toISOString();
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
