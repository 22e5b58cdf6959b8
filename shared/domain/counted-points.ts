import { type Day, daysBetween, periodDays } from './calendar.ts';
import type { Obligation } from './obligation.ts';
import type { Figure, Point } from './observation.ts';
import { SortedList } from './sorted-list.ts';

/** The points that decide about an obligation, of those that count for it. */
export interface DecisivePoints {
  /** The latest of all. */
  latest: Point | undefined;
  /** The latest as at or before the due date; without a due date, the latest of all. */
  timely: Point | undefined;
  /** The latest as at a later day that tells when a milestone was completed. */
  told: Point | undefined;
}

/** The points that count for an obligation: its own and, where it recurs, those of its window. */
export class CountedPoints {
  private readonly obligation: Obligation;
  private readonly timely = new SortedList<Point>(latestLast);
  private readonly later = new SortedList<Point>(latestLast);
  private readonly told = new SortedList<Point>(latestLast);

  constructor(obligation: Obligation, points: readonly Point[] = []) {
    this.obligation = obligation;
    for (const point of points) this.replace(undefined, point);
  }

  /** Takes out one point and puts another in; what does not count is passed over. */
  replace(before: Point | undefined, after: Point | undefined): void {
    if (before) for (const list of this.listsOf(before)) list.remove(before);
    if (after) for (const list of this.listsOf(after)) list.insert(after);
  }

  decisive(): DecisivePoints {
    const timely = this.timely.last;
    return { latest: this.later.last ?? timely, timely, told: this.told.last };
  }

  /** All of them, the latest first. */
  latestFirst(): Point[] {
    return [...this.later.descending(), ...this.timely.descending()];
  }

  private listsOf(point: Point): SortedList<Point>[] {
    const { indicator, window, due } = this.obligation;
    if (point.indicator !== indicator.id) return [];
    const day = countingDay(point);
    if (window && (day < window.first || day > window.last)) return [];
    if (due === null || point.asAt <= due) return [this.timely];
    return point.completedOn === undefined ? [this.later] : [this.later, this.told];
  }
}

/** The day that decides whether a figure is in time: the day of completion where there is one. */
export function countingDay(figure: Figure): Day {
  return figure.completedOn ?? figure.asAt;
}

/** Of two points as at the same day the later submission counts, then the shorter period. */
function latestLast(a: Point, b: Point): number {
  return (
    compareText(a.asAt, b.asAt) ||
    compareText(a.submissionId, b.submissionId) ||
    periodLength(b) - periodLength(a) ||
    compareText(b.period, a.period)
  );
}

function periodLength({ period }: Figure): number {
  const { first, last } = periodDays(period);
  return daysBetween(first, last);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
