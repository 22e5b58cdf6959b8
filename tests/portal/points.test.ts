import { describe, expect, it } from 'vitest';
import {
  figuresOf,
  obligationOf,
  occurrenceShown,
  periodText,
  pointsOf,
} from '../../portal/pages/indicator/points.ts';
import { findIndicator } from '../../shared/domain/catalogue.ts';
import type { Point } from '../../shared/domain/observation.ts';
import { smallCatalogue } from '../domain/small-catalogue.ts';

const catalogue = smallCatalogue({ ref: 'II.9', owner: '74', kind: 'percent' });
const assigned = findIndicator(catalogue, 'II.9.1');
if (!assigned) throw new Error('the small catalogue has II.9.1');

const at = '2022-06-20T03:00:00.000Z';
const point = (asAt: string, value: string, rest: Partial<Point> = {}): Point => ({
  indicator: 'II.9.1',
  period: asAt.slice(0, 7),
  asAt,
  value,
  areas: 0,
  submissionId: '01A',
  receivedAt: at,
  acceptedAt: at,
  ...rest,
});
const once = obligationOf({ obligation: '74:II.9.1', unit: '74', due: '2022-06-30' }, assigned);

describe('the points of an obligation', () => {
  it('are its indicator’s, the latest first, those after the due date too', () => {
    const points = [
      point('2022-05-31', '97'),
      point('2022-07-31', '99'),
      point('2022-06-30', '98', { indicator: 'x' }),
    ];
    expect(pointsOf(once, points).map(({ asAt }) => asAt)).toEqual(['2022-07-31', '2022-05-31']);
  });

  it('are of a recurring one those of its year alone', () => {
    const yearly = obligationOf({ obligation: '74:II.9.1:2022', unit: '74', due: '2022-10-31' }, assigned);
    const points = ['2021-12-31', '2022-01-01', '2022-12-31', '2023-01-01'].map((day) => point(day, '1'));
    expect(pointsOf(yearly, points).map(({ asAt }) => asAt)).toEqual(['2022-12-31', '2022-01-01']);
  });

  it('make one figure a day in time order: of the later submission, exactly as it is shown', () => {
    const points = [
      point('2022-06-30', '99.996', { submissionId: '01B', period: '2022' }),
      point('2022-06-30', '98'),
      point('2022-05-31', '97'),
    ];
    expect(figuresOf(pointsOf(once, points))).toEqual([
      { day: '2022-05-31', value: '97.00' },
      { day: '2022-06-30', value: '99.99' },
    ]);
  });
});

it.each([
  ['', '2022'],
  ['2021', '2021'],
  ['1999', '2022'],
])('shows of the occurrences, with «%s» chosen, that of %s', (chosen, shown) => {
  const occurrences = [
    { obligation: '2021', daysLeft: -300 },
    { obligation: '2022', daysLeft: 0 },
    { obligation: '2023', daysLeft: 365 },
  ];
  expect(occurrenceShown(occurrences, chosen)?.obligation).toBe(shown);
});

it('shows the last occurrence where all are past or have no date', () => {
  const past = [
    { obligation: '2021', daysLeft: null },
    { obligation: '2022', daysLeft: -1 },
  ];
  expect(occurrenceShown(past, '')?.obligation).toBe('2022');
  expect(occurrenceShown([], '')).toBeUndefined();
});

it.each([
  ['2022-06', '06/2022'],
  ['2022-Q2', 'Q2/2022'],
  ['2022', '2022'],
  ['2022-06-15', '15/06/2022'],
])('writes the period %s as %s', (period, text) => {
  expect(periodText(period)).toBe(text);
});
