import { type Day, daysBetween } from './calendar.ts';
import type { IndicatorKind } from './catalogue.ts';
import { compare, type Rational, rational } from './rational.ts';

/** One value per as-at day, as a line is drawn through them. */
export interface DatedValue {
  day: Day;
  value: Rational;
}

/**
 * Where the least-squares line through values of different days stands on `day`, exactly, clamped to what
 * the indicator can be (percentages 0 to 100, counts not below 0). `undefined` with fewer than two days,
 * and for growth, which is not projected.
 */
export function projectTo(
  day: Day,
  values: readonly DatedValue[],
  kind: IndicatorKind,
): Rational | undefined {
  const origin = values[0]?.day;
  if (kind === 'growth' || origin === undefined) return undefined;
  const xs = values.map((each) => BigInt(daysBetween(origin, each.day)));
  const count = BigInt(xs.length);
  const sum = xs.reduce((total, x) => total + x, 0n);
  const spread = count * xs.reduce((total, x) => total + x * x, 0n) - sum * sum;
  if (spread === 0n) return undefined;

  // The line's height at x0 is a weighted sum of the values: (spread + (n·x0 − Σx)(n·x − Σx)) / (n·spread) each.
  const reach = count * BigInt(daysBetween(origin, day)) - sum;
  const height = sumOfProducts(
    values.map(({ value }, index) => [spread + reach * (count * (xs[index] ?? 0n) - sum), value]),
  );
  return clamp(rational(height.numerator, height.denominator * count * spread), kind);
}

/** Reducing once at the end, not at each step, keeps a year of daily ratios quick. */
function sumOfProducts(terms: readonly [bigint, Rational][]): Rational {
  const byDenominator = new Map<bigint, bigint>();
  for (const [weight, { numerator, denominator }] of terms) {
    byDenominator.set(denominator, (byDenominator.get(denominator) ?? 0n) + weight * numerator);
  }
  let total: Rational = { numerator: 0n, denominator: 1n };
  for (const [denominator, numerator] of byDenominator) {
    total = {
      numerator: total.numerator * denominator + numerator * total.denominator,
      denominator: total.denominator * denominator,
    };
  }
  return total;
}

function clamp(value: Rational, kind: IndicatorKind): Rational {
  const lowest = rational(0n);
  const highest = rational(100n);
  if (compare(value, lowest) < 0) return lowest;
  return kind !== 'count' && compare(value, highest) > 0 ? highest : value;
}
