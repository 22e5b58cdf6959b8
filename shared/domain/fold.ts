import type { Instant } from './calendar.ts';
import { compareText } from './compare-text.ts';
import { type Figure, type Point, type Publication, pointKey } from './observation.ts';

/**
 * The points known at an instant: in ULID order the submissions accepted by `asOf` and not withdrawn by
 * then, where a later submission's point replaces an earlier one of the same key whole. A withdrawn
 * submission uncovers what it had replaced. The result is sorted by indicator, period and as-at day, and
 * does not depend on the order or repetition of `publications`.
 */
export function foldPublications(publications: readonly Publication[], asOf: Instant): Point[] {
  const points = new Map<string, Point>();
  for (const publication of publications.filter((each) => isKnown(each, asOf)).sort(bySubmission)) {
    const { submissionId, receivedAt, acceptedAt, figures } = publication;
    for (const figure of figures)
      points.set(pointKey(figure), { ...figure, submissionId, receivedAt, acceptedAt });
  }
  return [...points.values()].sort(byKey);
}

/** The publications as they concern each indicator: those that carry it, with its figures alone. */
export function groupByIndicator(publications: readonly Publication[]): Map<string, Publication[]> {
  const groups = new Map<string, Publication[]>();
  for (const publication of publications) {
    for (const [indicator, figures] of Map.groupBy(publication.figures, (figure) => figure.indicator)) {
      const group = groups.get(indicator) ?? [];
      group.push({ ...publication, figures });
      groups.set(indicator, group);
    }
  }
  return groups;
}

/** Whether a publication counts at an instant: accepted by then, and not withdrawn by then. */
export function isKnown({ acceptedAt, withdrawnAt }: Publication, asOf: Instant): boolean {
  return acceptedAt <= asOf && (withdrawnAt === undefined || withdrawnAt > asOf);
}

/** ULID order, which decides what is current. */
export function bySubmission(a: Publication, b: Publication): number {
  return compareText(a.submissionId, b.submissionId) || compareText(a.acceptedAt, b.acceptedAt);
}

/** The canonical order of points: indicator, period, as-at day. */
export function byKey(a: Figure, b: Figure): number {
  return (
    compareText(a.indicator, b.indicator) || compareText(a.period, b.period) || compareText(a.asAt, b.asAt)
  );
}
