import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Assessment, assessObligation, assessUnit, type State } from '../../shared/domain/assessment.ts';
import { endOfDay, startOfDay } from '../../shared/domain/calendar.ts';
import type { IndicatorKind, Target } from '../../shared/domain/catalogue.ts';
import type { Figure, Publication } from '../../shared/domain/observation.ts';
import { anyHistory, anyInstant } from './histories.ts';
import { obligationOf, publication, smallCatalogue, type TaskSketch } from './small-catalogue.ts';

type Report = [on: string, figure: Partial<Figure> & { period: string }];

/** Assesses what was received and accepted at the end of each report's day. */
function assess(asOf: string, reports: Report[], sketch: TaskSketch = {}, index = 0): Assessment {
  const publications = reports.map(([on, figure]) => publication(endOfDay(on), [figure]));
  return assessObligation(obligationOf(sketch, asOf, index), publications, asOf);
}

const may = (value: string): Report => ['2022-05-31', { period: '2022-05', asAt: '2022-05-31', value }];
const june = (value: string): Report => ['2022-06-30', { period: '2022-06', asAt: '2022-06-30', value }];
const july = (value: string): Report => ['2022-07-31', { period: '2022-07', asAt: '2022-07-31', value }];
const noDue: TaskSketch = { due: { type: 'none' } };

describe('the state of an obligation due 2022-06-30', () => {
  it.each<[State, string, Report[], TaskSketch]>([
    ['met', endOfDay('2022-05-31'), [may('100')], {}],
    ['met', endOfDay('2022-07-31'), [june('100'), july('90')], {}],
    ['met', endOfDay('2022-05-31'), [may('100')], noDue],
    ['unscheduled', endOfDay('2022-05-31'), [may('99.99')], noDue],
    ['unscheduled', endOfDay('2022-05-31'), [], noDue],
    ['unscheduled', endOfDay('2022-06-30'), [may('100'), june('99')], noDue],
    ['met-late', endOfDay('2022-07-31'), [june('99'), july('100')], {}],
    ['overdue', endOfDay('2022-07-31'), [june('99'), july('99.99')], {}],
    ['overdue', endOfDay('2022-07-31'), [], {}],
    [
      'overdue',
      endOfDay('2022-08-31'),
      [july('100'), ['2022-08-31', { period: '2022-08', asAt: '2022-08-31', value: '99' }]],
      {},
    ],
    ['at-risk', endOfDay('2022-06-16'), [], {}],
    ['at-risk', endOfDay('2022-06-30'), [may('99'), june('99.996')], {}],
    ['on-track', endOfDay('2022-05-31'), [may('10')], {}],
    ['awaited', endOfDay('2022-05-31'), [], {}],
  ])('is %s as of %s after %j %j', (state, asOf, reports, sketch) => {
    expect(assess(asOf, reports, sketch).state).toBe(state);
  });

  it('turns overdue one millisecond after the last of the due day in Vietnam, not before', () => {
    expect(endOfDay('2022-06-30')).toBe('2022-06-30T16:59:59.999Z');
    expect(assess('2022-06-30T16:59:59.999Z', []).state).toBe('at-risk');
    expect(assess('2022-06-30T17:00:00.000Z', []).state).toBe('overdue');
  });

  it.each([
    ['2022-06-15', 15, 'awaited'],
    ['2022-06-16', 14, 'at-risk'],
    ['2022-06-17', 13, 'at-risk'],
    ['2022-06-30', 0, 'at-risk'],
    ['2022-07-01', -1, 'overdue'],
  ])('on %s has %i days left and is %s', (day, daysLeft, state) => {
    expect(assess(startOfDay(day), [])).toMatchObject({ daysLeft, state });
    expect(assess(endOfDay(day), [])).toMatchObject({ daysLeft, state });
  });

  it.each<[string, IndicatorKind, Target, State]>([
    ['99.996', 'percent', { op: 'at-least', value: 100 }, 'overdue'],
    ['100', 'percent', { op: 'at-least', value: 100 }, 'met'],
    ['90', 'percent', { op: 'more-than', value: 90 }, 'overdue'],
    ['90.01', 'percent', { op: 'more-than', value: 90 }, 'met'],
    ['64.99', 'percent', { op: 'range', value: 65, high: 70 }, 'overdue'],
    ['65', 'percent', { op: 'range', value: 65, high: 70 }, 'met'],
    ['22.49', 'growth', { op: 'about', value: 25 }, 'overdue'],
    ['22.5', 'growth', { op: 'about', value: 25 }, 'met'],
    ['9999', 'count', { op: 'at-least', value: 10_000 }, 'overdue'],
    ['10000', 'count', { op: 'at-least', value: 10_000 }, 'met'],
  ])('with %s, a %s against %j, is %s', (value, kind, target, state) => {
    expect(assess(endOfDay('2022-07-01'), [june(value)], { kind, target }).state).toBe(state);
  });

  it('compares counts exactly: one household missing of ten million is not 100 %', () => {
    const missingOne: Report = [
      '2022-06-30',
      { period: '2022-06', asAt: '2022-06-30', numerator: 9_999_999, denominator: 10_000_000 },
    ];
    expect(assess(endOfDay('2022-07-01'), [missingOne])).toMatchObject({ state: 'overdue', value: '99.99' });
  });
});

