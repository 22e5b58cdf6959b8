import {
  addDays,
  asAtDay,
  atHour,
  type Day,
  dayOf,
  type Instant,
  lastDayOfMonth,
  type Period,
} from '../shared/domain/calendar.ts';
import { type Catalogue, findUnit, type Unit } from '../shared/domain/catalogue.ts';
import { directiveRows, type Sending } from './directive-tasks.ts';
import { maybeNote } from './evidence.ts';
import { habits } from './habits.ts';
import { duringOfficeHours, vietnamTime, workdays } from './office-hours.ts';
import { randomFor } from './random.ts';
import type { SampleRow } from './row.ts';
import { seriesRows } from './series-rows.ts';
import { type Month, months, type Pace, type Story } from './story.ts';
import { writeFile } from './write-file.ts';

/** One upload of the journey: its file, below `samples/`, and what shall become of it. */
export interface SampleSubmission {
  unit: string;
  path: string;
  bytes: Uint8Array;
  receivedAt: Instant;
  expect: 'accepted' | 'rejected';
}

interface TimedSending extends Sending {
  receivedAt: Instant;
}

/** What a unit sends by its story, in order of time. Throws when a story is told of a unit that is none. */
export function submissionsOf(catalogue: Catalogue, story: Story): SampleSubmission[] {
  const unit = unitOf(catalogue, story.unit);
  const sendings = sendingsOf(story);
  const section1 = directiveRows(catalogue, unit, story, sendings);
  return sendings.map((sending, index) => {
    const random = randomFor(`${unit.id}:${sending.month}:notes`);
    const own: SampleRow[] = story.series.flatMap((series) => seriesRows(series, unit, sendings, index));
    const [first, ...rest] = [...own, ...(section1.get(sending.month) ?? [])];
    if (!first) throw new RangeError(`${unit.id} has nothing to send for ${sending.month}`);
    const rows = [{ ...first, ...maybeNote(random) }, ...rest];
    return {
      unit: unit.id,
      path: filePath(story, sending.period),
      bytes: writeFile(rows, habits[story.habit], unit),
      receivedAt: sending.receivedAt,
      expect: 'accepted',
    };
  });
}

/** Where a unit's file for a period lies: `files/74/bao-cao-2022-06.csv`. */
export function filePath(
  { unit, habit }: Pick<Story, 'unit' | 'habit'>,
  period: Period,
  suffix = '',
): string {
  return `files/${unit}/bao-cao-${period.toLowerCase()}${suffix}.${habits[habit].format}`;
}

/** The unit of a story. Throws a `RangeError` when the catalogue has none of that id. */
export function unitOf(catalogue: Catalogue, unitId: string): Unit {
  const unit = findUnit(catalogue, unitId);
  if (!unit) throw new RangeError(`no unit ${unitId} in the catalogue`);
  return unit;
}

function sendingsOf(story: Story): TimedSending[] {
  const random = randomFor(`${story.unit}:receipts`);
  return monthsOf(story.pace)
    .map((month) => {
      const anyTime = duringOfficeHours(random, random.pick(daysToSend(month, story.pace)));
      const given = story.receivedAt?.[month];
      const receivedAt = given === undefined ? anyTime : vietnamTime(given);
      const period = story.pace === 'quarterly' ? `2022-Q${months.indexOf(month) === 0 ? 1 : 2}` : month;
      return { month, period, receivedAt, asAt: asAtDay(period, dayOf(receivedAt)) };
    })
    .filter(({ month }) => !story.skips?.includes(month));
}

function monthsOf(pace: Pace): readonly Month[] {
  switch (pace) {
    case 'never':
      return [];
    case 'once':
      return ['2022-04'];
    case 'quarterly':
      return ['2022-03', '2022-06'];
    case 'punctual':
    case 'month-end':
    case 'after-month':
      return months;
  }
}

/** The days on which a file for a month may come. The journey begins on 25 March and ends with June. */
function daysToSend(month: Month, pace: Pace): Day[] {
  const last = lastDayOfMonth(2022, Number(month.slice(5)));
  if (pace === 'punctual')
    return month === '2022-03' ? workdays('2022-03-25', last) : workdays(`${month}-18`, `${month}-25`);
  const isAfter = (pace === 'after-month' || pace === 'quarterly') && month !== '2022-06';
  return isAfter ? workdays(addDays(last, 1), addDays(last, 8)) : workdays(addDays(last, -4), last);
}

/** The first instant of the journey: seven in the morning of 25 March 2022 in Vietnam. */
export const journeyStartsAt: Instant = atHour('2022-03-25', 7);
