import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Alert,
  type AlertLedger,
  alertLedgerSchema,
  defaultAlertSettings,
  deriveAlerts,
  mergeAlerts,
  stageId,
} from '../../shared/domain/alert.ts';
import { addDays, endOfDay, startOfDay } from '../../shared/domain/calendar.ts';
import type { Publication } from '../../shared/domain/observation.ts';
import { anyHistory } from './histories.ts';
import { publication, smallCatalogue, type TaskSketch } from './small-catalogue.ts';

const empty: AlertLedger = { unit: '74', version: 0, alerts: [] };

function derive(asOf: string, publications: Publication[] = [], sketch: TaskSketch = {}): Alert[] {
  return deriveAlerts({
    catalogue: smallCatalogue(sketch),
    unitId: '74',
    publications,
    asOf,
    settings: defaultAlertSettings,
  });
}

const stagesOf = (alerts: readonly Alert[]) =>
  alerts.flatMap((alert) => alert.stages.map((stage) => stageId(alert, stage)));
const asOfJune = (day: string, value: string, rest = {}) =>
  publication(endOfDay(day), [{ period: '2022-06', asAt: day, value }], rest);

const soon = 'due-soon|74:II.9.1|2022-05-31T00:00:00.000Z';
const missed = 'deadline-missed|74:II.9.1|2022-06-30T17:00:00.000Z';

describe('due-soon alerts', () => {
  it.each([
    ['2022-05-30T23:59:59.999Z', []],
    ['2022-05-31T00:00:00.000Z', ['30']],
    ['2022-06-15T23:59:59.999Z', ['30']],
    ['2022-06-16T00:00:00.000Z', ['30', '14']],
    ['2022-06-22T23:59:59.999Z', ['30', '14']],
    ['2022-06-23T00:00:00.000Z', ['30', '14', '7']],
    ['2022-06-28T23:59:59.999Z', ['30', '14', '7']],
    ['2022-06-29T00:00:00.000Z', ['30', '14', '7', '1']],
    ['2022-06-30T16:59:59.999Z', ['30', '14', '7', '1']],
  ])('have their stages at 07:00 in Vietnam: as of %s %j', (asOf, stages) => {
    expect(stagesOf(derive(asOf))).toEqual(stages.map((stage) => `${soon}#${stage}`));
  });

  it('have one id, the first stage that applied, whenever they are derived', () => {
    const history = [asOfJune('2022-05-30', '100', { withdrawnAt: endOfDay('2022-06-10') })];
    const episode = 'due-soon|74:II.9.1|2022-06-16T00:00:00.000Z';
    expect(stagesOf(derive(endOfDay('2022-06-15'), history))).toEqual([]);
    expect(stagesOf(derive(endOfDay('2022-06-16'), history))).toEqual([`${episode}#14`]);
    expect(stagesOf(derive(endOfDay('2022-06-29'), history))).toEqual([
      `${episode}#14`,
      `${episode}#7`,
      `${episode}#1`,
    ]);
  });

  it('are not for what was met at the stage, and are resolved by what meets it later', () => {
    const history = [asOfJune('2022-06-10', '100')];
    expect(derive(endOfDay('2022-06-29'), history)).toMatchObject([
      { id: soon, stages: [{ stage: '30' }], resolvedAt: endOfDay('2022-06-10') },
    ]);
    expect(derive('2022-06-10T16:59:59.998Z', history)[0]).not.toHaveProperty('resolvedAt');
  });

  it('are open again when what met it is withdrawn', () => {
    const history = [asOfJune('2022-06-10', '100', { withdrawnAt: endOfDay('2022-06-20') })];
    expect(derive(endOfDay('2022-06-19'), history)[0]).toHaveProperty('resolvedAt', endOfDay('2022-06-10'));
    expect(derive(endOfDay('2022-06-20'), history)[0]).not.toHaveProperty('resolvedAt');
  });

  it('begin before their occurrence is the next one due', () => {
    const monthly: TaskSketch = { due: { type: 'monthly' } };
    const stages = stagesOf(derive('2022-05-31T00:00:00.000Z', [], monthly));
    expect(stages).toContain('due-soon|74:II.9.1:2022-06|2022-05-31T00:00:00.000Z#30');
    expect(stages).toContain('due-soon|74:II.9.1:2022-05|2022-05-01T00:00:00.000Z#1');
  });

  it('give the reason as it was known at the stage', () => {
    const history = [asOfJune('2022-06-15', '50'), asOfJune('2022-06-20', '80')];
    const [first, second, third] = derive(endOfDay('2022-06-29'), history)[0]?.stages ?? [];
    expect(first?.reason.en).toBe('nothing reported (II.9, due 2022-06-30); 30 days left');
    expect(second?.reason.en).toMatch(/^50\.00 % < 100 % .* 14 days left; one figure/);
    expect(third?.reason.vi).toMatch(/^80,00 % < 100 % .* còn 7 ngày; dự báo đến hạn 100,00 %/);
  });
});

