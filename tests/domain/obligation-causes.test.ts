import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Acknowledgement } from '../../shared/domain/acknowledgement.ts';
import { addDays, atHour, endOfDay, type Instant, startOfDay } from '../../shared/domain/calendar.ts';
import type { Cause } from '../../shared/domain/cause.ts';
import type { SetDueDate } from '../../shared/domain/due-date.ts';
import { obligationsOf } from '../../shared/domain/obligation.ts';
import {
  defaultAlertSettings,
  type ObligationHistory,
  obligationCauses,
} from '../../shared/domain/obligation-causes.ts';
import type { Publication } from '../../shared/domain/observation.ts';
import { instantsOf, slowKinds } from './slow-kinds.ts';
import { publication, smallCatalogue, type TaskSketch } from './small-catalogue.ts';

const reported = (day: string, value: string, rest: Partial<Publication> = {}) =>
  publication(endOfDay(day), [{ period: day.slice(0, 7), asAt: day, value }], rest);

function historyOf(asOf: Instant, rest: Partial<ObligationHistory> = {}, sketch: TaskSketch = {}) {
  const [obligation] = obligationsOf(smallCatalogue(sketch), '74', asOf, []);
  if (!obligation) throw new Error('the sketch has no obligation');
  const history: ObligationHistory = {
    obligation,
    publications: [],
    dueDates: [],
    acknowledgements: [],
    asOf,
    settings: defaultAlertSettings,
    ...rest,
  };
  return history;
}

const causesOf = (asOf: Instant, rest: Partial<ObligationHistory> = {}, sketch: TaskSketch = {}): Cause[] =>
  obligationCauses(historyOf(asOf, rest, sketch)).causes;

/** `kind: stage stage …` of each cause, with how it ended. */
const lines = (causes: readonly Cause[]) =>
  causes.map(({ kind, stages, closed }) =>
    [`${kind}:`, ...stages.map(({ stage }) => stage), ...(closed ? [closed.how] : [])].join(' '),
  );

const ofKind = (causes: readonly Cause[], kind: string) => causes.filter((cause) => cause.kind === kind);

describe('due soon', () => {
  it.each([
    ['2022-05-30T23:59:59.999Z', []],
    ['2022-05-31T00:00:00.000Z', ['due-soon: 30']],
    ['2022-06-15T23:59:59.999Z', ['due-soon: 30']],
    ['2022-06-16T00:00:00.000Z', ['due-soon: 30 14']],
    ['2022-06-22T23:59:59.999Z', ['due-soon: 30 14']],
    ['2022-06-23T00:00:00.000Z', ['due-soon: 30 14 7']],
    ['2022-06-28T23:59:59.999Z', ['due-soon: 30 14 7']],
    ['2022-06-29T00:00:00.000Z', ['due-soon: 30 14 7 1']],
    ['2022-06-30T16:59:59.999Z', ['due-soon: 30 14 7 1']],
    ['2022-06-30T17:00:00.000Z', ['due-soon: 30 14 7 1 superseded', 'deadline-missed: missed']],
  ])(
    'has its stages at 07:00 in Vietnam and gives way to the missed deadline: as of %s %j',
    (asOf, expected) => {
      expect(lines(causesOf(asOf))).toEqual(expected);
    },
  );

  it('is resolved by what meets it, and begins anew when that is withdrawn', () => {
    const publications = [reported('2022-06-10', '100', { withdrawnAt: endOfDay('2022-06-20') })];
    expect(lines(ofKind(causesOf(endOfDay('2022-06-29'), { publications }), 'due-soon'))).toEqual([
      'due-soon: 30 resolved',
      'due-soon: 7 1',
    ]);
  });

  it('is not for what is met already', () => {
    const publications = [reported('2022-05-20', '100')];
    expect(causesOf(endOfDay('2022-06-30'), { publications })).toEqual([]);
  });

  it.each([
    ['2024-02-28T16:59:59.999Z', 'due-soon: 30 14 7 1'],
    ['2024-02-29T16:59:59.999Z', 'due-soon: 30 14 7 1'],
    ['2024-02-29T17:00:00.000Z', 'due-soon: 30 14 7 1 superseded'],
  ])('counts 29 February as a day: as of %s', (asOf, expected) => {
    const due = { type: 'date', date: '2024-02-29' } as const;
    expect(lines(ofKind(causesOf(asOf, {}, { due }), 'due-soon'))).toEqual([expected]);
  });
});

