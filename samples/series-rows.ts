import { type Day, periodDays } from '../shared/domain/calendar.ts';
import type { Unit } from '../shared/domain/catalogue.ts';
import { areasOf, communeCounts, splitRatio, splitTotal } from './by-area.ts';
import type { Sending } from './directive-tasks.ts';
import { documentOf } from './evidence.ts';
import { workdays } from './office-hours.ts';
import { randomFor } from './random.ts';
import type { SampleRow } from './row.ts';
import { type Month, months, type Series } from './story.ts';

type Of<K extends Series['kind']> = Extract<Series, { kind: K }>;

/** The rows on one indicator in one of a unit's files, the `index`-th; none when it says nothing of it. */
export function seriesRows(
  series: Series,
  unit: Unit,
  sendings: readonly Sending[],
  index: number,
): SampleRow[] {
  const sending = sendings[index];
  if (!sending) return [];
  switch (series.kind) {
    case 'ratio':
      return ratioRows(series, unit, sending);
    case 'communes':
      return communeRows(series, unit, sending);
    case 'value':
      return sendings.slice(series.repeats ? 0 : index, index + 1).flatMap((each) => valueRows(series, each));
    case 'milestone':
      return milestoneRows(series, unit, sending, sendings[index - 1]);
    case 'monthly':
      return monthlyRows(series, unit, sending);
    case 'districts':
      return districtRows(series, unit, sending);
  }
}

/** The smallest numerator that is at least so many percent, for percentages of two decimals. */
export function numeratorFor(total: number, percent: number): number {
  return Math.ceil((total * Math.round(percent * 100)) / 10_000);
}

function ratioRows(series: Of<'ratio'>, unit: Unit, { month, period }: Sending): SampleRow[] {
  const percent = entryOf(series.percents, month);
  if (percent === undefined) return [];
  const { indicator, total, level } = series;
  const numerator = numeratorFor(total, percent);
  const value = series.hasValue ? { value: String(percent), isPercentage: true } : {};
  const whole = { indicator, period, numerator, denominator: total, ...value };
  if (!level) return [whole];
  const areas = areasOf(unit.id, level);
  const totals = splitTotal(indicator, total, areas.length);
  const parts = splitRatio(indicator, areas, numerator, totals).map((part) => ({
    indicator,
    period,
    ...part,
  }));
  return series.hasTotalRow ? [whole, ...parts] : parts;
}

function communeRows(series: Of<'communes'>, unit: Unit, { month, period }: Sending): SampleRow[] {
  const reached = entryOf(series.reached, month);
  if (reached === undefined) return [];
  const { indicator, level } = series;
  const parts = splitRatio(
    indicator,
    areasOf(unit.id, level),
    reached,
    communeCounts(unit.id, level, series.hasWards),
  );
  return parts.map((part) => ({ indicator, period, ...part }));
}

function valueRows(
  { indicator, values, isPercentage }: Of<'value'>,
  { month, period }: Sending,
): SampleRow[] {
  const value = entryOf(values, month);
  return value === undefined ? [] : [{ indicator, period, value, isPercentage }];
}

function milestoneRows(
  { indicator, percents, completedOn }: Of<'milestone'>,
  unit: Unit,
  { month, period, asAt }: Sending,
  before: Sending | undefined,
): SampleRow[] {
  if (completedOn !== undefined && completedOn <= asAt) {
    if (before && completedOn <= before.asAt) return [];
    return [
      { indicator, period, completedOn, evidence: documentOf(randomFor(`${unit.id}:${indicator}`), unit) },
    ];
  }
  const percent = entryOf(percents, month);
  return percent === undefined ? [] : [{ indicator, period, value: String(percent) }];
}

function monthlyRows(
  { indicator, completedOn }: Of<'monthly'>,
  unit: Unit,
  { month, period }: Sending,
): SampleRow[] {
  const day = entryOf(completedOn, month);
  if (day === undefined) return [];
  return [
    {
      indicator,
      period,
      completedOn: day,
      evidence: documentOf(randomFor(`${unit.id}:${indicator}:${month}`), unit),
    },
  ];
}

/** The first so many districts, in the order of their codes, are complete; the others are half-way. */
function districtRows(
  { indicator, reached }: Of<'districts'>,
  unit: Unit,
  { month, period }: Sending,
): SampleRow[] {
  const complete = entryOf(reached, month);
  if (complete === undefined) return [];
  return areasOf(unit.id, 'district').map(({ code }, index): SampleRow => {
    if (index >= complete) return { indicator, period, area: code, value: '50' };
    const random = randomFor(`${unit.id}:${indicator}:${code}`);
    const completedOn = districtDay(reached.findIndex((count) => count !== null && count > index));
    return { indicator, period, area: code, completedOn, evidence: documentOf(random, unit) };
  });
}

/** The tenth of the month, or the first working day after it. */
function districtDay(monthIndex: number): Day {
  const month = months[monthIndex] ?? months[0];
  return workdays(`${month}-10`, periodDays(month).last)[0] ?? `${month}-10`;
}

function entryOf<T>(entries: readonly (T | null)[], month: Month): T | undefined {
  return entries[months.indexOf(month)] ?? undefined;
}
