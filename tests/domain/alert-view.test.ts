import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Acknowledgement, acknowledgementSchema } from '../../shared/domain/acknowledgement.ts';
import { type AlertLedger, alertSchema, emptyLedger } from '../../shared/domain/alert.ts';
import { mergeCauses } from '../../shared/domain/alert-ledger.ts';
import { abridge, pageOfUnits, viewAlert, viewAlerts } from '../../shared/domain/alert-view.ts';
import { endOfDay, type Instant, startOfDay } from '../../shared/domain/calendar.ts';
import type { Cause } from '../../shared/domain/cause.ts';
import { missedAlert } from './people.ts';

const missedAt = '2022-06-30T17:00:00.000Z';
const decidedAt = '2022-07-01T00:00:00.000Z';
const just = (instant: Instant, milliseconds: number) =>
  new Date(Date.parse(instant) + milliseconds).toISOString();
const alert = missedAlert({
  stages: [
    { stage: 'missed', at: missedAt, decidedAt, reason: { vi: 'a', en: 'a' } },
    { stage: 'day-7', at: '2022-07-07T17:00:00.000Z', decidedAt: '2022-07-08T00:00:00.000Z' },
    {
      stage: 'resolved',
      at: '2022-07-10T03:00:00.000Z',
      decidedAt: '2022-07-10T03:00:05.000Z',
      reason: { vi: 'b', en: 'b' },
    },
  ],
});
const acknowledgement: Acknowledgement = {
  alert: alert.id,
  by: 's',
  unit: '74',
  standing: 'unit',
  comment: 'đang làm',
  at: '2022-07-02T01:00:00.000Z',
  until: endOfDay('2022-07-05'),
};
const stateAt = (asOf: Instant) => viewAlerts({ alerts: [alert] }, [acknowledgement], asOf)[0]?.state;

describe('an alert at an instant', () => {
  it.each([
    [missedAt, undefined],
    [just(decidedAt, -1), undefined],
    [decidedAt, 'open'],
    [just(acknowledgement.at, -1), 'open'],
    [acknowledgement.at, 'acknowledged'],
    [just(acknowledgement.until, -1), 'acknowledged'],
    [acknowledgement.until, 'open'],
    ['2022-07-10T03:00:00.000Z', 'open'],
    ['2022-07-10T03:00:05.000Z', 'resolved'],
  ])('at %s is %s', (asOf, state) => {
    expect(stateAt(asOf)).toBe(state);
  });

  it('has the stages decided by then and the acknowledgement in force, and nothing that came later', () => {
    expect(viewAlerts({ alerts: [alert] }, [acknowledgement], '2022-07-03T00:00:00.000Z')).toEqual([
      { ...alert, stages: alert.stages.slice(0, 1), state: 'acknowledged', acknowledgement },
    ]);
    expect(viewAlerts({ alerts: [alert] }, [acknowledgement], '2022-07-08T00:00:00.000Z')).toEqual([
      { ...alert, stages: alert.stages.slice(0, 2), state: 'open' },
    ]);
  });

  it('that another took over from is superseded', () => {
    const [open] = alert.stages;
    const taken = {
      ...alert,
      stages: [...(open ? [open] : []), { stage: 'superseded', at: decidedAt, decidedAt }],
    };
    expect(viewAlerts({ alerts: [taken] }, [], decidedAt)[0]?.state).toBe('superseded');
  });

  it('by itself has every acknowledgement made by then, lapsed ones too, of no other alert', () => {
    const others = [{ ...acknowledgement, alert: 'x' }];
    const later = { ...acknowledgement, at: '2022-07-09T01:00:00.000Z' };
    const all = [acknowledgement, ...others, later];
    const view = viewAlert({ alerts: [alert] }, all, alert.id, '2022-07-08T00:00:00.000Z');
    expect(view).toMatchObject({ state: 'open', acknowledgements: [acknowledgement] });
    expect(viewAlert({ alerts: [alert] }, all, alert.id, missedAt)).toBeUndefined();
    expect(viewAlert({ alerts: [alert] }, all, 'x', decidedAt)).toBeUndefined();
  });
});

