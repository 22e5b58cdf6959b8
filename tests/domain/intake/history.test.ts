import { describe, expect, it } from 'vitest';
import type { IndicatorKind } from '../../../shared/domain/catalogue.ts';
import { compareWithHistory } from '../../../shared/domain/intake/history.ts';
import type { Figure } from '../../../shared/domain/observation.ts';

const figure = (value: string, month: string, areas = 0): Figure => ({
  indicator: 'x',
  period: `2022-${month}`,
  asAt: `2022-${month}-28`,
  value,
  areas,
});

const codes = (kind: IndicatorKind, figures: Figure[], published: Figure[]) =>
  compareWithHistory(figures, published, () => kind).map(({ code }) => code);

describe('a figure against the published ones', () => {
  it.each<[IndicatorKind, string, string, string[]]>([
    ['percent', '50', '50', []],
    ['percent', '50', '49.999', ['value-fell']],
    ['percent', '50', '90', []],
    ['percent', '50', '90.01', ['value-jumped']],
    ['count', '100', '99', ['value-fell']],
    ['count', '100', '999', []],
    ['count', '100', '1000', ['value-jumped']],
    ['count', '0', '1000', []],
    ['milestone', '0', '100', []],
    ['milestone', '100', '99', ['value-fell']],
    ['growth', '5', '-5', []],
    ['growth', '5', '105', []],
    ['growth', '5', '105.1', ['value-jumped']],
    ['growth', '5', '-95', []],
    ['growth', '5', '-95.1', ['value-jumped']],
  ])('%s from %s to %s warns of %j', (kind, before, now, expected) => {
    expect(codes(kind, [figure(now, '06')], [figure(before, '05')])).toEqual(expected);
    expect(codes(kind, [figure(now, '06')], [figure(before, '06')]), 'replaced').toEqual(expected);
  });

  it.each([
    ['50', '49.99', '50.00', '49.99'],
    ['98.7024', '98.7', '98.702', '98.700'],
    ['98.70004', '98.7', '98.70004', '98.70000'],
  ])('from %s to %s is told with the decimals in which they differ', (before, now, expected, value) => {
    expect(compareWithHistory([figure(now, '06')], [figure(before, '05')], () => 'percent')).toMatchObject([
      { expected: `${expected} (x, 2022-05, 2022-05-28)`, value: `${value} (x, 2022-06, 2022-06-28)` },
    ]);
  });

  it('is compared with the one it replaces before an earlier one, and never with a later one', () => {
    const published = [figure('10', '04'), figure('40', '05'), figure('60', '06'), figure('90', '07')];
    expect(codes('percent', [figure('50', '06')], published)).toEqual(['value-fell']);
    expect(codes('percent', [figure('50', '06')], published.toSpliced(2, 1))).toEqual([]);
    expect(codes('percent', [figure('50', '03')], published)).toEqual([]);
  });

  it('is not compared with another period that ends on the same day', () => {
    expect(codes('percent', [figure('50', '06')], [{ ...figure('60', '06'), period: '2022-Q2' }])).toEqual(
      [],
    );
  });

  it.each([
    [3, []],
    [2, ['areas-missing']],
    [4, []],
  ])('with %i areas in place of 3 warns of %j', (areas, expected) => {
    expect(codes('count', [figure('5', '06', areas)], [figure('5', '06', 3)])).toEqual(expected);
  });

  it('with fewer areas than an earlier figure replaces nothing', () => {
    expect(codes('count', [figure('5', '06', 1)], [figure('5', '05', 3)])).toEqual([]);
  });
});