describe('deadline-missed and met-late alerts', () => {
  const afterDue = (asOf: string, history: Publication[] = []) =>
    derive(asOf, history).filter(({ kind }) => kind !== 'due-soon');

  it('begin the millisecond after the due day in Vietnam, whether or not anything was ever sent', () => {
    expect(afterDue('2022-06-30T16:59:59.999Z')).toEqual([]);
    expect(afterDue('2022-06-30T17:00:00.000Z')).toMatchObject([
      {
        id: missed,
        due: '2022-06-30',
        episode: '2022-06-30T17:00:00.000Z',
        stages: [
          {
            stage: 'missed',
            at: '2022-06-30T17:00:00.000Z',
            reason: { en: 'nothing reported (II.9, due 2022-06-30)' },
          },
        ],
      },
    ]);
  });

  it('are none for an obligation met, or without a due date', () => {
    expect(afterDue(endOfDay('2022-08-01'), [asOfJune('2022-06-30', '100')])).toEqual([]);
    expect(derive(endOfDay('2022-08-01'), [], { due: { type: 'ongoing' } })).toEqual([]);
  });

  it.each([
    ['late, by a later figure', '2022-07-31', '2022-07'],
    ['by a report that comes late', '2022-06-30', '2022-06'],
  ])('end with met-late when it is met %s', (_, asAt, period) => {
    const acceptedAt = '2022-07-31T17:00:00.123Z';
    const history = [publication(acceptedAt, [{ period, asAt, value: '100' }])];
    expect(stagesOf(afterDue('2022-07-31T17:00:00.122Z', history))).toEqual([`${missed}#missed`]);
    expect(afterDue(acceptedAt, history)).toMatchObject([
      { id: missed, resolvedAt: acceptedAt },
      {
        id: `met-late|74:II.9.1|${acceptedAt}`,
        stages: [{ stage: 'met-late', at: acceptedAt }],
        resolvedAt: acceptedAt,
      },
    ]);
  });

  it('begin again when what met it is withdrawn', () => {
    const again = { receivedAt: endOfDay('2022-07-09'), acceptedAt: endOfDay('2022-07-09') };
    const history = [
      asOfJune('2022-06-30', '100', { withdrawnAt: endOfDay('2022-07-05') }),
      asOfJune('2022-06-30', '100', again),
    ];
    expect(stagesOf(afterDue(endOfDay('2022-07-10'), history))).toEqual([
      `deadline-missed|74:II.9.1|${endOfDay('2022-07-05')}#missed`,
      `met-late|74:II.9.1|${endOfDay('2022-07-09')}#met-late`,
    ]);
    const asOf = endOfDay('2022-07-10');
    expect(derive(asOf, history.toReversed())).toEqual(derive(asOf, history));
  });

  it('begin again when what met it is corrected', () => {
    const history = [
      asOfJune('2022-06-30', '100'),
      asOfJune('2022-06-30', '99', { acceptedAt: endOfDay('2022-07-05') }),
    ];
    expect(stagesOf(afterDue(endOfDay('2022-07-10'), history))).toEqual([
      `deadline-missed|74:II.9.1|${endOfDay('2022-07-05')}#missed`,
    ]);
  });

  it('are not repeated by figures that change nothing', () => {
    const history = [
      asOfJune('2022-06-30', '97'),
      ...['2022-07-05', '2022-07-15'].map((day) => asOfJune(day, '98')),
    ];
    expect(stagesOf(afterDue(endOfDay('2022-08-01'), history))).toEqual([`${missed}#missed`]);
  });
});

