import { describe, expect, it } from 'vitest';
import { displayValue, figureValue } from '../../shared/domain/figure.ts';

describe('a figure', () => {
  it.each([
    [{ numerator: 2, denominator: 3 }, '66.66'],
    [{ numerator: 99_996, denominator: 100_000 }, '99.99'],
    [{ numerator: 0, denominator: 5 }, '0.00'],
    [{ value: '99.996' }, '99.99'],
    [{ value: '-3.451' }, '-3.46'],
    [{ value: '10000' }, '10000.00'],
    [{ completedOn: '2022-06-20' }, '100.00'],
    [{ numerator: 3, denominator: 4, completedOn: '2022-06-20' }, '75.00'],
  ])('%j is shown as %s', (figure, shown) => {
    expect(displayValue(figure)).toBe(shown);
  });

  it('prefers the counts to a rounded value beside them', () => {
    expect(figureValue({ numerator: 1, denominator: 3, value: '33.3' })).toEqual({
      numerator: 100n,
      denominator: 3n,
    });
  });

  it('of the largest counts is exact', () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(displayValue({ numerator: most - 1, denominator: most })).toBe('99.99');
    expect(displayValue({ numerator: most, denominator: most })).toBe('100.00');
  });

  it('that says nothing is our fault', () => {
    expect(() => figureValue({})).toThrow(RangeError);
    expect(() => figureValue({ numerator: 3 })).toThrow(RangeError);
  });
});
