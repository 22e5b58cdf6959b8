import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { addDays, type Day, daysBetween, monthsFrom } from '../../shared/domain/calendar.ts';
import type { Language } from '../language.ts';

const epoch: Day = '2000-01-01';

/** Days as numbers, for scales. */
export function dayNumber(day: Day): number {
  return daysBetween(epoch, day);
}

/** A scale from days, as numbers, to pixels. */
export function dayScale(
  first: Day,
  last: Day,
  [from, to]: readonly [number, number],
): ScaleLinear<number, number> {
  return scaleLinear()
    .domain([dayNumber(first), dayNumber(last)])
    .range([from, to]);
}

/** A mark of a time axis, and what is written at it. */
export interface DayTick {
  day: Day;
  label: string;
}

/** The spaces between ticks to choose from: months, or days where the time is short. */
const monthSteps = [1, 2, 3, 6, 12, 24] as const;
const shortestMonths = 62;

/**
 * The ticks of a time axis, at most `maxTicks`: the first days of months, `T4` or `Apr`, with the year at the first
 * tick and where it changes; for two months or less days, `16/06`.
 */
export function dayTicks(first: Day, last: Day, maxTicks: number, language: Language): DayTick[] {
  const length = daysBetween(first, last);
  if (length <= shortestMonths) {
    const step = Math.max(1, Math.ceil((length + 1) / Math.max(1, maxTicks)));
    const count = Math.floor(length / step) + 1;
    return Array.from({ length: count }, (_, index) => addDays(first, index * step)).map((day) => ({
      day,
      label: `${day.slice(8)}/${day.slice(5, 7)}`,
    }));
  }
  const months = monthStartsWithin(first, last);
  const chosen =
    monthSteps
      .map((step) => months.filter((day) => monthIndex(day) % step === 0))
      .find((days) => days.length <= maxTicks) ?? [];
  return chosen.map((day, index) => ({
    day,
    label: monthLabel(day, language, day.slice(0, 4) !== chosen[index - 1]?.slice(0, 4)),
  }));
}

function monthStartsWithin(first: Day, last: Day): Day[] {
  const days: Day[] = [];
  for (const month of monthsFrom(first.slice(0, 7))) {
    const day = `${month}-01`;
    if (day > last) return days;
    if (day >= first) days.push(day);
  }
  return days;
}

function monthIndex(day: Day): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}

const englishMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function monthLabel(day: Day, language: Language, withYear: boolean): string {
  const month = Number(day.slice(5, 7));
  const year = day.slice(0, 4);
  if (language === 'vi') return withYear ? `T${month}/${year}` : `T${month}`;
  const name = englishMonths[month - 1] ?? '';
  return withYear ? `${name} ${year}` : name;
}
