import type { Instant } from '../calendar.ts';
import { compareText } from '../compare-text.ts';
import { figureValue } from '../figure.ts';
import { bySubmission } from '../fold.ts';
import { type Figure, type Publication, pointKey } from '../observation.ts';
import { floorTo } from '../rational.ts';
import type { RowOf } from '../tables.ts';

/** Places after the point of a value. */
const valuePlaces = 12;

/** One submission's figure for a point, and the submission. */
interface Version {
  publication: Publication;
  figure: Figure;
}

/** From when (inclusive) to when (exclusive) something was known; `to` is left out where it still is. */
interface Span {
  from: Instant;
  to?: Instant;
}

/**
 * The rows of `points` for a unit, in the order of point and submission: every version of every point, once for each
 * span in which it was the current one. A version that never was has one row, whose span is empty.
 */
export function pointRows(unit: string, publications: readonly Publication[]): RowOf<'points'>[] {
  const versions = new Map<string, Version[]>();
  for (const publication of publications.toSorted(bySubmission)) {
    for (const figure of publication.figures) {
      const key = pointKey(figure);
      const known = versions.get(key);
      if (known) known.push({ publication, figure });
      else versions.set(key, [{ publication, figure }]);
    }
  }
  const inOrder = [...versions].sort(([a], [b]) => compareText(a, b));
  return inOrder.flatMap(([, ofPoint]) =>
    ofPoint.flatMap((version, index) => {
      const later = ofPoint.slice(index + 1).map(({ publication }) => publication);
      return spansOf(version.publication, later).map((span) => pointRow(unit, version, span));
    }),
  );
}

/** When a publication counted and none of those that come after it in the fold did. */
function spansOf(own: Publication, later: readonly Publication[]): Span[] {
  const { acceptedAt, withdrawnAt } = own;
  let spans: Span[] = [{ from: acceptedAt, ...(withdrawnAt !== undefined && { to: withdrawnAt }) }];
  for (const { acceptedAt: from, withdrawnAt: to } of later) {
    spans = spans.flatMap((span) => subtract(span, { from, ...(to !== undefined && { to }) }));
  }
  return spans.length > 0 ? spans : [{ from: acceptedAt, to: acceptedAt }];
}

/** What is left of a span without another: none, one or two. */
function subtract(span: Span, hidden: Span): Span[] {
  const isBefore = span.to !== undefined && span.to <= hidden.from;
  const isAfter = hidden.to !== undefined && hidden.to <= span.from;
  if (isBefore || isAfter) return [span];
  const left = span.from < hidden.from ? [{ from: span.from, to: hidden.from }] : [];
  const { to } = hidden;
  const hasRight = to !== undefined && (span.to === undefined || to < span.to);
  return hasRight ? [...left, { ...span, from: to }] : left;
}

function pointRow(unit: string, { publication, figure }: Version, { from, to }: Span): RowOf<'points'> {
  const { submissionId, receivedAt, acceptedAt } = publication;
  const { indicator, period, asAt, numerator, denominator, value, completedOn, areas } = figure;
  const isRatio = numerator !== undefined && denominator !== undefined;
  return {
    unit_id: unit,
    indicator_id: indicator,
    period,
    as_at: asAt,
    numerator: numerator ?? null,
    denominator: denominator ?? null,
    value: floorTo(figureValue(figure), valuePlaces),
    value_text: isRatio ? null : (value ?? null),
    completed_on: completedOn ?? null,
    areas,
    submission_id: submissionId,
    received_at: receivedAt,
    accepted_at: acceptedAt,
    known_from: from,
    known_to: to ?? null,
  };
}
