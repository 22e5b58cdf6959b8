import { describe, expect, it } from 'vitest';
import { endOfDay, startOfDay } from '../../shared/domain/calendar.ts';
import type { Due } from '../../shared/domain/catalogue.ts';
import type { SetDueDate } from '../../shared/domain/due-date.ts';
import { obligationsOf } from '../../shared/domain/obligation.ts';
import { smallCatalogue } from './small-catalogue.ts';

const noon = (day: string) => `${day}T05:00:00.000Z`;
const owed = (due: Due, asOf: string, dueDates: SetDueDate[] = []) =>
  obligationsOf(smallCatalogue({ due }), '74', asOf, dueDates);
const year = (number: number) => ({ first: `${number}-01-01`, last: `${number}-12-31` });
const ids = (due: Due, asOf: string) => owed(due, asOf).map(({ id }) => id);

describe('the obligations of a unit', () => {
  it('are its own tasks and those of every unit, in the order of the text', () => {
    const catalogue = smallCatalogue(
      { ref: '1.a', owner: '*' },
      { ref: 'II.1', owner: '01' },
      { ref: 'II.9' },
    );
    const of = (unit: string) => obligationsOf(catalogue, unit, noon('2022-05-01'), []).map(({ id }) => id);
    expect(of('74')).toEqual(['74:1.a.1', '74:II.9.1']);
    expect(of('01')).toEqual(['01:1.a.1', '01:II.1.1']);
    expect(of('BYT')).toEqual(['BYT:1.a.1']);
  });

  it.each<[Due, string | null]>([
    [{ type: 'date', date: '2022-06-30' }, '2022-06-30'],
    [{ type: 'per-plan' }, null],
    [{ type: 'ongoing' }, null],
    [{ type: 'none' }, null],
  ])('with the due date %j occur once, due %s', (due, day) => {
    expect(owed(due, noon('2030-01-01'))).toMatchObject([{ id: '74:II.9.1', due: day }]);
    expect(owed(due, noon('2030-01-01'))[0]).not.toHaveProperty('window');
  });

  it.each([
    [noon('2021-01-01'), ['74:II.9.1:2022']],
    [noon('2022-10-30'), ['74:II.9.1:2022']],
    [endOfDay('2022-10-31'), ['74:II.9.1:2022']],
    [startOfDay('2022-11-01'), ['74:II.9.1:2022', '74:II.9.1:2023']],
  ])('recur yearly up to the next one: as of %s %j', (asOf, expected) => {
    expect(ids({ type: 'annual', month: 10 }, asOf)).toEqual(expected);
  });

  it('recur yearly from the first such month of the directive on', () => {
    expect(owed({ type: 'annual', month: 4 }, noon('2022-04-01'))[0]?.due).toBe('2022-04-30');
    expect(owed({ type: 'annual', month: 3 }, noon('2022-04-01'))).toMatchObject([
      { id: '74:II.9.1:2023', due: '2023-03-31', window: { first: '2023-01-01', last: '2023-12-31' } },
    ]);
  });

  it.each([
    [noon('2022-01-01'), ['2022-04']],
    [endOfDay('2022-04-30'), ['2022-04']],
    [startOfDay('2022-05-01'), ['2022-04', '2022-05']],
    [
      noon('2023-02-28'),
      [
        '2022-04',
        '2022-05',
        '2022-06',
        '2022-07',
        '2022-08',
        '2022-09',
        '2022-10',
        '2022-11',
        '2022-12',
        '2023-01',
        '2023-02',
      ],
    ],
  ])('recur monthly up to the next one: as of %s %j', (asOf, months) => {
    const occurrences = owed({ type: 'monthly' }, asOf);
    expect(occurrences.map(({ id }) => id)).toEqual(months.map((month) => `74:II.9.1:${month}`));
    expect(occurrences[0]).toMatchObject({
      due: '2022-04-30',
      window: { first: '2022-04-01', last: '2022-04-30' },
    });
  });

  it.each<[Due, string, string, string, { first: string; last: string }]>([
    [{ type: 'monthly' }, '2023-02-28', '2023-02', '2023-02-28', { first: '2023-02-01', last: '2023-02-28' }],
    [{ type: 'monthly' }, '2024-02-28', '2024-02', '2024-02-29', { first: '2024-02-01', last: '2024-02-29' }],
    [{ type: 'monthly' }, '2024-02-29', '2024-02', '2024-02-29', { first: '2024-02-01', last: '2024-02-29' }],
    [{ type: 'monthly' }, '2024-03-01', '2024-03', '2024-03-31', { first: '2024-03-01', last: '2024-03-31' }],
    [{ type: 'monthly' }, '2022-12-31', '2022-12', '2022-12-31', { first: '2022-12-01', last: '2022-12-31' }],
    [{ type: 'monthly' }, '2023-01-01', '2023-01', '2023-01-31', { first: '2023-01-01', last: '2023-01-31' }],
    [{ type: 'annual', month: 2 }, '2023-03-01', '2024', '2024-02-29', year(2024)],
    [{ type: 'annual', month: 2 }, '2024-02-29', '2024', '2024-02-29', year(2024)],
    [{ type: 'annual', month: 2 }, '2024-03-01', '2025', '2025-02-28', year(2025)],
    [{ type: 'annual', month: 12 }, '2022-12-31', '2022', '2022-12-31', year(2022)],
    [{ type: 'annual', month: 12 }, '2023-01-01', '2023', '2023-12-31', year(2023)],
  ])('that recur %j are, to the end of %s, at last %s, due %s', (due, day, period, dueDay, window) => {
    const last = { id: `74:II.9.1:${period}`, due: dueDay, window };
    for (const asOf of [startOfDay(day), endOfDay(day)]) expect(owed(due, asOf).at(-1)).toMatchObject(last);
  });
});