describe('the figure that counts', () => {
  it('is the later submission where two are as at the same day', () => {
    const quarter: Report = ['2022-07-05', { period: '2022-Q2', asAt: '2022-06-30', value: '100' }];
    expect(assess(endOfDay('2022-07-10'), [june('99'), quarter]).value).toBe('100.00');
    expect(assess(endOfDay('2022-07-10'), [quarter, june('99')]).value).toBe('99.00');
  });

  it.each([
    ['2022-06-30', '2022-06'],
    ['2022-06', '2022-Q2'],
    ['2022-Q4', '2022'],
  ])('is that of %s rather than of %s in one submission', (shorter, longer) => {
    const asAt = shorter.startsWith('2022-06') ? '2022-06-30' : '2022-12-31';
    const figures = [
      { period: longer, asAt, value: '100' },
      { period: shorter, asAt, value: '40' },
    ];
    for (const order of [figures, figures.toReversed()]) {
      const assessment = assessObligation(
        obligationOf(),
        [publication(endOfDay(asAt), order)],
        endOfDay(asAt),
      );
      expect(assessment.value).toBe('40.00');
    }
  });

  it('as at the due day counts, as at the day after it does not', () => {
    const on = (day: string): Report => [day, { period: day, asAt: day, value: '100' }];
    expect(assess(endOfDay('2022-07-31'), [on('2022-06-30')]).state).toBe('met');
    expect(assess(endOfDay('2022-07-31'), [on('2022-07-01')]).state).toBe('met-late');
  });
});

describe('a report that comes late', () => {
  const late = publication(endOfDay('2022-07-05'), [{ period: '2022-06', asAt: '2022-06-30', value: '100' }]);

  it('turns overdue into met from its acceptance on, and says so', () => {
    const before = assessObligation(obligationOf(), [late], '2022-07-05T16:59:59.998Z');
    expect(before).toMatchObject({ state: 'overdue', reportedLateOn: null });
    const after = assessObligation(obligationOf(), [late], '2022-07-05T16:59:59.999Z');
    expect(after).toMatchObject({ state: 'met', reportedLateOn: '2022-07-05' });
    expect(after.reason).toEqual({
      vi: '100,00 % ≥ 100 % (II.9, hạn 30/06/2022); báo cáo muộn ngày 05/07/2022',
      en: '100.00 % ≥ 100 % (II.9, due 2022-06-30); reported late on 2022-07-05',
    });
  });

  it('is late by its receipt, not by its acceptance', () => {
    const [inTime, tooLate] = [endOfDay('2022-06-30'), startOfDay('2022-07-01')].map((receivedAt) =>
      assessObligation(obligationOf(), [{ ...late, receivedAt }], endOfDay('2022-07-31')),
    );
    expect(inTime).toMatchObject({ state: 'met', reportedLateOn: null });
    expect(tooLate).toMatchObject({ state: 'met', reportedLateOn: '2022-07-01' });
  });

  it('is not called late when it only corrects one that met the target in time', () => {
    const inTime = publication(endOfDay('2022-06-30'), [
      { period: '2022-06', asAt: '2022-06-30', value: '100' },
    ]);
    const correction = publication(endOfDay('2022-07-05'), [
      { period: '2022-06', asAt: '2022-06-30', numerator: 7, denominator: 7 },
    ]);
    expect(assessObligation(obligationOf(), [inTime, correction], endOfDay('2022-07-31'))).toMatchObject({
      state: 'met',
      reportedLateOn: null,
    });
  });
});

