import type { Assessment } from '../../../shared/domain/assessment.ts';
import { type Day, formatDay, periodDays } from '../../../shared/domain/calendar.ts';
import type { AssignedIndicator } from '../../../shared/domain/catalogue.ts';
import { CountedPoints } from '../../../shared/domain/counted-points.ts';
import { displayValue } from '../../../shared/domain/figure.ts';
import type { Obligation } from '../../../shared/domain/obligation.ts';
import type { Point } from '../../../shared/domain/observation.ts';

/** The obligation an assessment is of: where it recurs, its id ends in the year or month whose figures count. */
export function obligationOf(
  { obligation: id, unit, due }: Pick<Assessment, 'obligation' | 'unit' | 'due'>,
  { task, indicator }: AssignedIndicator,
): Obligation {
  const period = id.split(':')[2];
  return { id, unit, task, indicator, due, ...(period !== undefined && { window: periodDays(period) }) };
}

/** The points that count for an obligation, of all a unit has published, the latest first. */
export function pointsOf(obligation: Obligation, points: readonly Point[]): Point[] {
  return new CountedPoints(obligation, points).latestFirst();
}

/** Of each as-at day the figure that counts, in time order, as a picture draws it. */
export function figuresOf(latestFirst: readonly Point[]): { day: Day; value: string }[] {
  const days = Map.groupBy(latestFirst, ({ asAt }) => asAt);
  return [...days]
    .flatMap(([day, [point]]) => (point ? [{ day, value: displayValue(point) }] : []))
    .toReversed();
}

/** The occurrence to look at: the one chosen, else the first that is not past, else the last. */
export function occurrenceShown<A extends Pick<Assessment, 'obligation' | 'daysLeft'>>(
  assessments: readonly A[],
  chosen: string,
): A | undefined {
  return (
    assessments.find(({ obligation }) => obligation === chosen) ??
    assessments.find(({ daysLeft }) => daysLeft !== null && daysLeft >= 0) ??
    assessments.at(-1)
  );
}

/** A point among the others of its indicator: the period and the as-at day. */
export function keyOfPoint({ period, asAt }: Pick<Point, 'period' | 'asAt'>): string {
  return `${period}|${asAt}`;
}

/** `2022-06` → `06/2022`, `2022-Q2` → `Q2/2022`; a year as it is, a day as days are written. */
export function periodText(period: string): string {
  const [year = '', part, day] = period.split('-');
  if (part === undefined) return year;
  return day === undefined ? `${part}/${year}` : formatDay(period);
}