describe('a due date that the directive leaves to a plan', () => {
  const set = (at: string, due: string | null, obligation = '74:II.9.1'): SetDueDate => ({
    obligation,
    due,
    by: 'subject',
    unit: 'BTTTT',
    reason: 'Kế hoạch số 12',
    at,
  });
  const log = [
    set('2022-05-10T03:00:00.000Z', '2022-09-30'),
    set('2022-06-10T03:00:00.000Z', '2022-08-31'),
    set('2022-07-10T03:00:00.000Z', null),
  ];
  const dueAt = (asOf: string, due: Due = { type: 'per-plan' }) =>
    owed(due, asOf, log).map((each) => each.due);

  it.each([
    ['2022-05-10T02:59:59.999Z', null],
    ['2022-05-10T03:00:00.000Z', '2022-09-30'],
    ['2022-06-10T02:59:59.999Z', '2022-09-30'],
    ['2022-06-10T03:00:00.000Z', '2022-08-31'],
    ['2022-07-10T02:59:59.999Z', '2022-08-31'],
    ['2022-07-10T03:00:00.000Z', null],
  ])('is what a coordinator had set, changed or withdrawn by then: as of %s %j', (asOf, due) => {
    expect(dueAt(asOf)).toEqual([due]);
  });

  it('never moves a date the directive gives itself, nor gives one where it has none', () => {
    const asOf = noon('2022-06-20');
    expect(dueAt(asOf, { type: 'date', date: '2022-06-30' })).toEqual(['2022-06-30']);
    expect(dueAt(asOf, { type: 'ongoing' })).toEqual([null]);
    expect(dueAt(asOf, { type: 'none' })).toEqual([null]);
  });

  it('is that of its own obligation', () => {
    const others = [set('2022-05-10T03:00:00.000Z', '2022-09-30', '01:II.9.1')];
    expect(owed({ type: 'per-plan' }, noon('2022-06-20'), others)[0]?.due).toBeNull();
  });
});