describe('the past', () => {
  it('is not rewritten by a correction or a withdrawal', () => {
    const figure = { period: '2022-06', asAt: '2022-06-30' };
    const wrong = publication(endOfDay('2022-06-30'), [{ ...figure, value: '100' }]);
    const corrected = publication(endOfDay('2022-07-05'), [{ ...figure, value: '98.7' }]);
    const history = [wrong, { ...corrected, withdrawnAt: endOfDay('2022-07-09') }];
    const stateOn = (day: string) => assessObligation(obligationOf(), history, endOfDay(day)).state;
    expect(['2022-07-04', '2022-07-05', '2022-07-08', '2022-07-09'].map(stateOn)).toEqual([
      'met',
      'overdue',
      'overdue',
      'met',
    ]);
  });

  it('answers the same whatever is published later', () => {
    const catalogue = smallCatalogue({}, { ref: '1.a', owner: '*', due: { type: 'monthly' } });
    fc.assert(
      fc.property(anyHistory, anyInstant, (history, asOf) => {
        const known = history
          .filter(({ acceptedAt }) => acceptedAt <= asOf)
          .map(
            ({ withdrawnAt, ...rest }): Publication =>
              withdrawnAt && withdrawnAt <= asOf ? { ...rest, withdrawnAt } : rest,
          );
        expect(assessUnit(catalogue, '74', history, asOf, [])).toEqual(
          assessUnit(catalogue, '74', known, asOf, []),
        );
      }),
    );
  });
});

