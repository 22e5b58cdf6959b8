import type { Alert, AlertGrounds, AlertKind, AlertSettings, AlertStage } from '../../shared/domain/alert.ts';
import { atRiskDays, type State } from '../../shared/domain/assessment.ts';
import {
  addDays,
  atHour,
  type Day,
  dayOf,
  daysBetween,
  type Instant,
  periodDays,
  startOfDay,
} from '../../shared/domain/calendar.ts';
import type { Bilingual } from '../../shared/domain/catalogue.ts';
import { figureValue } from '../../shared/domain/figure.ts';
import { foldPublications } from '../../shared/domain/fold.ts';
import { type Obligation, obligationsOf } from '../../shared/domain/obligation.ts';
import type { Figure, Point, Publication } from '../../shared/domain/observation.ts';
import { projectTo } from '../../shared/domain/projection.ts';
import type { Rational } from '../../shared/domain/rational.ts';
import { reasonFor } from '../../shared/domain/reason.ts';
import { meetsTarget } from '../../shared/domain/target.ts';

/**
 * What `deriveAlerts` promises, in the plainest way: the history is folded and judged anew at every stage and
 * at every acceptance and withdrawal. Takes the square of the history's length; tests compare the two.
 */
export function deriveAlertsSlowly({
  catalogue,
  unitId,
  publications,
  asOf,
  settings,
}: AlertGrounds): Alert[] {
  const horizon = startOfDay(addDays(dayOf(asOf), Math.max(0, ...settings.dueSoonDays) + 1));
  return obligationsOf(catalogue, unitId, horizon)
    .flatMap((obligation) => {
      if (obligation.due === null) return [];
      const dated = { obligation, due: obligation.due, publications, asOf };
      return [...dueSoonAlerts(dated, settings), ...alertsAfterDue(dated)];
    })
    .sort(byEpisode);
}

interface DatedObligation {
  obligation: Obligation;
  due: Day;
  publications: readonly Publication[];
  asOf: Instant;
}

function dueSoonAlerts(dated: DatedObligation, settings: AlertSettings): Alert[] {
  const stages = settings.dueSoonDays
    .map((days) => ({ stage: String(days), at: atHour(addDays(dated.due, -days), settings.evaluationHour) }))
    .filter(({ at }) => at <= dated.asOf)
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ stage, at }) => ({ stage, at, assessment: assessAt(dated, at) }))
    .filter(({ assessment }) => !isReached(assessment.state))
    .map(({ stage, at, assessment }) => ({ stage, at, decidedAt: dated.asOf, reason: assessment.reason }));
  const episode = stages[0]?.at;
  if (episode === undefined) return [];
  const latest = turningPoints(dated, episode).at(-1);
  const resolvedAt = latest && isReached(latest.assessment.state) ? latest.at : undefined;
  return [buildAlert(dated, 'due-soon', episode, stages, resolvedAt)];
}

function alertsAfterDue(dated: DatedObligation): Alert[] {
  const missedAt = startOfDay(addDays(dated.due, 1));
  if (missedAt > dated.asOf) return [];
  const turns = turningPoints(dated, missedAt);
  return turns.flatMap(({ at, assessment }, index) => {
    const stage = { at, decidedAt: dated.asOf, reason: assessment.reason };
    if (!isReached(assessment.state)) {
      const resolvedAt = turns[index + 1]?.at;
      return [buildAlert(dated, 'deadline-missed', at, [{ stage: 'missed', ...stage }], resolvedAt)];
    }
    return index === 0 ? [] : [buildAlert(dated, 'met-late', at, [{ stage: 'met-late', ...stage }], at)];
  });
}

/** The state at `from`, and at each later publication or withdrawal by which it turned met or unmet. */
function turningPoints(dated: DatedObligation, from: Instant): { at: Instant; assessment: SlowAssessment }[] {
  const changes = dated.publications
    .flatMap(({ acceptedAt, withdrawnAt }) => [
      acceptedAt,
      ...(withdrawnAt === undefined ? [] : [withdrawnAt]),
    ])
    .filter((at) => at > from && at <= dated.asOf);
  const turns: { at: Instant; assessment: SlowAssessment }[] = [];
  for (const at of new Set([from, ...changes.sort()])) {
    const assessment = assessAt(dated, at);
    const before = turns.at(-1);
    if (!before || isReached(before.assessment.state) !== isReached(assessment.state))
      turns.push({ at, assessment });
  }
  return turns;
}

function buildAlert(
  { obligation, due }: DatedObligation,
  kind: AlertKind,
  episode: Instant,
  stages: AlertStage[],
  resolvedAt: Instant | undefined,
): Alert {
  return {
    id: `${kind}|${obligation.id}|${episode}`,
    kind,
    unit: obligation.unit,
    obligation: obligation.id,
    indicator: obligation.indicator.id,
    due,
    episode,
    stages,
    ...(resolvedAt !== undefined && { resolvedAt }),
  };
}

function byEpisode(a: Alert, b: Alert): number {
  if (a.episode !== b.episode) return a.episode < b.episode ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

interface SlowAssessment {
  state: State;
  reason: Bilingual;
}

function assessAt({ obligation, publications }: DatedObligation, asOf: Instant): SlowAssessment {
  const points = countedPoints(obligation, foldPublications(publications, asOf));
  const daysLeft = obligation.due === null ? null : daysBetween(dayOf(asOf), obligation.due);
  const { state, point, projection } = judge(obligation, points, daysLeft);
  const reportedLateOn = state === 'met' ? lateReport(obligation, point, publications, asOf) : undefined;
  const reason = reasonFor({ obligation, state, figure: point, daysLeft, projection, reportedLateOn });
  return { state, reason };
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

function isReached(state: State): boolean {
  return state === 'met' || state === 'met-late';
}
