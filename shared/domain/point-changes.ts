import type { Instant } from './calendar.ts';
import { bySubmission } from './fold.ts';
import { type Point, type Publication, pointKey } from './observation.ts';
import { SortedList } from './sorted-list.ts';

/** The point of one key was replaced: `before` is absent for the first, `after` when all are withdrawn. */
export interface PointChange {
  at: Instant;
  before: Point | undefined;
  after: Point | undefined;
}

/**
 * How the points of a history changed, in time order: all changes up to and including an instant, played one
 * after the other, leave the points that `foldPublications` finds for it. Does not depend on the order of
 * `publications`. One pass takes little longer than sorting them, where a fold for each instant would take
 * the square of their number.
 */
export function pointChanges(publications: readonly Publication[]): PointChange[] {
  const known = new Map<string, SortedList<Version>>();
  const changes: PointChange[] = [];
  for (const { at, isWithdrawal, versions } of eventsOf(publications)) {
    for (const [key, version] of versions) {
      const ofKey = known.get(key) ?? new SortedList<Version>((a, b) => a.rank - b.rank);
      known.set(key, ofKey);
      const before = ofKey.last?.point;
      if (isWithdrawal) ofKey.remove(version);
      else ofKey.insert(version);
      const after = ofKey.last?.point;
      if (before !== after) changes.push({ at, before, after });
    }
  }
  return changes;
}

/** What one submission says for one key. Of those known, the one of the highest rank is current. */
interface Version {
  rank: number;
  point: Point;
}

interface HistoryEvent {
  at: Instant;
  isWithdrawal: boolean;
  versions: ReadonlyMap<string, Version>;
}

/** Acceptances and withdrawals in time order. What is withdrawn by its acceptance was never known. */
function eventsOf(publications: readonly Publication[]): HistoryEvent[] {
  return [...publications]
    .sort(bySubmission)
    .flatMap((publication, rank): HistoryEvent[] => {
      const { submissionId, receivedAt, acceptedAt, withdrawnAt, figures } = publication;
      if (withdrawnAt !== undefined && withdrawnAt <= acceptedAt) return [];
      const versions = new Map(
        figures.map((figure) => [
          pointKey(figure),
          { rank, point: { ...figure, submissionId, receivedAt, acceptedAt } },
        ]),
      );
      const accepted = { at: acceptedAt, isWithdrawal: false, versions };
      return withdrawnAt === undefined
        ? [accepted]
        : [accepted, { at: withdrawnAt, isWithdrawal: true, versions }];
    })
    .sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1));
}