describe('a milestone', () => {
  const milestone: TaskSketch = { kind: 'milestone' };
  const completed = (received: string, period: string, asAt: string, completedOn: string): Report => [
    received,
    { period, asAt, completedOn },
  ];

  it.each<[State, string, Report[]]>([
    ['met', 'completed on the due day', [completed('2022-06-30', '2022-06', '2022-06-30', '2022-06-30')]],
    ['met-late', 'completed the day after', [completed('2022-07-01', '2022-07', '2022-07-01', '2022-07-01')]],
    [
      'met',
      'completed in time and told of after it',
      [completed('2022-07-31', '2022-07', '2022-07-31', '2022-06-28')],
    ],
    [
      'met-late',
      'completed late, in a report as at the due day',
      [completed('2022-07-05', '2022-06', '2022-06-30', '2022-07-03')],
    ],
    ['met', '100 without a day, as at the due day', [june('100')]],
    ['met-late', '100 without a day, as at a later day', [july('100')]],
    ['overdue', '80 percent', [june('80')]],
    [
      'overdue',
      'complete, then reported open again in time',
      [completed('2022-05-31', '2022-05', '2022-05-31', '2022-05-20'), june('50')],
    ],
    [
      'met',
      'completed in time, reported open again after it',
      [completed('2022-06-30', '2022-06', '2022-06-30', '2022-06-20'), july('50')],
    ],
    [
      'met-late',
      'told complete in time, then corrected to a later day',
      [
        completed('2022-07-31', '2022-07', '2022-07-31', '2022-06-28'),
        completed('2022-08-31', '2022-08', '2022-08-31', '2022-07-10'),
      ],
    ],
  ])('is %s: %s', (state, _, reports) => {
    expect(assess(endOfDay('2022-08-31'), reports, milestone).state).toBe(state);
  });

  it('by areas is open until every area is complete, then counts by the last of them', () => {
    const areas = (numerator: number): Partial<Figure> => ({
      period: '2022-06',
      asAt: '2022-06-30',
      numerator,
      denominator: 9,
      areas: 9,
    });
    const open: Report = ['2022-06-30', { period: '2022-06', ...areas(8) }];
    const done: Report = ['2022-06-30', { period: '2022-06', ...areas(9), completedOn: '2022-06-29' }];
    expect(assess(endOfDay('2022-07-01'), [open], milestone)).toMatchObject({
      state: 'overdue',
      value: '88.88',
    });
    expect(assess(endOfDay('2022-07-01'), [done], milestone)).toMatchObject({
      state: 'met',
      value: '100.00',
    });
  });

  it('says when it was completed', () => {
    const inTime = assess(
      endOfDay('2022-06-30'),
      [completed('2022-06-30', '2022-06', '2022-06-30', '2022-06-20')],
      milestone,
    );
    expect(inTime.reason).toEqual({
      vi: 'hoàn thành ngày 20/06/2022 (II.9, hạn 30/06/2022)',
      en: 'completed on 2022-06-20 (II.9, due 2022-06-30)',
    });
    const late = assess(
      endOfDay('2022-07-31'),
      [completed('2022-07-05', '2022-07', '2022-07-05', '2022-07-03')],
      milestone,
    );
    expect(late.reason.en).toBe('completed on 2022-07-03, after the due date (II.9, due 2022-06-30)');
    expect(late.reason.vi).toBe('hoàn thành ngày 03/07/2022, sau thời hạn (II.9, hạn 30/06/2022)');
  });
});

describe('an occurrence of a recurring duty', () => {
  const annual: TaskSketch = { due: { type: 'annual', month: 10 } };
  const monthly: TaskSketch = { due: { type: 'monthly' } };
  const full = (day: string): Report => [day, { period: day, asAt: day, value: '100' }];

  it.each<[string, State]>([
    ['2021-12-31', 'overdue'],
    ['2022-01-01', 'met'],
    ['2022-10-31', 'met'],
    ['2022-11-01', 'met-late'],
    ['2022-12-31', 'met-late'],
    ['2023-01-01', 'overdue'],
  ])('counts only figures as at a day of its own year: %s, %s', (day, state) => {
    expect(assess(endOfDay('2023-02-01'), [full(day)], annual)).toMatchObject({
      obligation: '74:II.9.1:2022',
      state,
    });
  });

  it.each<[string, State]>([
    ['2022-04-30', 'overdue'],
    ['2022-05-01', 'met'],
    ['2022-05-31', 'met'],
    ['2022-06-01', 'overdue'],
  ])('counts only figures as at a day of its own month: %s, %s', (day, state) => {
    expect(assess(endOfDay('2022-06-10'), [full(day)], monthly, 1)).toMatchObject({
      obligation: '74:II.9.1:2022-05',
      state,
    });
  });

  it.each<[string, State]>([
    ['2021-12-31', 'overdue'],
    ['2022-01-01', 'met'],
    ['2022-11-01', 'met-late'],
    ['2023-01-01', 'overdue'],
  ])('counts only a completion of its own year: %s, %s', (completedOn, state) => {
    const told: Report = ['2023-01-31', { period: '2023-01', asAt: '2023-01-31', completedOn }];
    expect(assess(endOfDay('2023-02-01'), [told], { ...annual, kind: 'milestone' }).state).toBe(state);
  });
});

