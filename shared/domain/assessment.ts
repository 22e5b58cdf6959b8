import { type Day, dayOf, daysBetween, type Instant, periodDays } from './calendar.ts';
import type { Bilingual, Catalogue } from './catalogue.ts';
import { displayValue, figureValue } from './figure.ts';
import { foldPublications, groupByIndicator } from './fold.ts';
import { type Obligation, obligationsOf } from './obligation.ts';
import type { Figure, Point, Publication } from './observation.ts';
import { projectTo } from './projection.ts';
import { floorTo, type Rational } from './rational.ts';
import { reasonFor } from './reason.ts';
import { meetsTarget, targetText } from './target.ts';

export const states = [
  'met',
  'unscheduled',
  'met-late',
  'overdue',
  'at-risk',
  'on-track',
  'awaited',
] as const;
export type State = (typeof states)[number];

/** The states as people read them. */
export const stateNames: Readonly<Record<State, Bilingual>> = {
  met: { vi: 'đạt', en: 'met' },
  unscheduled: { vi: 'chưa đạt, không có thời hạn', en: 'unscheduled' },
  'met-late': { vi: 'đạt muộn', en: 'met late' },
  overdue: { vi: 'quá hạn', en: 'overdue' },
  'at-risk': { vi: 'có nguy cơ trễ hạn', en: 'at risk' },
  'on-track': { vi: 'đúng tiến độ', en: 'on track' },
  awaited: { vi: 'chờ số liệu', en: 'awaited' },
};

/** From how many days left on an unmet obligation is at risk, whatever its projection. */
export const atRiskDays = 14;

/** The state of an obligation as of an instant. */
export interface Assessment {
  obligation: string;
  unit: string;
  indicator: string;
  ref: string;
  due: Day | null;
  state: State;
  /** The figure the state rests on, two decimals rounded down (`98.70`); `null` when nothing is reported. */
  value: string | null;
  /** The day that figure speaks for. */
  asAt: Day | null;
  /** As shown, in either language: `≥ 100 %`. */
  target: string;
  /** Calendar days in Asia/Ho_Chi_Minh, 0 on the due day, negative after it. */
  daysLeft: number | null;
  /** The value expected on the due date, two decimals rounded down; `null` where nothing is projected. */
  projection: string | null;
  /** The day the figure that meets it arrived, when that was after the due date. */
  reportedLateOn: Day | null;
  reason: Bilingual;
}

/** Whether a state means that the target is reached, in time or late. */
export function isReached(state: State): boolean {
  return state === 'met' || state === 'met-late';
}

/** Assesses everything a unit owes, in the order of the text, from what was known at `asOf`. */
export function assessUnit(
  catalogue: Catalogue,
  unitId: string,
  publications: readonly Publication[],
  asOf: Instant,
): Assessment[] {
  const byIndicator = groupByIndicator(publications);
  return obligationsOf(catalogue, unitId, asOf).map((obligation) =>
    assessObligation(obligation, byIndicator.get(obligation.indicator.id) ?? [], asOf),
  );
}

/**
 * The state of one obligation from what was known at `asOf`: publications accepted by then and not withdrawn
 * by then. A past instant asked again answers the same, whatever was published since.
 */
export function assessObligation(
  obligation: Obligation,
  publications: readonly Publication[],
  asOf: Instant,
): Assessment {
  const { indicator, task, due } = obligation;
  const points = countedPoints(obligation, foldPublications(publications, asOf));
  const daysLeft = due === null ? null : daysBetween(dayOf(asOf), due);
  const { state, point, projection } = judge(obligation, points, daysLeft);
  const reportedLateOn = state === 'met' ? lateReport(obligation, point, publications, asOf) : undefined;
  return {
    obligation: obligation.id,
    unit: obligation.unit,
    indicator: indicator.id,
    ref: task.ref,
    due,
    state,
    value: point ? displayValue(point) : null,
    asAt: point?.asAt ?? null,
    target: targetText(indicator),
    daysLeft,
    projection: projection ? floorTo(projection, 2) : null,
    reportedLateOn: reportedLateOn ?? null,
    reason: reasonFor({ obligation, state, figure: point, daysLeft, projection, reportedLateOn }),
  };
}

