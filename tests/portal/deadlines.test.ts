import { describe, expect, it } from 'vitest';
import {
  coordinatingBodies,
  type DatedObligation,
  datedObligations,
  dayShown,
  deadlinesOf,
  dueAhead,
  dueOn,
} from '../../portal/pages/deadlines/deadlines.ts';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import type { State } from '../../shared/domain/assessment.ts';
import { smallCatalogue } from '../domain/small-catalogue.ts';

const owed = (unit: string, indicator: string, due: string, state: State = 'awaited'): DatedObligation => ({
  unit,
  indicator,
  obligation: `${unit}:${indicator}`,
  due,
  state,
  value: null,
});
const today = '2022-07-01';

it('leaves out what has no date, and what another body coordinates', () => {
  const catalogue = smallCatalogue(
    { ref: 'II.9', owner: '74', coordinators: ['BTTTT'] },
    { ref: 'II.10', owner: '01', coordinators: [] },
  );
  const obligations = [
    owed('74', 'II.9.1', '2022-06-30'),
    owed('01', 'II.10.1', '2022-06-30'),
    { ...owed('74', 'II.9.1', ''), due: null },
  ];
  const found = (body: string) => datedObligations(catalogue, obligations, body).map(({ unit }) => unit);
  expect(found('')).toEqual(['74', '01']);
  expect(found('BTTTT')).toEqual(['74']);
  expect(found('BCA')).toEqual([]);
});

it('has each due day once and in order, counted by state', () => {
  const deadlines = deadlinesOf([
    owed('79', '1.b.1', '2022-10-31'),
    owed('74', '1.a.1', '2022-06-30', 'met'),
    owed('79', '1.a.1', '2022-06-30', 'overdue'),
  ]);
  expect(deadlines.map(({ day }) => day)).toEqual(['2022-06-30', '2022-10-31']);
  expect(deadlines[0]?.counts).toMatchObject({ met: 1, overdue: 1, awaited: 0 });
});

it.each([
  ['2022-06-30', '2022-06-30'],
  ['2022-07-15', '2022-07-31'],
  ['', '2022-07-31'],
])('shows of a choice of «%s» the day %s', (chosen, shown) => {
  const deadlines = ['2022-06-30', '2022-07-31', '2022-08-31'].map((day) => ({ day, counts: {} }));
  expect(dayShown(deadlines, chosen, today)).toBe(shown);
});

it('shows the last day where all are past, and none where there is none', () => {
  expect(dayShown([{ day: '2022-06-30', counts: {} }], '', today)).toBe('2022-06-30');
  expect(dayShown([], '2022-06-30', today)).toBeUndefined();
});

it.each([
  ['2022-06-30', false],
  ['2022-07-01', true],
  ['2022-07-31', true],
  ['2022-08-01', false],
])('counts %s to the next thirty days: %s', (due, isAhead) => {
  expect(dueAhead([owed('74', '1.a.1', due)], today)).toHaveLength(isAhead ? 1 : 0);
});

describe('what is due on a day', () => {
  const due = dueOn(
    [
      owed('74', 'II.10.1', today),
      owed('58', '1.b.1', today, 'met'),
      owed('74', '1.b.1', today, 'overdue'),
      owed('58', '1.a.1', today),
      owed('74', '1.a.1', today),
      owed('01', 'II.9.1', today),
      owed('01', 'II.1.1', today, 'overdue'),
      owed('79', '1.b.1', '2022-07-02'),
    ],
    today,
  );

  it('is by indicator in the order of the text where many owe it, the worst first', () => {
    expect(due.shared.map(({ indicator }) => indicator)).toEqual(['1.a.1', '1.b.1']);
    expect(due.shared[1]?.obligations.map(({ unit }) => unit)).toEqual(['74', '58']);
  });

  it('is what units owe alone, the worst first, then in the order of the text', () => {
    expect(due.own.map(({ indicator }) => indicator)).toEqual(['II.1.1', 'II.9.1', 'II.10.1']);
  });

  it('is nothing where no day is looked at', () => {
    expect(dueOn([owed('74', '1.a.1', today)], undefined)).toEqual({ shared: [], own: [] });
  });
});

it('offers the bodies that coordinate something, the busiest first', () => {
  const bodies = coordinatingBodies(loadCatalogue());
  expect(bodies[0]).toBe('BTTTT');
  expect(bodies).not.toContain('74');
});