describe('a missed deadline', () => {
  const afterDue = (asOf: Instant, rest: Partial<ObligationHistory> = {}) =>
    lines(ofKind(causesOf(asOf, rest), 'deadline-missed'));

  it.each([
    ['2022-06-30T16:59:59.999Z', []],
    ['2022-06-30T17:00:00.000Z', ['deadline-missed: missed']],
    ['2022-07-06T23:59:59.999Z', ['deadline-missed: missed']],
    ['2022-07-07T00:00:00.000Z', ['deadline-missed: missed day-7 escalated-7']],
    ['2022-07-13T23:59:59.999Z', ['deadline-missed: missed day-7 escalated-7']],
    ['2022-07-14T00:00:00.000Z', ['deadline-missed: missed day-7 escalated-7 day-14 escalated-14']],
    ['2022-07-20T23:59:59.999Z', ['deadline-missed: missed day-7 escalated-7 day-14 escalated-14']],
    ['2022-07-21T00:00:00.000Z', ['deadline-missed: missed day-7 escalated-7 day-14 escalated-14 day-21']],
  ])('is repeated weekly and escalated on day 7 and 14: as of %s %j', (asOf, expected) => {
    expect(afterDue(asOf)).toEqual(expected);
  });

  it.each([
    ['late, by a later figure', reported('2022-07-05', '100')],
    [
      'by a report that comes late',
      publication(endOfDay('2022-07-05'), [{ period: '2022-06', asAt: '2022-06-30', value: '100' }]),
    ],
  ])('is resolved when it is met %s', (_, late) => {
    const publications = [late];
    expect(afterDue('2022-07-05T16:59:59.998Z', { publications })).toEqual(['deadline-missed: missed']);
    expect(afterDue('2022-07-05T16:59:59.999Z', { publications })).toEqual([
      'deadline-missed: missed resolved',
    ]);
  });

  it('begins again when what met it is taken back: two episodes', () => {
    const publications = [
      reported('2022-06-30', '100', { withdrawnAt: endOfDay('2022-07-05') }),
      publication(endOfDay('2022-07-09'), [{ period: '2022-06', asAt: '2022-06-30', value: '100' }], {
        withdrawnAt: endOfDay('2022-07-19'),
      }),
    ];
    const causes = ofKind(causesOf(endOfDay('2022-07-31'), { publications }), 'deadline-missed');
    expect(causes.map(({ episode }) => episode)).toEqual([endOfDay('2022-07-05'), endOfDay('2022-07-19')]);
    expect(lines(causes)).toEqual([
      'deadline-missed: missed resolved',
      'deadline-missed: missed day-7 escalated-7',
    ]);
  });

  it('is urgent when it begins and when it is raised, not when it is repeated', () => {
    const [, missed] = causesOf(endOfDay('2022-07-21'));
    expect(missed?.stages.filter(({ isUrgent }) => isUrgent).map(({ stage }) => stage)).toEqual([
      'missed',
      'escalated-7',
      'escalated-14',
    ]);
  });

  it('gives the reason as it was known at the stage', () => {
    const publications = [reported('2022-07-03', '80')];
    const [, missed] = causesOf(endOfDay('2022-07-21'), { publications });
    const reasons = missed?.stages.map((stage) => missed.reasonAt(stage).en);
    expect(reasons?.slice(0, 2)).toEqual([
      'nothing reported (II.9, due 2022-06-30)',
      '80.00 % < 100 % (II.9, due 2022-06-30)',
    ]);
  });
});

