import { describe, expect, it } from 'vitest';
import type { IndicatorKind, Target } from '../../shared/domain/catalogue.ts';
import { parseDecimal } from '../../shared/domain/rational.ts';
import { meetsTarget, targetText } from '../../shared/domain/target.ts';

const atLeast = (value: number): Target => ({ op: 'at-least', value });
const moreThan = (value: number): Target => ({ op: 'more-than', value });
const range: Target = { op: 'range', value: 65, high: 70 };
const about: Target = { op: 'about', value: 25 };

describe('a target', () => {
  it.each<[Target, string, boolean]>([
    [atLeast(100), '99.996', false],
    [atLeast(100), '99.9999999999999999999999', false],
    [atLeast(100), '100', true],
    [atLeast(10_000), '9999', false],
    [atLeast(10_000), '10000', true],
    [atLeast(10_000), '10001', true],
    [moreThan(90), '89.99', false],
    [moreThan(90), '90', false],
    [moreThan(90), '90.000001', true],
    [moreThan(50), '50', false],
    [moreThan(50), '50.01', true],
    [range, '64.999', false],
    [range, '65', true],
    [range, '70', true],
    [range, '71', true],
    [about, '22.499999', false],
    [about, '22.5', true],
    [about, '25', true],
  ])('%j is met by %s: %s', (target, value, isMet) => {
    expect(meetsTarget(parseDecimal(value), target)).toBe(isMet);
  });

  it.each<[IndicatorKind, Target, string]>([
    ['percent', atLeast(100), '≥ 100 %'],
    ['percent', moreThan(90), '> 90 %'],
    ['percent', range, '65–70 %'],
    ['growth', about, '≈ 25 %'],
    ['percent', atLeast(22.5), '≥ 22.5 %'],
    ['count', atLeast(10_000), '≥ 10000'],
    ['milestone', atLeast(100), '≥ 100 %'],
  ])('of a %s, %j, is shown as %s', (kind, target, text) => {
    expect(targetText({ kind, target })).toBe(text);
  });
});
