import { type Evidence, isReachedBy } from './assessment.ts';
import { dayOf, type Instant } from './calendar.ts';
import { CountedPoints } from './counted-points.ts';
import type { Obligation } from './obligation.ts';
import type { Publication } from './observation.ts';
import { pointChanges } from './point-changes.ts';

/** An instant at which an obligation turned met or unmet, and what it was judged by from then on. */
export interface TurningPoint {
  at: Instant;
  isReached: boolean;
  evidence: Evidence;
}

/**
 * The instants up to `asOf` at which acceptances and withdrawals turned an obligation met or unmet, in time
 * order and alternating; before the first it is unmet. `publications` are those that carry its indicator.
 */
export function turningPoints(
  obligation: Obligation,
  publications: readonly Publication[],
  asOf: Instant,
): TurningPoint[] {
  const { due } = obligation;
  const known = new CountedPoints(obligation);
  const inTime = new CountedPoints(obligation);
  const receivedInTime = publications.filter(({ receivedAt }) => due === null || dayOf(receivedAt) <= due);
  const changes = [
    ...pointChanges(publications).map((change) => ({ ...change, points: known })),
    ...pointChanges(receivedInTime).map((change) => ({ ...change, points: inTime })),
  ].filter(({ at }) => at <= asOf);
  const byInstant = [...Map.groupBy(changes, ({ at }) => at)].sort(([a], [b]) => (a < b ? -1 : 1));

  const turns: TurningPoint[] = [];
  for (const [at, together] of byInstant) {
    for (const { points, before, after } of together) points.replace(before, after);
    const evidence = { known: known.decisive(), inTime: inTime.decisive() };
    const isReached = isReachedBy(obligation, evidence.known);
    if (isReached !== (turns.at(-1)?.isReached ?? false)) turns.push({ at, isReached, evidence });
  }
  return turns;
}

/** Whether the obligation was met at an instant, by its turning points. */
export function wasReachedAt(turns: readonly TurningPoint[], at: Instant): boolean {
  return turns.findLast((turn) => turn.at <= at)?.isReached ?? false;
}
