import { type Figure, type Point, pointKey } from './observation.ts';
import { compare, parseDecimal } from './rational.ts';

/** What publishing a file's figures would do to the published points. */
export interface Difference {
  /** Figures for which nothing is published yet. */
  added: Figure[];
  /** Figures that would replace a point that says something else. */
  changed: { before: Point; after: Figure }[];
  /** Figures that say what is published already. */
  unchanged: Figure[];
  /** Published points of the periods the file speaks of, whose indicator and period it does not mention. */
  missing: Point[];
}

/** How many there are of each. */
export type DifferenceCounts = Record<keyof Difference, number>;

/**
 * Compares a file's figures with the current points of their unit. A figure is compared with the point of the
 * same indicator, period and as-at day; where only the as-at day differs, the figure succeeds the point and
 * leaves it: it is `added`, and the point is not `missing`. Numbers are compared exactly, `98.7` and `98.70`
 * being one; a point that was reported in another way (98.7 instead of 987 of 1000, or by other areas) is
 * `changed`. Every figure is in one of the first three lists, all lists in the order of what was given.
 */
export function compareWithPublished(figures: readonly Figure[], published: readonly Point[]): Difference {
  const current = new Map(published.map((point) => [pointKey(point), point]));
  const mentioned = new Set(figures.map(seriesKey));
  const spans = new Set(figures.map(spanKey));
  const added: Figure[] = [];
  const changed: Difference['changed'] = [];
  const unchanged: Figure[] = [];
  for (const figure of figures) {
    const before = current.get(pointKey(figure));
    if (!before) added.push(figure);
    else if (saysTheSame(before, figure)) unchanged.push(figure);
    else changed.push({ before, after: figure });
  }
  const missing = published.filter((point) => spans.has(spanKey(point)) && !mentioned.has(seriesKey(point)));
  return { added, changed, unchanged, missing };
}

/** How many there are of each, where lists are shown in part. */
export function countDifference({ added, changed, unchanged, missing }: Difference): DifferenceCounts {
  return {
    added: added.length,
    changed: changed.length,
    unchanged: unchanged.length,
    missing: missing.length,
  };
}

/** The first of each list. */
export function firstOfDifference(
  { added, changed, unchanged, missing }: Difference,
  maxEach: number,
): Difference {
  return {
    added: added.slice(0, maxEach),
    changed: changed.slice(0, maxEach),
    unchanged: unchanged.slice(0, maxEach),
    missing: missing.slice(0, maxEach),
  };
}

function saysTheSame(one: Figure, other: Figure): boolean {
  return (
    one.numerator === other.numerator &&
    one.denominator === other.denominator &&
    one.completedOn === other.completedOn &&
    one.areas === other.areas &&
    isSameDecimal(one.value, other.value)
  );
}

function isSameDecimal(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return compare(parseDecimal(one), parseDecimal(other)) === 0;
}

/** A figure's indicator and period, whatever its as-at day. */
function seriesKey({ indicator, period }: Figure): string {
  return `${indicator}|${period}`;
}

/** A figure's period in the year of its as-at day. */
function spanKey({ period, asAt }: Figure): string {
  return `${period}|${asAt.slice(0, 4)}`;
}
