import { describe, expect, it } from 'vitest';
import { endOfDay, startOfDay } from '../../shared/domain/calendar.ts';
import type { Due } from '../../shared/domain/catalogue.ts';
import { obligationsOf } from '../../shared/domain/obligation.ts';
import { smallCatalogue } from './small-catalogue.ts';

const noon = (day: string) => `${day}T05:00:00.000Z`;
const owed = (due: Due, asOf: string) => obligationsOf(smallCatalogue({ due }), '74', asOf);
const ids = (due: Due, asOf: string) => owed(due, asOf).map(({ id }) => id);

describe('the obligations of a unit', () => {
  it('are its own tasks and those of every unit, in the order of the text', () => {
    const catalogue = smallCatalogue(
      { ref: '1.a', owner: '*' },
      { ref: 'II.1', owner: '01' },
      { ref: 'II.9' },
    );
    const of = (unit: string) => obligationsOf(catalogue, unit, noon('2022-05-01')).map(({ id }) => id);
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
});