describe('an acknowledgement', () => {
  const missed = 'deadline-missed|74:II.9.1|2022-06-30T17:00:00.000Z';
  const acknowledged = (
    standing: Acknowledgement['standing'],
    on: string,
    until: string,
  ): Acknowledgement => ({
    alert: missed,
    by: 'subject',
    unit: 'BTTTT',
    standing,
    comment: 'đang xử lý',
    at: endOfDay(on),
    until: endOfDay(until),
  });
  const escalatedAt = (acknowledgements: Acknowledgement[]) => {
    const asOf = endOfDay('2022-07-31');
    const [cause] = ofKind(causesOf(asOf, { acknowledgements }), 'deadline-missed');
    return ['escalated-7', 'escalated-14'].map(
      (name) => cause?.stages.find(({ stage }) => stage === name)?.at,
    );
  };
  const [day7, day14] = [atHour('2022-07-07', 7), atHour('2022-07-14', 7)];

  it.each([
    ['by the unit itself stops nothing', [acknowledged('unit', '2022-07-02', '2022-07-16')], [day7, day14]],
    [
      'by a coordinating body holds the first escalation until it lapses, and not the second',
      [acknowledged('body', '2022-07-02', '2022-07-10')],
      [endOfDay('2022-07-10'), day14],
    ],
    [
      'by the body at the top holds both',
      [acknowledged('top', '2022-07-02', '2022-07-16')],
      [endOfDay('2022-07-16'), endOfDay('2022-07-16')],
    ],
    [
      'renewed before it lapses holds on',
      [acknowledged('body', '2022-07-02', '2022-07-10'), acknowledged('body', '2022-07-09', '2022-07-20')],
      [endOfDay('2022-07-20'), day14],
    ],
    [
      'made after the escalation does not undo it',
      [acknowledged('top', '2022-07-15', '2022-07-20')],
      [day7, day14],
    ],
    ['that lapsed before is none', [acknowledged('top', '2022-07-01', '2022-07-06')], [day7, day14]],
  ])('%s', (_, acknowledgements, expected) => {
    expect(escalatedAt(acknowledgements)).toEqual(expected);
  });

  it.each([
    ['one millisecond before the hour', '2022-07-06T23:59:59.999Z', day7],
    ['at the hour', '2022-07-07T00:00:00.000Z', day7],
    ['one millisecond after it', '2022-07-07T00:00:00.001Z', '2022-07-07T00:00:00.001Z'],
  ])('that lapses %s', (_, until, expected) => {
    const lapsing = { ...acknowledged('body', '2022-07-02', '2022-07-10'), until };
    expect(escalatedAt([lapsing])[0]).toBe(expected);
  });

  it('of another alert counts for nothing', () => {
    const other = { ...acknowledged('top', '2022-07-02', '2022-07-16'), alert: `${missed}0` };
    expect(escalatedAt([other])).toEqual([day7, day14]);
  });
});

describe('a forecast', () => {
  it('begins when the figures, prolonged, fall short, and is resolved when they no longer do', () => {
    const publications = [
      reported('2022-04-30', '10'),
      reported('2022-05-10', '11'),
      reported('2022-05-20', '70'),
    ];
    const forecasts = (day: string) => ofKind(causesOf(endOfDay(day), { publications }), 'forecast');
    expect(forecasts('2022-05-09')).toEqual([]);
    expect(lines(forecasts('2022-05-10'))).toEqual(['forecast: forecast']);
    expect(lines(forecasts('2022-05-20'))).toEqual(['forecast: forecast resolved']);
    expect(
      forecasts('2022-05-10')[0]?.reasonAt({ stage: 'forecast', at: endOfDay('2022-05-10') }).en,
    ).toMatch(/^11\.00 % < 100 % .*projected 16\.10 % by the due date/);
  });

  it('gives way to the missed deadline', () => {
    const publications = [reported('2022-04-30', '10'), reported('2022-05-10', '11')];
    expect(lines(causesOf(startOfDay('2022-07-01'), { publications }))).toEqual([
      'due-soon: 30 14 7 1 superseded',
      'forecast: forecast superseded',
      'deadline-missed: missed',
    ]);
  });

  it('is none for a single figure', () => {
    expect(
      ofKind(causesOf(endOfDay('2022-05-30'), { publications: [reported('2022-04-30', '1')] }), 'forecast'),
    ).toEqual([]);
  });
});

