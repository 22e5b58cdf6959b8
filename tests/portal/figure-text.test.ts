import { expect, it } from 'vitest';
import { figureText, periodText } from '../../portal/findings/figure-text.ts';

it.each([
  [{ numerator: 987, denominator: 1000, areas: 0 }, 'percent', '98,70 % (987/1.000)'],
  [{ numerator: 99996, denominator: 100000, areas: 9 }, 'percent', '99,99 % (99.996/100.000; 9 địa bàn)'],
  [{ value: '98.7', areas: 0 }, 'percent', '98,7 %'],
  [{ value: '1234', areas: 0 }, 'count', '1.234'],
  [{ value: '-3.5', areas: 0 }, 'growth', '−3,5 %'],
  [{ value: '100', completedOn: '2022-06-15', areas: 0 }, 'milestone', '100 % (15/06/2022)'],
] as const)('a figure %j of kind %s is written %s', (figure, kind, written) => {
  expect(figureText(figure, kind, 'vi')).toBe(written);
});

it.each([
  ['2022-06', '06/2022'],
  ['2022-Q2', 'Quý II/2022'],
  ['2022', '2022'],
  ['2022-06-15', '15/06/2022'],
])('the period %s is written %s', (period, written) => {
  expect(periodText(period, 'vi')).toBe(written);
});
