import type { Figure } from './observation.ts';
import { floorTo, parseDecimal, type Rational, rational } from './rational.ts';

/** The part of a figure that says how much. */
export type Measured = Pick<Figure, 'numerator' | 'denominator' | 'value' | 'completedOn'>;

/**
 * What a figure says, exactly: `numerator` of `denominator` in percent where both are known, else its
 * `value`. A milestone by areas is the share of areas complete; one with only `completedOn` is 100.
 * Throws a `RangeError` for a figure that says nothing, which the check never lets through.
 */
export function figureValue(figure: Measured): Rational {
  const { numerator, denominator, value, completedOn } = figure;
  if (numerator !== undefined && denominator !== undefined) {
    return rational(BigInt(numerator) * 100n, BigInt(denominator));
  }
  if (value !== undefined) return parseDecimal(value);
  if (completedOn !== undefined) return rational(100n);
  throw new RangeError('a figure has neither a ratio nor a value');
}

/** A figure as it is shown: two decimals, rounded down (`99.996` → `99.99`). */
export function displayValue(figure: Measured): string {
  return floorTo(figureValue(figure), 2);
}
