import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  compare,
  floorTo,
  multiply,
  parseDecimal,
  type Rational,
  rational,
  subtract,
} from '../../shared/domain/rational.ts';

const anyRational = fc
  .tuple(fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n }), fc.bigInt({ min: 1n, max: 2n ** 53n }))
  .map(([numerator, denominator]) => rational(numerator, denominator));

describe('rational', () => {
  it.each([
    [6n, 4n, 3n, 2n],
    [-6n, 4n, -3n, 2n],
    [6n, -4n, -3n, 2n],
    [0n, -7n, 0n, 1n],
  ])('reduces %s/%s and keeps the denominator above zero', (numerator, denominator, above, below) => {
    expect(rational(numerator, denominator)).toEqual({ numerator: above, denominator: below });
  });

  it('has no fraction with the denominator 0', () => {
    expect(() => rational(1n, 0n)).toThrow(RangeError);
  });

  it.each(['', '-', '.5', '5.', '1e3', '1,5', ' 1', '+1', 'NaN'])('does not read %j as a decimal', (text) => {
    expect(() => parseDecimal(text)).toThrow(SyntaxError);
  });

  it.each([
    ['99.996', 2, '99.99'],
    ['99.99', 2, '99.99'],
    ['100', 2, '100.00'],
    ['-3.451', 2, '-3.46'],
    ['-3.45', 2, '-3.45'],
    ['-0.001', 2, '-0.01'],
    ['0.009', 2, '0.00'],
    ['0', 2, '0.00'],
    ['7.9', 0, '7'],
    ['-7.1', 0, '-8'],
  ])('rounds %s down to %i places: %s', (text, decimals, shown) => {
    expect(floorTo(parseDecimal(text), decimals)).toBe(shown);
  });

  it('never shows more than there is, and less than one unit of the last place below it', () => {
    fc.assert(
      fc.property(anyRational, fc.integer({ min: 0, max: 6 }), (number, decimals) => {
        const shown = parseDecimal(floorTo(number, decimals));
        const step: Rational = rational(1n, 10n ** BigInt(decimals));
        expect(compare(shown, number)).toBeLessThanOrEqual(0);
        expect(compare(number, add(shown, step))).toBe(-1);
      }),
    );
  });

  it('adds and subtracts, multiplies by a number and its inverse back to where it began', () => {
    fc.assert(
      fc.property(anyRational, anyRational, (a, b) => {
        expect(subtract(add(a, b), b)).toEqual(a);
        if (b.numerator !== 0n)
          expect(multiply(multiply(a, b), rational(b.denominator, b.numerator))).toEqual(a);
        expect(compare(a, b)).toBe(-compare(b, a) + 0);
      }),
    );
  });
});