describe('the reason', () => {
  const reason = (asOf: string, reports: Report[], sketch: TaskSketch = {}) =>
    assess(endOfDay(asOf), reports, sketch).reason;

  it.each<[string, Report[], TaskSketch, string, string]>([
    [
      '2022-07-01',
      [june('98.7')],
      {},
      '98.70 % < 100 % (II.9, due 2022-06-30)',
      '98,70 % < 100 % (II.9, hạn 30/06/2022)',
    ],
    [
      '2022-07-01',
      [june('99.996')],
      {},
      '99.99 % < 100 % (II.9, due 2022-06-30)',
      '99,99 % < 100 % (II.9, hạn 30/06/2022)',
    ],
    [
      '2022-07-01',
      [],
      {},
      'nothing reported (II.9, due 2022-06-30)',
      'chưa có số liệu (II.9, hạn 30/06/2022)',
    ],
    [
      '2022-07-31',
      [july('100')],
      {},
      '100.00 % ≥ 100 %, but only as at 2022-07-31 (II.9, due 2022-06-30)',
      '100,00 % ≥ 100 %, đến ngày 31/07/2022 mới đạt (II.9, hạn 30/06/2022)',
    ],
    [
      '2022-07-01',
      [june('90')],
      { target: { op: 'more-than', value: 90 } },
      '90.00 % ≤ 90 % (II.9, due 2022-06-30)',
      '90,00 % ≤ 90 % (II.9, hạn 30/06/2022)',
    ],
    [
      '2022-06-30',
      [june('90.1')],
      { target: { op: 'more-than', value: 90 } },
      '90.10 % > 90 % (II.9, due 2022-06-30)',
      '90,10 % > 90 % (II.9, hạn 30/06/2022)',
    ],
    [
      '2022-07-01',
      [june('22.4')],
      { kind: 'growth', target: { op: 'about', value: 25 } },
      '22.40 % < 22.5 % (II.9, due 2022-06-30, target ≈ 25 %)',
      '22,40 % < 22,5 % (II.9, hạn 30/06/2022, mục tiêu ≈ 25 %)',
    ],
    [
      '2022-07-01',
      [june('60')],
      { target: { op: 'range', value: 65, high: 70 } },
      '60.00 % < 65 % (II.9, due 2022-06-30, target 65–70 %)',
      '60,00 % < 65 % (II.9, hạn 30/06/2022, mục tiêu 65–70 %)',
    ],
    [
      '2022-07-01',
      [june('8500')],
      { kind: 'count', target: { op: 'at-least', value: 10_000 } },
      '8,500 < 10,000 (II.9, due 2022-06-30)',
      '8.500 < 10.000 (II.9, hạn 30/06/2022)',
    ],
    [
      '2022-05-31',
      [may('50')],
      noDue,
      '50.00 % < 100 % (II.9, no due date)',
      '50,00 % < 100 % (II.9, không có thời hạn)',
    ],
    [
      '2022-06-29',
      [],
      {},
      'nothing reported (II.9, due 2022-06-30); 1 day left',
      'chưa có số liệu (II.9, hạn 30/06/2022); còn 1 ngày',
    ],
    [
      '2022-05-31',
      [may('50')],
      {},
      '50.00 % < 100 % (II.9, due 2022-06-30); 30 days left; one figure, no projection yet',
      '50,00 % < 100 % (II.9, hạn 30/06/2022); còn 30 ngày; mới có một số liệu, chưa dự báo được',
    ],
    [
      '2022-05-31',
      [may('5')],
      { kind: 'growth', target: { op: 'about', value: 25 } },
      '5.00 % < 22.5 % (II.9, due 2022-06-30, target ≈ 25 %); 30 days left; growth is not projected',
      '5,00 % < 22,5 % (II.9, hạn 30/06/2022, mục tiêu ≈ 25 %); còn 30 ngày; tốc độ tăng không được dự báo',
    ],
  ])('as of %s after %j %j is "%s"', (asOf, reports, sketch, en, vi) => {
    expect(reason(asOf, reports, sketch)).toEqual({ en, vi });
    expect(vi).toBe(vi.normalize('NFC'));
  });
});