describe('an abridged alert', () => {
  const view = (stages: (typeof alert)['stages']) => ({ ...alert, stages, state: 'open' as const });
  const [first, second, third] = alert.stages;
  if (!first || !second || !third) throw new Error('three stages');

  it.each([
    ['one stage', [first], [first]],
    ['two stages', [first, second], [first, second]],
    ['the last one with its own reason', [first, second, third], [first, third]],
    ['the reason of one left out', [first, third, second], [first, { ...second, reason: third.reason }]],
  ])('has %s', (_, stages, expected) => {
    expect(abridge(view(stages)).stages).toEqual(expected);
  });
});

describe('a page', () => {
  const view = { ...alert, state: 'open' as const };
  const bytes = new TextEncoder().encode(JSON.stringify([view])).length;
  const units = ['01', '02', '03'].map((unit) => ({ unit, alerts: [view] }));

  it.each([
    [1, 1, '01'],
    [2 * bytes - 1, 1, '01'],
    [2 * bytes, 2, '02'],
    [3 * bytes - 1, 2, '02'],
    [3 * bytes, 3, undefined],
  ])('of %i bytes has the alerts of %i units', (maxBytes, count, next) => {
    const page = pageOfUnits(units, maxBytes);
    expect([page.alerts.length, page.next]).toEqual([count, next]);
  });

  it('does not point to units without alerts', () => {
    const [one] = units;
    expect(pageOfUnits([...(one ? [one] : []), { unit: '02', alerts: [] }], 1)).toEqual({ alerts: [view] });
    expect(pageOfUnits([], 1)).toEqual({ alerts: [] });
  });
});

const days = Array.from({ length: 12 }, (_, index) =>
  startOfDay(`2022-07-${String(index + 1).padStart(2, '0')}`),
);
const day = fc.nat({ max: days.length - 1 });
const dayAt = (index: number) => days[Math.min(index, days.length - 1)] ?? missedAt;

/** What an evaluation finds: for each of three obligations a missed deadline with so many stages, over or not. */
const anyCauses = fc.array(
  fc.record({
    subject: fc.constantFrom('a', 'b', 'c'),
    episode: day,
    stages: fc.integer({ min: 1, max: 4 }),
    isOver: fc.boolean(),
  }),
  { maxLength: 4 },
);

function causeOf(
  asOf: Instant,
  { subject, episode, stages, isOver }: { subject: string; episode: number; stages: number; isOver: boolean },
): Cause[] {
  const instants = Array.from({ length: stages }, (_, stage) => dayAt(episode + stage)).filter(
    (at) => at <= asOf,
  );
  const closed = isOver ? { at: asOf, how: 'resolved' as const } : undefined;
  if (instants.length === 0) return [];
  return [
    {
      kind: 'deadline-missed',
      unit: '74',
      subject: `74:${subject}`,
      episode: dayAt(episode),
      stages: instants.map((at, index) => ({ stage: String(index), at })),
      ...(closed && { closed }),
      reasonAt: ({ stage }) => ({ vi: `${stage} ${asOf}`, en: stage }),
    },
  ];
}

const anyAcknowledgements = fc.array(
  fc.record({
    subject: fc.constantFrom('a', 'b', 'c'),
    episode: day,
    at: day,
    days: fc.integer({ min: 1, max: 3 }),
  }),
  { maxLength: 5 },
);

it('what is decided or said later never changes what was answered before', () => {
  fc.assert(
    fc.property(fc.array(anyCauses, { maxLength: days.length }), anyAcknowledgements, (runs, said) => {
      const acknowledgements = said
        .map(({ subject, episode, at, days: lasting }) => ({
          ...acknowledgement,
          alert: `deadline-missed|74:${subject}|${dayAt(episode)}`,
          at: dayAt(at),
          until: dayAt(at + lasting),
        }))
        .sort((a, b) => (a.at < b.at ? -1 : 1));
      let ledger: AlertLedger = emptyLedger('74');
      const answers = runs.map((found, index) => {
        const asOf = dayAt(index);
        ledger = mergeCauses(
          ledger,
          found.flatMap((one) => causeOf(asOf, one)),
          asOf,
        );
        const known = acknowledgements.filter(({ at }) => at <= asOf);
        return [asOf, viewAlerts(ledger, known, asOf)] as const;
      });
      for (const [asOf, answer] of answers)
        expect(viewAlerts(ledger, acknowledgements, asOf)).toEqual(answer);
    }),
  );
});

it('the samples of this file are as the schemas say', () => {
  expect(alertSchema.parse(alert)).toEqual(alert);
  expect(acknowledgementSchema.parse(acknowledgement)).toEqual(acknowledgement);
});