describe('a fall below a target already met', () => {
  const falls = (day: string, publications: Publication[], sketch: TaskSketch = {}) =>
    ofKind(causesOf(endOfDay(day), { publications }, sketch), 'fell-below');

  it('that recovers and falls again is two episodes', () => {
    const publications = [
      reported('2022-05-01', '100'),
      reported('2022-05-02', '99.996'),
      reported('2022-05-03', '100'),
      reported('2022-05-04', '99'),
    ];
    const causes = falls('2022-05-31', publications);
    expect(causes.map(({ episode }) => episode)).toEqual([endOfDay('2022-05-02'), endOfDay('2022-05-04')]);
    expect(lines(causes)).toEqual(['fell-below: fell resolved', 'fell-below: fell']);
  });

  it('is told of what was met in time and whose later figure is lower', () => {
    const publications = [reported('2022-06-30', '100'), reported('2022-09-30', '97')];
    expect(lines(causesOf(endOfDay('2022-10-31'), { publications }))).toEqual([
      'due-soon: 30 14 7 1 resolved',
      'fell-below: fell',
    ]);
    const [cause] = falls('2022-10-31', publications);
    expect(cause?.reasonAt({ stage: 'fell', at: endOfDay('2022-09-30') }).vi).toBe(
      '97,00 % < 100 % (II.9, hạn 30/06/2022)',
    );
  });

  it('before the due date gives way to the missed deadline', () => {
    const publications = [reported('2022-05-01', '100'), reported('2022-05-02', '99')];
    expect(lines(falls('2022-07-01', publications))).toEqual(['fell-below: fell superseded']);
  });

  it('after a late success is a missed deadline, not told twice', () => {
    const publications = [reported('2022-07-05', '100'), reported('2022-07-09', '99')];
    expect(falls('2022-07-31', publications)).toEqual([]);
  });

  it('is told of what has no due date', () => {
    const publications = [reported('2022-05-01', '100'), reported('2022-05-02', '99')];
    const sketch: TaskSketch = { due: { type: 'ongoing' } };
    expect(lines(falls('2022-05-31', publications, sketch))).toEqual(['fell-below: fell']);
  });
});

describe('a due date set by a plan', () => {
  const perPlan: TaskSketch = { due: { type: 'per-plan' } };
  const set = (at: Instant, due: string | null): SetDueDate => ({
    obligation: '74:II.9.1',
    due,
    by: 'subject',
    unit: 'BTTTT',
    reason: 'kế hoạch',
    at,
  });
  const planned = (asOf: Instant, ...dueDates: SetDueDate[]) => lines(causesOf(asOf, { dueDates }, perPlan));

  it('counts from the instant it is set', () => {
    const dueDate = set('2022-06-10T03:00:00.000Z', '2022-06-30');
    expect(planned('2022-06-15T00:00:00.000Z', dueDate)).toEqual([]);
    expect(planned('2022-06-16T00:00:00.000Z', dueDate)).toEqual(['due-soon: 14']);
  });

  it('that is moved later takes the missed deadline back', () => {
    const dates = [
      set('2022-06-01T03:00:00.000Z', '2022-06-30'),
      set('2022-07-03T03:00:00.000Z', '2022-07-15'),
    ];
    expect(planned(endOfDay('2022-07-03'), ...dates)).toEqual([
      'due-soon: 14 7 1 superseded',
      'deadline-missed: missed resolved',
    ]);
    expect(planned(endOfDay('2022-07-16'), ...dates)).toEqual([
      'due-soon: 14 7 1 superseded',
      'deadline-missed: missed resolved',
      'due-soon: 7 1 superseded',
      'deadline-missed: missed',
    ]);
  });

  it('that is moved, but is past all the same, begins another episode', () => {
    const dates = [
      set('2022-06-01T03:00:00.000Z', '2022-06-30'),
      set('2022-07-05T03:00:00.000Z', '2022-07-02'),
    ];
    const causes = causesOf(endOfDay('2022-07-05'), { dueDates: dates }, perPlan);
    expect(lines(ofKind(causes, 'deadline-missed'))).toEqual([
      'deadline-missed: missed superseded',
      'deadline-missed: missed',
    ]);
    expect(causes.at(-1)).toMatchObject({ episode: '2022-07-05T03:00:00.000Z', due: '2022-07-02' });
  });

  it('that is withdrawn leaves nothing to be told', () => {
    const dates = [set('2022-06-01T03:00:00.000Z', '2022-06-30'), set('2022-06-20T03:00:00.000Z', null)];
    expect(planned(endOfDay('2022-07-31'), ...dates)).toEqual(['due-soon: 14 superseded']);
  });
});

