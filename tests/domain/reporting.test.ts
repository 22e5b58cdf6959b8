import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOfDay, periodDays, startOfDay } from '../../shared/domain/calendar.ts';
import { foldPublications } from '../../shared/domain/fold.ts';
import type { Publication } from '../../shared/domain/observation.ts';
import {
  buildReporting,
  expectedMonths,
  reportDueDay,
  reportingOfUnit,
  reportOverdueAt,
} from '../../shared/domain/reporting.ts';
import { anyHistory, anyInstant } from './histories.ts';
import { publication, smallCatalogue } from './small-catalogue.ts';

const catalogue = smallCatalogue(
  { ref: '1.a', owner: '*', coordinators: [] },
  { ref: 'II.1', owner: '01', coordinators: ['BYT', 'Các bộ, ngành, địa phương'] },
  { ref: 'II.9', owner: '74', coordinators: ['BTTTT', 'BYT'] },
);
const { directive } = catalogue;
const asAt = (day: string, indicator = 'II.9.1') => ({ indicator, period: day, asAt: day });
const nothing = { expected: 0, received: 0, onTime: 0, assigned: 2, reported: 0 };

describe('the reports expected', () => {
  const until = (last: string) =>
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
    ].filter((month) => month <= last);

  it('are due on day 25 of their month, to its last millisecond in Vietnam', () => {
    expect(reportDueDay(directive, '2022-04')).toBe('2022-04-25');
    expect(reportOverdueAt(directive, '2022-04')).toBe('2022-04-25T17:00:00.000Z');
    expect(reportDueDay({ reports: { ...directive.reports, dueDayOfMonth: 5 } }, '2024-02')).toBe(
      '2024-02-05',
    );
  });

  it.each([
    [endOfDay('2021-12-31'), until('')],
    ['2022-04-25T16:59:59.999Z', until('')],
    ['2022-04-25T17:00:00.000Z', until('2022-04')],
    ['2022-05-25T16:59:59.999Z', until('2022-04')],
    ['2022-05-25T17:00:00.000Z', until('2022-05')],
    ['2022-12-25T16:59:59.999Z', until('2022-11')],
    ['2022-12-25T17:00:00.000Z', until('2022-12')],
    [startOfDay('2023-01-26'), until('2022-12')],
    [endOfDay('2099-12-31'), until('2022-12')],
  ])('by %s are those for %j', (asOf, months) => {
    expect(expectedMonths(directive, asOf)).toEqual(months);
  });

  it('go on over the end of a year where the directive says so', () => {
    const reports = { from: '2023-11', to: '2024-02', dueDayOfMonth: 28 };
    expect(expectedMonths({ reports }, endOfDay('2024-02-28'))).toEqual(['2023-11', '2023-12', '2024-01']);
    expect(expectedMonths({ reports }, startOfDay('2024-02-29'))).toHaveLength(4);
  });
});

describe('the reporting of a unit', () => {
  const of = (asOf: string, ...publications: Publication[]) =>
    reportingOfUnit(catalogue, '74', publications, asOf);
  const asOf = endOfDay('2022-04-30');

  it('is nothing before anything is due or sent', () => {
    expect(of('2022-04-25T16:59:59.999Z')).toEqual(nothing);
    expect(of('2022-04-25T17:00:00.000Z')).toEqual({ ...nothing, expected: 1 });
  });

  it.each([
    ['2022-03-31', 0],
    ['2022-04-01', 1],
    ['2022-04-15', 1],
    ['2022-04-30', 1],
    ['2022-05-01', 0],
  ])('counts a figure as at %s as %i reports for April', (day, received) => {
    const file = publication(startOfDay('2022-05-10'), [asAt(day)]);
    expect(of(endOfDay('2022-05-24'), file)).toMatchObject({ expected: 1, received });
  });

  it.each([
    ['2022-04-25T16:59:59.999Z', 1],
    ['2022-04-25T17:00:00.000Z', 0],
  ])('received at %s is in time %i times, whenever it was accepted', (receivedAt, onTime) => {
    const file = publication(receivedAt, [asAt('2022-04-15')], { acceptedAt: endOfDay('2022-04-28') });
    expect(of(asOf, file)).toMatchObject({ expected: 1, received: 1, onTime });
  });

  it('stays in time when a correction follows, in the same figures or others', () => {
    const first = publication(endOfDay('2022-04-20'), [asAt('2022-04-15')]);
    const same = publication(endOfDay('2022-04-27'), [asAt('2022-04-15')]);
    const other = publication(endOfDay('2022-04-27'), [asAt('2022-04-20')]);
    for (const files of [
      [first, same],
      [same, first],
      [first, other],
    ])
      expect(of(asOf, ...files)).toMatchObject({ expected: 1, received: 1, onTime: 1 });
  });

  it('knows only what was accepted by then and not withdrawn by then', () => {
    const acceptedAt = '2022-04-26T03:00:00.000Z';
    const withdrawnAt = '2022-04-27T03:00:00.000Z';
    const file = publication(endOfDay('2022-04-20'), [asAt('2022-04-15')], { acceptedAt, withdrawnAt });
    expect(of('2022-04-26T02:59:59.999Z', file)).toMatchObject({ received: 0, onTime: 0, reported: 0 });
    expect(of(acceptedAt, file)).toMatchObject({ received: 1, onTime: 1, reported: 1 });
    expect(of('2022-04-27T02:59:59.999Z', file)).toMatchObject({ received: 1, onTime: 1, reported: 1 });
    expect(of(withdrawnAt, file)).toMatchObject({ received: 0, onTime: 0, reported: 0 });
  });

  it('does not count a report whose month is not due yet, but does count its indicators', () => {
    const file = publication(endOfDay('2022-05-10'), [asAt('2022-05-10'), asAt('2022-05-10', '1.a.1')]);
    expect(of(endOfDay('2022-05-24'), file)).toEqual({ ...nothing, expected: 1, reported: 2 });
    expect(of(endOfDay('2022-05-25'), file)).toMatchObject({ expected: 1, received: 0 });
    expect(of(startOfDay('2022-05-26'), file)).toMatchObject({ expected: 2, received: 1, onTime: 1 });
  });

  it('counts each of its indicators once, and none that are not its own', () => {
    const files = ['2022-04-10', '2022-04-11'].map((day) =>
      publication(endOfDay(day), [asAt(day), asAt(day, 'II.1.1')]),
    );
    expect(of(asOf, ...files)).toMatchObject({ assigned: 2, reported: 1 });
  });
});