interface Judgement {
  state: State;
  point: Point | undefined;
  projection?: Rational | undefined;
}

/** The table of states: the first row that applies. `points` are in order, the latest first. */
function judge(obligation: Obligation, points: readonly Point[], daysLeft: number | null): Judgement {
  const { target } = obligation.indicator;
  const latest = points[0];
  const settling = settlingPoint(obligation, points);
  if (settling) return { state: 'met', point: settling };
  if (obligation.due === null || daysLeft === null) return { state: 'unscheduled', point: latest };
  if (latest && meetsTarget(figureValue(latest), target)) return { state: 'met-late', point: latest };
  if (daysLeft < 0) return { state: 'overdue', point: latest };
  const projection = projectTo(obligation.due, onePerDay(points), obligation.indicator.kind);
  const fallsShort = projection !== undefined && !meetsTarget(projection, target);
  if (daysLeft <= atRiskDays || fallsShort) return { state: 'at-risk', point: latest, projection };
  return { state: latest ? 'on-track' : 'awaited', point: latest, projection };
}

/**
 * The point by which the obligation is met: the latest as at or before the due date, if it meets the target.
 * A milestone's `completedOn` decides instead of the as-at day: completion after the due date does not meet
 * it, and a later report that tells of completion in time does.
 */
function settlingPoint({ due, indicator }: Obligation, points: readonly Point[]): Point | undefined {
  if (due === null)
    return points.slice(0, 1).find((point) => meetsTarget(figureValue(point), indicator.target));
  const timely = points.find((point) => point.asAt <= due);
  const told = points.find((point) => point.asAt > due && point.completedOn !== undefined);
  return [timely, told].find(
    (point) => point && countingDay(point) <= due && meetsTarget(figureValue(point), indicator.target),
  );
}

/** The day the settling point arrived, when nothing that arrived by the due date had settled it. */
function lateReport(
  obligation: Obligation,
  point: Point | undefined,
  publications: readonly Publication[],
  asOf: Instant,
): Day | undefined {
  const { due } = obligation;
  if (due === null || !point) return undefined;
  const inTime = publications.filter(({ receivedAt }) => dayOf(receivedAt) <= due);
  const wasSettled = settlingPoint(obligation, countedPoints(obligation, foldPublications(inTime, asOf)));
  return wasSettled ? undefined : dayOf(point.receivedAt);
}

/** The obligation's own points, of its window where it recurs, the latest first. */
function countedPoints({ indicator, window }: Obligation, points: readonly Point[]): Point[] {
  return points
    .filter((point) => point.indicator === indicator.id)
    .filter((point) => !window || (countingDay(point) >= window.first && countingDay(point) <= window.last))
    .sort(latestFirst);
}

/** The day that decides whether a figure is in time: the day of completion where there is one. */
function countingDay(figure: Figure): Day {
  return figure.completedOn ?? figure.asAt;
}

/** Of two points as at the same day the later submission counts, then the shorter period. */
function latestFirst(a: Point, b: Point): number {
  if (a.asAt !== b.asAt) return a.asAt > b.asAt ? -1 : 1;
  if (a.submissionId !== b.submissionId) return a.submissionId > b.submissionId ? -1 : 1;
  return periodLength(a) - periodLength(b);
}

function periodLength({ period }: Figure): number {
  const { first, last } = periodDays(period);
  return daysBetween(first, last);
}

function onePerDay(points: readonly Point[]): { day: Day; value: Rational }[] {
  const days = Map.groupBy(points, (point) => point.asAt);
  return [...days].flatMap(([day, [point]]) => (point ? [{ day, value: figureValue(point) }] : []));
}
