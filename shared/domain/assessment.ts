import { type Day, dayOf, daysBetween, type Instant } from './calendar.ts';
import type { Bilingual, Catalogue } from './catalogue.ts';
import { CountedPoints, countingDay, type DecisivePoints } from './counted-points.ts';
import type { SetDueDate } from './due-date.ts';
import { displayValue, figureValue } from './figure.ts';
import { foldPublications, groupByIndicator } from './fold.ts';
import { type Obligation, obligationsOf } from './obligation.ts';
import type { Point, Publication } from './observation.ts';
import { projectTo } from './projection.ts';
import { floorTo, type Rational } from './rational.ts';
import { reasonFor } from './reason.ts';
import { meetsTarget, targetText } from './target.ts';

/** What an obligation's state can be, in the order of the rows that decide it. */
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

/**
 * Assesses everything a unit owes, in the order of the text, from what was known at `asOf`: its publications, and
 * the due dates that coordinators set for its obligations.
 */
export function assessUnit(
  catalogue: Catalogue,
  unitId: string,
  publications: readonly Publication[],
  asOf: Instant,
  dueDates: readonly SetDueDate[],
): Assessment[] {
  const byIndicator = groupByIndicator(publications);
  return obligationsOf(catalogue, unitId, asOf, dueDates).map((obligation) =>
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
  const { due } = obligation;
  const count = (counted: readonly Publication[]) =>
    new CountedPoints(obligation, foldPublications(counted, asOf));
  const points = count(publications);
  const inTime = publications.filter(({ receivedAt }) => due === null || dayOf(receivedAt) <= due);
  return assess(obligation, asOf, {
    known: points.decisive(),
    inTime: () => count(inTime).decisive(),
    points: () => points.latestFirst(),
  });
}

/** Whether the decisive points reach the target, in time or late. */
export function isReachedBy(obligation: Obligation, points: DecisivePoints): boolean {
  return settlingPoint(obligation, points) !== undefined || reachesLate(obligation, points.latest);
}

/** Whether a point meets the target, whatever day it speaks for. */
export function isMetBy({ indicator }: Obligation, point: Point): boolean {
  return meetsTarget(figureValue(point), indicator.target);
}

/** Whether the line through points, the latest first, falls short of the target on the due date. */
export function fallsShort(obligation: Obligation, latestFirst: readonly Point[]): boolean {
  const projection = projectPoints(obligation, latestFirst);
  return projection !== undefined && !meetsTarget(projection, obligation.indicator.target);
}

interface Grounds {
  known: DecisivePoints;
  inTime(): DecisivePoints;
  /** All that count, the latest first. */
  points(): readonly Point[];
}

function assess(obligation: Obligation, asOf: Instant, grounds: Grounds): Assessment {
  const { indicator, task, due } = obligation;
  const daysLeft = due === null ? null : daysBetween(dayOf(asOf), due);
  const { state, point, projection } = judge(obligation, grounds, daysLeft);
  const isLate = state === 'met' && due !== null && !settlingPoint(obligation, grounds.inTime());
  const reportedLateOn = isLate && point ? dayOf(point.receivedAt) : undefined;
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

/** The table of states: the first row that applies. */
function judge(obligation: Obligation, { known, points }: Grounds, daysLeft: number | null): Judgement {
  const { latest } = known;
  const settling = settlingPoint(obligation, known);
  if (settling) return { state: 'met', point: settling };
  if (obligation.due === null || daysLeft === null) return { state: 'unscheduled', point: latest };
  if (reachesLate(obligation, latest)) return { state: 'met-late', point: latest };
  if (daysLeft < 0) return { state: 'overdue', point: latest };
  const projection = projectPoints(obligation, points());
  const isShort = projection !== undefined && !meetsTarget(projection, obligation.indicator.target);
  if (daysLeft <= atRiskDays || isShort) return { state: 'at-risk', point: latest, projection };
  return { state: latest ? 'on-track' : 'awaited', point: latest, projection };
}

/**
 * The point by which the obligation is met: the latest as at or before the due date, if it meets the target.
 * A milestone's `completedOn` decides instead of the as-at day: completion after the due date does not meet
 * it, and a later report that tells of completion in time does.
 */
function settlingPoint({ due, indicator }: Obligation, { timely, told }: DecisivePoints): Point | undefined {
  return [timely, told].find(
    (point) =>
      point &&
      (due === null || countingDay(point) <= due) &&
      meetsTarget(figureValue(point), indicator.target),
  );
}

function reachesLate({ due, indicator }: Obligation, latest: Point | undefined): boolean {
  return due !== null && latest !== undefined && meetsTarget(figureValue(latest), indicator.target);
}

function projectPoints({ due, indicator }: Obligation, latestFirst: readonly Point[]): Rational | undefined {
  return due === null ? undefined : projectTo(due, onePerDay(latestFirst), indicator.kind);
}

function onePerDay(points: readonly Point[]): { day: Day; value: Rational }[] {
  const days = Map.groupBy(points, (point) => point.asAt);
  return [...days].flatMap(([day, [point]]) => (point ? [{ day, value: figureValue(point) }] : []));
}