describe('the reporting of bodies and nation', () => {
  const day = '2022-04-20';
  const publications = new Map([
    ['74', [publication(endOfDay(day), [asAt(day), asAt(day, '1.a.1')])]],
    ['01', [publication(endOfDay('2022-04-27'), [asAt(day, '1.a.1')])]],
  ]);
  const board = buildReporting(catalogue, publications, endOfDay('2022-04-30'));

  it('has every unit, in the order of the catalogue, whether or not it ever sent anything', () => {
    expect(board.units).toEqual([
      { unit: '74', expected: 1, received: 1, onTime: 1, assigned: 2, reported: 2 },
      { unit: '01', expected: 1, received: 1, onTime: 0, assigned: 2, reported: 1 },
      { unit: 'BTTTT', expected: 1, received: 0, onTime: 0, assigned: 1, reported: 0 },
      { unit: 'VPCP', expected: 1, received: 0, onTime: 0, assigned: 1, reported: 0 },
      { unit: 'BYT', expected: 1, received: 0, onTime: 0, assigned: 1, reported: 0 },
    ]);
  });

  it('sums up the units over the nation', () => {
    expect(board.nation).toEqual({ expected: 5, received: 2, onTime: 1, assigned: 7, reported: 3 });
  });

  it('sums up for a body the reports of the units that owe its tasks, and the indicators of these tasks', () => {
    expect(board.bodies).toEqual([
      { unit: 'BTTTT', expected: 1, received: 1, onTime: 1, assigned: 1, reported: 1 },
      { unit: 'BYT', expected: 2, received: 2, onTime: 1, assigned: 2, reported: 1 },
    ]);
  });

  it('counts a unit once for a body that coordinates several of its tasks', () => {
    const both = smallCatalogue({ ref: '1.a', owner: '*' }, { ref: 'II.9', owner: '74' });
    expect(buildReporting(both, publications, endOfDay('2022-04-30')).bodies).toEqual([
      { unit: 'BTTTT', expected: 5, received: 2, onTime: 1, assigned: 6, reported: 3 },
    ]);
  });
});

describe('reporting counted from the history', () => {
  it('is that of the points known, and the same whatever came later (property)', () => {
    fc.assert(
      fc.property(anyHistory, anyInstant, (history, asOf) => {
        const reporting = reportingOfUnit(catalogue, '74', history, asOf);
        const points = foldPublications(history, asOf);
        const months = expectedMonths(directive, asOf).filter((month) => {
          const { first, last } = periodDays(month);
          return points.some((point) => point.asAt >= first && point.asAt <= last);
        });
        expect(reporting.received).toBe(months.length);
        expect(reporting.reported).toBe(new Set(points.map(({ indicator }) => indicator)).size);
        expect(reporting.onTime).toBeLessThanOrEqual(reporting.received);
        const known = history
          .filter(({ acceptedAt }) => acceptedAt <= asOf)
          .map(({ withdrawnAt, ...rest }) =>
            withdrawnAt !== undefined && withdrawnAt <= asOf ? { ...rest, withdrawnAt } : rest,
          );
        expect(reportingOfUnit(catalogue, '74', known, asOf)).toEqual(reporting);
      }),
    );
  });
});
