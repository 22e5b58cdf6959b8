import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../shared/domain/calendar.ts';
import type { IndicatorKind } from '../../shared/domain/catalogue.ts';
import { projectTo } from '../../shared/domain/projection.ts';
import { add, compare, floorTo, multiply, parseDecimal, rational } from '../../shared/domain/rational.ts';

type Line = [day: string, value: string][];
const project = (day: string, line: Line, kind: IndicatorKind = 'percent') => {
  const values = line.map(([each, value]) => ({ day: each, value: parseDecimal(value) }));
  const projection = projectTo(day, values, kind);
  return projection && floorTo(projection, 4);
};

describe('the projection', () => {
  it.each<[string, Line]>([
    ['nothing', []],
    ['one day', [['2022-05-31', '50']]],
  ])('needs two days, not %s', (_, line) => {
    expect(project('2022-06-30', line)).toBeUndefined();
  });

  it('continues the line through two days', () => {
    expect(
      project('2022-05-21', [
        ['2022-05-01', '10'],
        ['2022-05-11', '20'],
      ]),
    ).toBe('30.0000');
  });

  it('is the least-squares line through more', () => {
    // x = 0, 1, 2, y = 1, 3, 4: slope 1.5, intercept 7/6.
    const line: Line = [
      ['2022-05-01', '1'],
      ['2022-05-02', '3'],
      ['2022-05-03', '4'],
    ];
    expect(project('2022-05-11', line)).toBe('16.1666');
  });

  it.each<[IndicatorKind, string, string, string]>([
    ['percent', '60', '90', '100.0000'],
    ['milestone', '60', '90', '100.0000'],
    ['percent', '90', '40', '0.0000'],
    ['count', '60', '90', '120.0000'],
    ['count', '90', '40', '0.0000'],
  ])('of a %s stays within what it can be: %s, %s, then %s', (kind, first, second, expected) => {
    expect(
      project(
        '2022-05-21',
        [
          ['2022-05-01', first],
          ['2022-05-11', second],
        ],
        kind,
      ),
    ).toBe(expected);
  });

  it('is not made for growth', () => {
    expect(
      project(
        '2022-05-21',
        [
          ['2022-05-01', '10'],
          ['2022-05-11', '20'],
        ],
        'growth',
      ),
    ).toBeUndefined();
  });

  it('is exact: thirds that add up to 100 reach it', () => {
    const values = [1n, 2n].map((part, index) => ({
      day: addDays('2022-05-01', index),
      value: rational(100n * part, 3n),
    }));
    expect(projectTo('2022-05-03', values, 'percent')).toEqual(rational(100n));
  });

  it('of values on a line is on the line, in whatever order they come', () => {
    const anyDays = fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 2, maxLength: 12 });
    const anyFraction = fc.tuple(fc.bigInt(0n, 1000n), fc.bigInt(1n, 997n));
    fc.assert(
      fc.property(
        anyDays,
        anyFraction,
        anyFraction,
        fc.integer({ min: 0, max: 800 }),
        (days, slope, start, to) => {
          const height = (day: number) =>
            add(rational(...start), multiply(rational(...slope), rational(BigInt(day))));
          const values = days.map((day) => ({ day: addDays('2022-01-01', day), value: height(day) }));
          const projection = projectTo(addDays('2022-01-01', to), values, 'count');
          expect(projection && compare(projection, height(to))).toBe(0);
        },
      ),
    );
  });

  it('of a year of daily ratios with different denominators is quick enough to be exact', () => {
    const values = Array.from({ length: 365 }, (_, day) => ({
      day: addDays('2022-01-01', day),
      value: rational(BigInt(day) * 10_000n, 10_000_019n + BigInt(day) * 6n),
    }));
    expect(projectTo('2023-06-30', values, 'percent')).toBeDefined();
  });
});
