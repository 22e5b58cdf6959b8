import type { AlertKind } from '../../shared/domain/alert.ts';
import { assessObligation } from '../../shared/domain/assessment.ts';
import { addDays, atHour, type Day, type Instant, startOfDay } from '../../shared/domain/calendar.ts';
import { CountedPoints } from '../../shared/domain/counted-points.ts';
import { dueDateAt } from '../../shared/domain/due-date.ts';
import { figureValue } from '../../shared/domain/figure.ts';
import { foldPublications } from '../../shared/domain/fold.ts';
import type { ObligationHistory } from '../../shared/domain/obligation-causes.ts';
import { projectTo } from '../../shared/domain/projection.ts';
import { meetsTarget } from '../../shared/domain/target.ts';

/** Every instant at which anything about an obligation can change. */
export function instantsOf({ obligation, publications, dueDates, settings }: ObligationHistory): Instant[] {
  const dues = [obligation.due, ...dueDates.map(({ due }) => due)].filter((due) => due !== null);
  const instants = [
    ...publications.flatMap(({ acceptedAt, withdrawnAt }) => [acceptedAt, withdrawnAt ?? acceptedAt]),
    ...dueDates.map(({ at }) => at),
    ...dues.map((due) => startOfDay(addDays(due, 1))),
    ...dues.flatMap((due) =>
      settings.dueSoonDays.map((days) => atHour(addDays(due, -days), settings.evaluationHour)),
    ),
  ];
  return [...new Set(instants)].sort();
}

/**
 * What `obligationCauses` promises, in the plainest way: the kinds of alerts an obligation gives at an instant,
 * judged by folding what was known then. `due-soon` counts from its first stage, which depends on what was before.
 */
export function slowKinds(history: ObligationHistory, at: Instant): AlertKind[] {
  const { due, isReached, isLatestMet } = stateAt(history, at);
  const isPast = due !== null && at >= startOfDay(addDays(due, 1));
  const isOverdue = isPast && !isReached;
  const isPending = due !== null && !isPast && !isReached;
  const wasMet = instantsOf(history).some((before) => before <= at && stateAt(history, before).isLatestMet);
  const kinds: AlertKind[] = [];
  if (isOverdue) kinds.push('deadline-missed');
  if (isPending && hasStagePassed(history, due, at)) kinds.push('due-soon');
  if (isPending && fallsShort(history, due, at)) kinds.push('forecast');
  if (wasMet && !isLatestMet && !isOverdue) kinds.push('fell-below');
  return kinds.sort();
}

function stateAt({ obligation, publications, dueDates }: ObligationHistory, at: Instant) {
  const due = dueDates.some((each) => each.at <= at)
    ? dueDateAt(dueDates, obligation.id, at)
    : obligation.due;
  const dated = { ...obligation, due };
  const { state } = assessObligation(dated, publications, at);
  const { latest } = new CountedPoints(dated, foldPublications(publications, at)).decisive();
  return {
    due,
    isReached: state === 'met' || state === 'met-late',
    isLatestMet: latest !== undefined && meetsTarget(figureValue(latest), obligation.indicator.target),
  };
}

/** Whether some stage's hour has come since the obligation was last met or got this due date. */
function hasStagePassed(history: ObligationHistory, due: Day, at: Instant): boolean {
  const { settings } = history;
  const since = instantsOf(history).findLast((before) => {
    if (before > at) return false;
    const state = stateAt(history, before);
    return state.isReached || state.due !== due;
  });
  return settings.dueSoonDays.some((days) => {
    const stage = atHour(addDays(due, -days), settings.evaluationHour);
    return stage <= at && (since === undefined || stage > since);
  });
}

function fallsShort({ obligation, publications }: ObligationHistory, due: Day, at: Instant): boolean {
  const points = new CountedPoints({ ...obligation, due }, foldPublications(publications, at)).latestFirst();
  const days = new Map(points.toReversed().map((point) => [point.asAt, figureValue(point)]));
  const values = [...days].map(([day, value]) => ({ day, value }));
  const projection = projectTo(due, values, obligation.indicator.kind);
  return projection !== undefined && !meetsTarget(projection, obligation.indicator.target);
}