describe('the projection to the due date', () => {
  const april = (value: string): Report => ['2022-04-30', { period: '2022-04', asAt: '2022-04-30', value }];

  it.each<[string, string, State, string]>([
    // 31 days from April's figure to May's and 30 more to the due day: from 38, May has to reach 69.51.
    ['38', '69.5', 'at-risk', '99.98'],
    ['38', '69.6', 'on-track', '100.00'],
    ['60', '60', 'at-risk', '60.00'],
  ])('of %s in April and %s in May makes it %s (%s)', (first, second, state, projection) => {
    expect(assess(endOfDay('2022-05-31'), [april(first), may(second)])).toMatchObject({ state, projection });
  });

  it('is told in the reason', () => {
    expect(assess(endOfDay('2022-05-31'), [april('60'), may('60')]).reason).toEqual({
      en: '60.00 % < 100 % (II.9, due 2022-06-30); 30 days left; projected 60.00 % by the due date',
      vi: '60,00 % < 100 % (II.9, hạn 30/06/2022); còn 30 ngày; dự báo đến hạn 60,00 %',
    });
  });

  it('takes one value a day, and never more than was known', () => {
    const corrected: Report = ['2022-06-05', { period: '2022-05-31', asAt: '2022-05-31', value: '60' }];
    const reports = [april('38'), may('99'), corrected];
    expect(assess(endOfDay('2022-06-04'), reports)).toMatchObject({
      state: 'on-track',
      projection: '100.00',
    });
    expect(assess(endOfDay('2022-06-05'), reports)).toMatchObject({ state: 'at-risk', projection: '81.29' });
  });
});

describe('the assessment of a unit', () => {
  it('has one entry for each thing it owes, reported or not, and cites the ref', () => {
    const catalogue = smallCatalogue({ ref: '1.a', owner: '*', due: { type: 'monthly' } }, { ref: 'II.9' });
    const reports = [
      publication(endOfDay('2022-04-30'), [
        { indicator: '1.a.1', period: '2022-04', asAt: '2022-04-30', value: '100' },
      ]),
    ];
    expect(
      assessUnit(catalogue, '74', reports, endOfDay('2022-05-01'), []).map(({ obligation, ref, state }) => [
        obligation,
        ref,
        state,
      ]),
    ).toEqual([
      ['74:1.a.1:2022-04', '1.a', 'met'],
      ['74:1.a.1:2022-05', '1.a', 'awaited'],
      ['74:II.9.1', 'II.9', 'awaited'],
    ]);
  });

  it('takes a due date of a plan as it was set then, so a past day answers as it did', () => {
    const catalogue = smallCatalogue({ due: { type: 'per-plan' } });
    const set = { obligation: '74:II.9.1', by: 'subject', unit: 'BTTTT', reason: 'Kế hoạch số 12' };
    const dueDates = [
      { ...set, due: '2022-05-31', at: '2022-05-10T03:00:00.000Z' },
      { ...set, due: '2022-09-30', at: '2022-06-10T03:00:00.000Z' },
    ];
    const at = (asOf: string, known = dueDates) => assessUnit(catalogue, '74', [], asOf, known)[0];
    expect(at('2022-05-10T02:59:59.999Z')).toMatchObject({ state: 'unscheduled', due: null, daysLeft: null });
    expect(at(endOfDay('2022-05-31'))).toMatchObject({ state: 'at-risk', due: '2022-05-31', daysLeft: 0 });
    expect(at(startOfDay('2022-06-01'))).toMatchObject({ state: 'overdue', due: '2022-05-31' });
    expect(at(endOfDay('2022-06-10'))).toMatchObject({ state: 'awaited', due: '2022-09-30' });
    expect(at(endOfDay('2022-06-09'))).toEqual(at(endOfDay('2022-06-09'), dueDates.slice(0, 1)));
  });
});