describe('the ledger', () => {
  it('gains what it lacks, decided at the evaluation, and satisfies its schema', () => {
    const first = mergeAlerts(empty, derive(endOfDay('2022-06-16')), endOfDay('2022-06-16'));
    const asOf = startOfDay('2022-07-01');
    const second = mergeAlerts(first, derive(asOf), asOf);
    expect(alertLedgerSchema.parse(second)).toEqual(second);
    expect(second.alerts.map(({ stages }) => stages.map(({ decidedAt }) => decidedAt))).toEqual([
      [endOfDay('2022-06-16'), endOfDay('2022-06-16'), asOf, asOf],
      [asOf],
    ]);
    expect(second.version).toBe(empty.version);
  });

  it('is the same object when there is nothing new', () => {
    const asOf = endOfDay('2022-07-01');
    const ledger = mergeAlerts(empty, derive(asOf), asOf);
    expect(mergeAlerts(ledger, derive(asOf), asOf)).toBe(ledger);
    expect(mergeAlerts(ledger, derive(endOfDay('2022-07-02')), endOfDay('2022-07-02'))).toBe(ledger);
    expect(mergeAlerts(empty, [], asOf)).toBe(empty);
  });

  it('keeps what was decided and follows whether it is resolved', () => {
    const history = [
      asOfJune('2022-06-30', '100', {
        acceptedAt: endOfDay('2022-07-05'),
        withdrawnAt: endOfDay('2022-07-09'),
      }),
    ];
    const at = (day: string, ledger: AlertLedger) =>
      mergeAlerts(ledger, derive(endOfDay(day), history), endOfDay(day));
    const overdue = at('2022-07-04', empty);
    const met = at('2022-07-05', overdue);
    expect(overdue.alerts.map((alert) => alert.resolvedAt)).toEqual([undefined, undefined]);
    expect(met.alerts.map((alert) => alert.resolvedAt)).toEqual(Array(3).fill(endOfDay('2022-07-05')));
    const open = at('2022-07-09', met).alerts.filter((alert) => alert.resolvedAt === undefined);
    expect(open.map(({ id }) => id)).toEqual([soon, `deadline-missed|74:II.9.1|${endOfDay('2022-07-09')}`]);
  });

  it('resolves what an evaluation decided before it could know of an earlier acceptance', () => {
    const asOf = '2022-06-30T17:00:00.500Z';
    const hasty = mergeAlerts(empty, derive(asOf), asOf);
    const known = [asOfJune('2022-06-30', '100')];
    const next = mergeAlerts(hasty, derive(endOfDay('2022-07-01'), known), endOfDay('2022-07-01'));
    expect(next.alerts.find(({ id }) => id === missed)?.resolvedAt).toBe(endOfDay('2022-07-01'));
  });

  it('is in the order of the episodes, whatever came to light first', () => {
    const asOf = endOfDay('2022-07-01');
    const derived = derive(asOf);
    const partial = mergeAlerts(empty, derived.slice(1), asOf);
    expect(mergeAlerts(partial, derived, asOf)).toEqual(mergeAlerts(empty, derived, asOf));
  });

  it('is not set back by an earlier evaluation that finishes after a later one', () => {
    const history = [asOfJune('2022-06-30', '100', { acceptedAt: endOfDay('2022-07-05') })];
    const later = mergeAlerts(empty, derive(endOfDay('2022-07-05'), history), endOfDay('2022-07-05'));
    for (const day of ['2022-06-16', '2022-07-01', '2022-07-04']) {
      expect(mergeAlerts(later, derive(endOfDay(day), history), endOfDay(day))).toBe(later);
    }
    const open = mergeAlerts(empty, derive(endOfDay('2022-07-01')), endOfDay('2022-07-01'));
    expect(mergeAlerts(open, derive(endOfDay('2022-06-16')), endOfDay('2022-06-16'))).toBe(open);
  });

  it('ends the same whichever evaluations ran before, in whatever order and however often', () => {
    const catalogue = smallCatalogue({}, { ref: '1.a', owner: '*', due: { type: 'monthly' } });
    const anyRuns = fc.array(fc.integer({ min: -60, max: 120 }), { maxLength: 6 });
    const evaluate = (history: Publication[], ledger: AlertLedger, asOf: string) => {
      const publications = history.filter(({ acceptedAt }) => acceptedAt <= asOf);
      const grounds = { catalogue, unitId: '74', publications, asOf, settings: defaultAlertSettings };
      return mergeAlerts(ledger, deriveAlerts(grounds), asOf);
    };
    fc.assert(
      fc.property(anyHistory, anyRuns, fc.integer({ min: 0, max: 120 }), (minutes, runs, last) => {
        const history = minutes.map((each) => spreadOut(each));
        const end = endOfDay(addDays('2022-06-01', last));
        const earlier = runs.map((day) => endOfDay(addDays('2022-06-01', day))).filter((asOf) => asOf <= end);
        const once = evaluate(history, empty, end);
        const often = [...earlier, end, end].reduce((ledger, asOf) => evaluate(history, ledger, asOf), empty);
        expect(withoutDecisionTimes(often)).toEqual(withoutDecisionTimes(once));
        expect(evaluate(history, often, end)).toBe(often);
      }),
      { numRuns: 60 },
    );
  });
});

/** Histories are made in minutes; here each minute is a day. */
function spreadOut(each: Publication): Publication {
  const toDay = (instant: string) =>
    endOfDay(addDays('2022-05-01', new Date(instant).getUTCMinutes() + 60 * new Date(instant).getUTCHours()));
  const { withdrawnAt, ...rest } = each;
  return {
    ...rest,
    receivedAt: toDay(each.receivedAt),
    acceptedAt: toDay(each.acceptedAt),
    ...(withdrawnAt !== undefined && { withdrawnAt: toDay(withdrawnAt) }),
    figures: each.figures.map((figure) => ({ ...figure, value: Number(figure.value) > 40 ? '100' : '40' })),
  };
}

function withoutDecisionTimes({ alerts }: AlertLedger) {
  return alerts.map((alert) => ({
    ...alert,
    stages: alert.stages.map(({ decidedAt: _, ...stage }) => stage),
  }));
}