describe('the causes of any history', () => {
  const dayAfter = (days: number) => addDays('2022-04-01', days);
  const anyDay = fc.integer({ min: 0, max: 130 }).map(dayAfter);
  const anyPublication = fc.record({
    acceptedOn: anyDay,
    asAtDaysBefore: fc.integer({ min: 0, max: 20 }),
    value: fc.constantFrom('10', '60', '95', '99.996', '100'),
    withdrawnAfterDays: fc.option(fc.integer({ min: 0, max: 40 }), { nil: undefined, freq: 3 }),
    completedOn: fc.option(fc.constantFrom('2022-06-30', '2022-07-01'), { nil: undefined, freq: 4 }),
  });
  const anyDueDate = fc.record({ setOn: anyDay, due: fc.option(anyDay, { nil: null, freq: 4 }) });
  const anySketch = fc.constantFrom<TaskSketch>(
    {},
    { kind: 'milestone' },
    { kind: 'growth', target: { op: 'more-than', value: 90 } },
    { due: { type: 'monthly' } },
    { due: { type: 'none' } },
    { due: { type: 'per-plan' } },
  );

  it('cover exactly the instants at which folding what was known gives them (property)', () => {
    fc.assert(
      fc.property(
        anySketch,
        fc.array(anyPublication, { maxLength: 7 }),
        fc.array(anyDueDate, { maxLength: 3 }),
        (sketch, reports, plans) => {
          const publications = reports.map(
            ({ acceptedOn, asAtDaysBefore, value, withdrawnAfterDays, completedOn }) =>
              reported(addDays(acceptedOn, -asAtDaysBefore), value, {
                receivedAt: endOfDay(acceptedOn),
                acceptedAt: endOfDay(acceptedOn),
                ...(withdrawnAfterDays !== undefined && {
                  withdrawnAt: endOfDay(addDays(acceptedOn, withdrawnAfterDays)),
                }),
                ...(completedOn &&
                  sketch.kind === 'milestone' && {
                    figures: [
                      {
                        indicator: 'II.9.1',
                        period: '2022-06',
                        asAt: '2022-06-30',
                        value: '100',
                        completedOn,
                        areas: 0,
                      },
                    ],
                  }),
              }),
          );
          const isPlanned = sketch.due?.type === 'per-plan';
          const dueDates = (isPlanned ? plans : [])
            .map(({ setOn, due }) => ({ ...planAt(setOn), due }))
            .sort((a, b) => (a.at < b.at ? -1 : 1));
          const history = historyOf(endOfDay('2022-12-31'), { publications, dueDates }, sketch);
          const { causes } = obligationCauses(history);
          for (const at of instantsOf(history)) {
            const open = causes.filter(
              ({ episode, closed }) => episode <= at && (closed === undefined || at < closed.at),
            );
            expect({ at, kinds: open.map(({ kind }) => kind).sort() }).toEqual({
              at,
              kinds: slowKinds(history, at),
            });
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  const planAt = (setOn: string): SetDueDate => ({
    obligation: '74:II.9.1',
    due: null,
    by: 'subject',
    unit: 'BTTTT',
    reason: 'kế hoạch',
    at: atHour(setOn, 9),
  });

  it('known at an instant are those of the whole history up to it (property)', () => {
    fc.assert(
      fc.property(fc.array(anyPublication, { maxLength: 7 }), anyDay, (reports, day) => {
        const publications = reports.map(({ acceptedOn, asAtDaysBefore, value }) =>
          reported(addDays(acceptedOn, -asAtDaysBefore), value, {
            receivedAt: endOfDay(acceptedOn),
            acceptedAt: endOfDay(acceptedOn),
          }),
        );
        const asOf = endOfDay(day);
        const stagesUpTo = (causes: readonly Cause[]) =>
          causes.flatMap(({ kind, episode, stages, closed }) =>
            [...stages, ...(closed ? [{ stage: closed.how, at: closed.at }] : [])]
              .filter(({ at }) => at <= asOf)
              .map(({ stage, at }) => `${kind} ${episode} ${stage} ${at}`),
          );
        expect(stagesUpTo(causesOf(asOf, { publications }))).toEqual(
          stagesUpTo(causesOf(endOfDay('2022-12-31'), { publications })),
        );
      }),
      { numRuns: 100 },
    );
  });
});
