import { fallsShort, isMetBy, isReachedBy } from './assessment.ts';
import type { Instant } from './calendar.ts';
import { CountedPoints } from './counted-points.ts';
import type { Obligation } from './obligation.ts';
import type { Publication } from './observation.ts';
import { pointChanges } from './point-changes.ts';

/** How an obligation stands, by what is known. */
export interface Stand {
  /** Whether it is met, in time or late. */
  isReached: boolean;
  /** Whether the latest figure meets the target, whatever day it speaks for. */
  isLatestMet: boolean;
  /** Whether the line through its figures falls short on the due date; `false` where nothing is projected. */
  isShort: boolean;
}

/** An instant from which on an obligation stands differently. */
export interface TurningPoint extends Stand {
  at: Instant;
}

/**
 * The instants up to `asOf` at which acceptances and withdrawals changed how an obligation stands, in time order;
 * before the first nothing is known. `publications` are those that carry its indicator. Nothing is projected from
 * `dueEnd` on, the first instant after the due date.
 */
export function turningPoints(
  obligation: Obligation,
  publications: readonly Publication[],
  asOf: Instant,
  dueEnd: Instant | undefined,
): TurningPoint[] {
  const known = new CountedPoints(obligation);
  const changes = pointChanges(publications).filter(({ at }) => at <= asOf);
  const turns: TurningPoint[] = [];
  for (const [at, together] of Map.groupBy(changes, (change) => change.at)) {
    for (const { before, after } of together) known.replace(before, after);
    const decisive = known.decisive();
    const isReached = isReachedBy(obligation, decisive);
    const isProjected = !isReached && dueEnd !== undefined && at < dueEnd;
    const turn = {
      at,
      isReached,
      isLatestMet: decisive.latest !== undefined && isMetBy(obligation, decisive.latest),
      isShort: isProjected && fallsShort(obligation, known.latestFirst()),
    };
    if (!isSame(turn, turns.at(-1) ?? nothingKnown)) turns.push(turn);
  }
  return turns;
}

/** How an obligation stands while nothing is reported. */
const nothingKnown: Stand = { isReached: false, isLatestMet: false, isShort: false };

/** How an obligation stands at an instant, by its turning points. */
export function standsAt(turns: readonly TurningPoint[], at: Instant): Stand {
  return turns.findLast((turn) => turn.at <= at) ?? nothingKnown;
}

function isSame(one: Stand, other: Stand): boolean {
  return (
    one.isReached === other.isReached &&
    one.isLatestMet === other.isLatestMet &&
    one.isShort === other.isShort
  );
}
