import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AlertLedger, alertLedgerSchema, closingOf, emptyLedger } from '../../shared/domain/alert.ts';
import { deriveCauses } from '../../shared/domain/alert-causes.ts';
import { mergeCauses } from '../../shared/domain/alert-ledger.ts';
import { addDays, endOfDay, type Instant, startOfDay } from '../../shared/domain/calendar.ts';
import type { Publication } from '../../shared/domain/observation.ts';
import { alertGrounds } from './alert-grounds.ts';
import { publication, smallCatalogue } from './small-catalogue.ts';

const empty = emptyLedger('74');
const missed = 'deadline-missed|74:II.9.1|2022-06-30T17:00:00.000Z';
const met = (on: string, rest: Partial<Publication> = {}) =>
  publication(endOfDay(on), [{ period: '2022-06', asAt: '2022-06-30', value: '100' }], rest);

function evaluate(
  ledger: AlertLedger,
  asOf: Instant,
  publications: readonly Publication[] = [],
): AlertLedger {
  const known = publications.filter(({ acceptedAt }) => acceptedAt <= asOf);
  return mergeCauses(ledger, deriveCauses(alertGrounds({ publications: known, asOf })), asOf);
}

const find = ({ alerts }: AlertLedger, id: string) => alerts.find((alert) => alert.id === id);

describe('the ledger', () => {
  it('gains what it lacks, decided at the evaluation, and satisfies its schema', () => {
    const first = evaluate(empty, endOfDay('2022-04-26'));
    const second = evaluate(first, startOfDay('2022-07-01'));
    expect(alertLedgerSchema.parse(second)).toEqual(second);
    expect(find(second, missed)?.stages).toMatchObject([
      { stage: 'missed', at: startOfDay('2022-07-01'), decidedAt: startOfDay('2022-07-01'), isUrgent: true },
    ]);
    const report = second.alerts.find(({ kind }) => kind === 'report-missing');
    expect(report?.stages.map(({ stage, decidedAt }) => [stage, decidedAt])).toEqual([
      ['2022-04', endOfDay('2022-04-26')],
      ['2022-05', startOfDay('2022-07-01')],
      ['2022-06', startOfDay('2022-07-01')],
    ]);
    expect(second.version).toBe(empty.version);
  });

  it('is the same object when there is nothing new', () => {
    const asOf = endOfDay('2022-07-01');
    const ledger = evaluate(empty, asOf);
    expect(evaluate(ledger, asOf)).toBe(ledger);
    expect(evaluate(ledger, endOfDay('2022-07-02'))).toBe(ledger);
  });

  it('ends an alert once and for all; what begins again is another', () => {
    const history = [met('2022-07-05', { withdrawnAt: endOfDay('2022-07-09') }), met('2022-07-11')];
    const ledger = ['2022-07-04', '2022-07-05', '2022-07-09', '2022-07-12'].reduce(
      (before, day) => evaluate(before, endOfDay(day), history),
      empty,
    );
    const ofObligation = ledger.alerts.filter(({ kind }) => kind === 'deadline-missed');
    expect(ofObligation.map((alert) => [alert.episode, closingOf(alert)?.at])).toEqual([
      ['2022-06-30T17:00:00.000Z', endOfDay('2022-07-05')],
      [endOfDay('2022-07-09'), endOfDay('2022-07-11')],
    ]);
  });

  it('repeats no reason that has not changed', () => {
    const ledger = evaluate(empty, endOfDay('2022-07-31'), [
      publication(endOfDay('2022-07-10'), [{ period: '2022-07', asAt: '2022-07-10', value: '50' }]),
    ]);
    expect(find(ledger, missed)?.stages.map(({ stage, reason }) => [stage, reason?.en.slice(0, 8)])).toEqual([
      ['missed', 'nothing '],
      ['day-7', undefined],
      ['escalated-7', undefined],
      ['day-14', '50.00 % '],
      ['escalated-14', undefined],
      ['day-21', undefined],
      ['day-28', undefined],
    ]);
  });

  it('resolves what an evaluation decided before it could know of an earlier acceptance', () => {
    const hasty = evaluate(empty, '2022-06-30T17:00:00.500Z');
    const known = [met('2022-06-30')];
    const next = evaluate(hasty, endOfDay('2022-07-01'), known);
    expect(closingOf(find(next, missed) ?? { stages: [] })).toMatchObject({
      stage: 'resolved',
      at: endOfDay('2022-07-01'),
    });
  });

  it('is not set back by an earlier evaluation that finishes after a later one', () => {
    const history = [met('2022-07-05')];
    const later = evaluate(empty, endOfDay('2022-07-05'), history);
    for (const day of ['2022-06-16', '2022-07-01', '2022-07-04']) {
      expect(evaluate(later, endOfDay(day), history)).toBe(later);
    }
  });

  it('ends the same whichever evaluations ran before, in whatever order and however often (property)', () => {
    const anyDay = fc.integer({ min: 0, max: 150 }).map((days) => addDays('2022-04-01', days));
    const anyHistory = fc.array(
      fc.record({
        on: anyDay,
        value: fc.constantFrom('10', '95', '99.996', '100'),
        withdrawnAfterDays: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
      }),
      { maxLength: 7 },
    );
    const catalogue = smallCatalogue({}, { ref: '1.a', owner: '*', due: { type: 'monthly' } });
    const run = (history: readonly Publication[], ledger: AlertLedger, asOf: Instant) => {
      const publications = history.filter(({ acceptedAt }) => acceptedAt <= asOf);
      return mergeCauses(ledger, deriveCauses({ ...alertGrounds({ publications, asOf }), catalogue }), asOf);
    };
    fc.assert(
      fc.property(anyHistory, fc.array(anyDay, { maxLength: 8 }), anyDay, (reports, runs, last) => {
        const history = reports.map(({ on, value, withdrawnAfterDays }) =>
          publication(endOfDay(on), [{ period: on.slice(0, 7), asAt: on, value }], {
            ...(withdrawnAfterDays && { withdrawnAt: endOfDay(addDays(on, withdrawnAfterDays)) }),
          }),
        );
        const end = endOfDay(last);
        const earlier = runs.map((day) => endOfDay(day)).filter((asOf) => asOf <= end);
        const often = [...earlier, end, end].reduce((ledger, asOf) => run(history, ledger, asOf), empty);
        expect(withoutDecisionTimes(often)).toEqual(withoutDecisionTimes(run(history, empty, end)));
        expect(run(history, often, end)).toBe(often);
      }),
      { numRuns: 100 },
    );
  });
});

function withoutDecisionTimes({ alerts }: AlertLedger) {
  return alerts.map((alert) => ({
    ...alert,
    stages: alert.stages.map(({ decidedAt: _, ...stage }) => stage),
  }));
}
