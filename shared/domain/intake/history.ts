import type { IndicatorKind } from '../catalogue.ts';
import { figureValue } from '../figure.ts';
import type { Issue } from '../issue.ts';
import { createIssue } from '../issue-codes.ts';
import { type Figure, pointKey } from '../observation.ts';
import { compare, floorTo, multiply, type Rational, rational, subtract } from '../rational.ts';

/** A percentage that rises by more than this many points is worth a look. */
export const jumpInPoints = 40;
/** A count that becomes this many times as large is worth a look: a slipped decimal sign makes it ten. */
export const jumpFactor = 10;
/** A growth that changes by more than this many points, up or down, is worth a look. */
export const jumpInGrowth = 100;

/**
 * The warnings of a file's figures against the published ones. Each figure is compared with the published
 * figure it replaces (same indicator, period and as-at day), or else with the latest published one as at an
 * earlier day. `areas-missing`: fewer areas than the one it replaces. `value-fell`: a percentage, count or
 * milestone is lower. `value-jumped`: a percentage rises by more than 40 points, a count becomes tenfold, a
 * growth changes by more than 100 points; a milestone may go from 0 to 100 at once. They have no row: a figure
 * may come from many.
 */
export function compareWithHistory(
  figures: readonly Figure[],
  published: readonly Figure[],
  kindOf: (indicator: string) => IndicatorKind | undefined,
): Issue[] {
  const byKey = new Map(published.map((figure) => [pointKey(figure), figure]));
  const byIndicator = Map.groupBy(published, ({ indicator }) => indicator);
  const issues: Issue[] = [];
  for (const figure of figures) {
    const replaced = byKey.get(pointKey(figure));
    if (replaced && figure.areas < replaced.areas) {
      const facts = { value: `${figure.areas} ${keyOf(figure)}`, expected: String(replaced.areas) };
      issues.push(createIssue('areas-missing', {}, facts));
    }
    const before = replaced ?? latestBefore(byIndicator.get(figure.indicator) ?? [], figure);
    const kind = kindOf(figure.indicator);
    const code = before && kind && warningOf(kind, figureValue(before), figureValue(figure));
    if (code) {
      const decimals = decimalsThatTellApart(figureValue(before), figureValue(figure));
      const facts = { value: describe(figure, decimals), expected: describe(before, decimals) };
      issues.push(createIssue(code, {}, facts));
    }
  }
  return issues;
}

function latestBefore(published: readonly Figure[], { asAt }: Figure): Figure | undefined {
  return published
    .filter((figure) => figure.asAt < asAt)
    .reduce<Figure | undefined>(
      (latest, figure) => (latest && latest.asAt >= figure.asAt ? latest : figure),
      undefined,
    );
}

function warningOf(
  kind: IndicatorKind,
  before: Rational,
  now: Rational,
): 'value-fell' | 'value-jumped' | undefined {
  const rise = subtract(now, before);
  const exceeds = (points: number) => compare(rise, rational(BigInt(points))) > 0;
  if (kind === 'growth') {
    const isDrop = compare(rise, rational(BigInt(-jumpInGrowth))) < 0;
    return exceeds(jumpInGrowth) || isDrop ? 'value-jumped' : undefined;
  }
  if (compare(now, before) < 0) return 'value-fell';
  if (kind === 'percent') return exceeds(jumpInPoints) ? 'value-jumped' : undefined;
  if (kind === 'milestone' || compare(before, rational(0n)) === 0) return undefined;
  return compare(now, multiply(before, rational(BigInt(jumpFactor)))) >= 0 ? 'value-jumped' : undefined;
}

/** Two, as figures are shown everywhere, or as many as it takes to show a difference of two numbers. */
function decimalsThatTellApart(one: Rational, other: Rational): number {
  let decimals = 2;
  while (floorTo(one, decimals) === floorTo(other, decimals)) decimals += 1;
  return decimals;
}

/** `98.70 (II.9.1, 2022-06, 2022-06-30)`. */
function describe(figure: Figure, decimals: number): string {
  return `${floorTo(figureValue(figure), decimals)} ${keyOf(figure)}`;
}

function keyOf({ indicator, period, asAt }: Figure): string {
  return `(${indicator}, ${period}, ${asAt})`;
}
