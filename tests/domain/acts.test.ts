import { describe, expect, it } from 'vitest';
import type { AcknowledgementLog } from '../../shared/domain/acknowledgement.ts';
import {
  acknowledge,
  atOrAfter,
  dueHistory,
  matterOf,
  requirePlanned,
  setDueDate,
  unitOfAlert,
} from '../../shared/domain/acts.ts';
import type { DueDateLog } from '../../shared/domain/due-date.ts';
import { actor, missedAlert, office } from './people.ts';
import { smallCatalogue } from './small-catalogue.ts';

const catalogue = smallCatalogue(
  { ref: 'II.9', coordinators: ['BYT'] },
  { ref: 'I.2', due: { type: 'per-plan' }, coordinators: ['BYT'] },
);
const now = '2022-07-01T02:00:00.000Z';
const problem = (status: number, code: string) =>
  expect.objectContaining({ problem: expect.objectContaining({ status, code }) });

describe('the unit of an alert', () => {
  it.each([
    ['deadline-missed|74:II.9.1|2022-06-30T17:00:00.000Z', '74'],
    ['deadline-missed|BTTTT:2.b.1:2022-04|2022-06-30T17:00:00.000Z', 'BTTTT'],
    ['file-rejected|74:file:01G3ABCDEFGHJKMNPQRSTVWXYZ|2022-06-30T17:00:00.000Z', '74'],
    ['sms-budget|VPCP:sms:2022-07|2022-07-30T17:00:00.000Z', 'VPCP'],
    ['deadline-missed|74|2022-06-30T17:00:00.000Z', undefined],
    ['74:II.9.1', undefined],
    ['', undefined],
  ])('%s is %s', (id, unit) => {
    expect(unitOfAlert(id)).toBe(unit);
  });

  it('comes with the task where it is about an indicator', () => {
    expect(matterOf(catalogue, missedAlert())).toEqual({ unit: '74', task: catalogue.tasks[0] });
    expect(matterOf(catalogue, { unit: '74' })).toEqual({ unit: '74' });
  });
});

describe('acknowledging an alert', () => {
  const empty: AcknowledgementLog = { unit: '74', version: 3, acknowledgements: [] };
  const act = (until: string, person = office('74'), alert = missedAlert(), log = empty, at = now) =>
    acknowledge(catalogue, log, alert, { actor: person, comment: 'đang làm', until }, at);

  it('says who, for which unit, at which level, why and until the end of which day', () => {
    expect(act('2022-07-08', actor('BYT'))).toEqual({
      ...empty,
      acknowledgements: [
        {
          alert: 'deadline-missed|74:II.9.1|2022-06-30T17:00:00.000Z',
          by: 'account-byt-1',
          unit: 'BYT',
          standing: 'body',
          comment: 'đang làm',
          at: now,
          until: '2022-07-08T16:59:59.999Z',
        },
      ],
    });
  });

  it.each([
    ['2022-06-30', false],
    ['2022-07-01', true],
    ['2022-07-14', true],
    ['2022-07-15', true],
    ['2022-07-16', false],
  ])('until %s, asked on 1 July: %s', (until, isPossible) => {
    if (isPossible) expect(act(until).acknowledgements).toHaveLength(1);
    else expect(() => act(until)).toThrow(problem(400, 'until-invalid'));
  });

  it('counts days in Asia/Ho_Chi_Minh', () => {
    const late = (at: string, until: string) => act(until, office('74'), missedAlert(), empty, at);
    expect(late('2022-07-01T16:59:59.999Z', '2022-07-01').acknowledgements).toHaveLength(1);
    expect(() => late('2022-07-01T17:00:00.000Z', '2022-07-01')).toThrow(problem(400, 'until-invalid'));
    expect(late('2022-07-01T17:00:00.000Z', '2022-07-16').acknowledgements).toHaveLength(1);
  });

  it.each(['resolved', 'superseded'])('is refused once it is %s', (stage) => {
    const alert = missedAlert();
    const closed = { ...alert, stages: [...alert.stages, { stage, at: now, decidedAt: now }] };
    expect(() => act('2022-07-02', office('74'), closed)).toThrow(problem(409, 'alert-closed'));
  });

  it.each([
    ['the office of another unit', office('01'), 'unit-forbidden'],
    ['a person of another unit', actor('01'), 'out-of-scope'],
    ['a person whose scope is elsewhere', actor('BTTTT', { scopes: ['01'] }), 'out-of-scope'],
  ])('is refused to %s', (_, person, code) => {
    expect(() => act('2022-07-02', person)).toThrow(problem(403, code));
  });

  it('again is a further entry', () => {
    const once = act('2022-07-02');
    const twice = act('2022-07-03', office('74'), missedAlert(), once);
    expect(twice.acknowledgements.map(({ until }) => until.slice(0, 10))).toEqual([
      '2022-07-02',
      '2022-07-03',
    ]);
  });

  it('sent again changes nothing while it is the latest, and is a further entry after another', () => {
    const once = act('2022-07-02');
    expect(act('2022-07-02', office('74'), missedAlert(), once)).toBe(once);
    const other = act('2022-07-02', actor('BTTTT'), missedAlert(), once);
    expect(other.acknowledgements).toHaveLength(2);
    expect(act('2022-07-02', office('74'), missedAlert(), other).acknowledgements).toHaveLength(3);
  });
});

describe('an obligation due by plan', () => {
  it('is found by its id', () => {
    expect(requirePlanned(catalogue, '74:I.2.1')).toMatchObject({ id: '74:I.2.1', unit: '74' });
  });

  it.each([
    ['74:II.9.1', 409, 'due-fixed'],
    ['74:I.2.2', 404, 'obligation-unknown'],
    ['01:I.2.1', 404, 'obligation-unknown'],
    ['74:I.2.1:2022', 404, 'obligation-unknown'],
    ['I.2.1', 404, 'obligation-unknown'],
    ['', 404, 'obligation-unknown'],
  ])('is not %s', (id, status, code) => {
    expect(() => requirePlanned(catalogue, id)).toThrow(problem(status, code));
  });
});

describe('setting a due date', () => {
  const empty: DueDateLog = { unit: '74', version: 3, dueDates: [] };
  const obligation = requirePlanned(catalogue, '74:I.2.1');
  const set = (due: string | null, person = actor('BYT'), log = empty, reason = 'QĐ 12', at = now) =>
    setDueDate(catalogue, log, obligation, { actor: person, due, reason }, at);

  it('says who, for which unit, when and why, and takes nothing out', () => {
    const first = set('2022-09-30');
    expect(first.dueDates).toEqual([
      {
        obligation: '74:I.2.1',
        due: '2022-09-30',
        by: 'account-byt-1',
        unit: 'BYT',
        reason: 'QĐ 12',
        at: now,
      },
    ]);
    const withdrawn = set(null, actor('VPCP'), first, 'bỏ', '2022-07-02T02:00:00.000Z');
    expect(withdrawn.dueDates).toEqual([
      first.dueDates[0],
      expect.objectContaining({ due: null, unit: 'VPCP' }),
    ]);
    expect(dueHistory(withdrawn, '74:I.2.1', now)).toEqual({
      obligation: '74:I.2.1',
      due: '2022-09-30',
      dueDates: withdrawn.dueDates,
    });
    expect(dueHistory(withdrawn, '74:I.2.1', '2022-07-02T02:00:00.000Z').due).toBeNull();
  });

  it('sent again changes nothing, but another person, reason or date does', () => {
    const first = set('2022-09-30');
    expect(set('2022-09-30', actor('BYT'), first)).toBe(first);
    expect(set('2022-09-30', actor('VPCP'), first).dueDates).toHaveLength(2);
    expect(set('2022-09-30', actor('BYT'), first, 'khác').dueDates).toHaveLength(2);
    expect(set('2022-10-01', actor('BYT'), first).dueDates).toHaveLength(2);
    const other = { ...empty, dueDates: [{ ...first.dueDates[0], obligation: '74:I.3.1' }] } as DueDateLog;
    expect(set('2022-09-30', actor('BYT'), other).dueDates).toHaveLength(2);
  });

  it.each([
    ['2020-12-31', false],
    ['2021-01-01', true],
    ['2099-12-31', true],
    ['2100-01-01', false],
  ])('takes %s: %s', (due, isPossible) => {
    if (isPossible) expect(set(due).dueDates).toHaveLength(1);
    else expect(() => set(due)).toThrow(problem(400, 'due-out-of-range'));
  });

  it.each([
    ['the unit that owes it', actor('74')],
    ['the office of the unit', office('74')],
    ['a body that has no part in it', actor('01')],
    ['a person whose scope is elsewhere', actor('BTTTT', { scopes: ['II.9', '01'] })],
  ])('is refused to %s', (_, person) => {
    expect(() => set('2022-09-30', person)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ status: 403 }) }),
    );
  });
});

it('a log stays in time order though a clock runs behind', () => {
  expect(atOrAfter([], now)).toBe(now);
  expect(atOrAfter([{ at: '2022-07-01T01:59:59.999Z' }], now)).toBe(now);
  expect(atOrAfter([{ at: '2022-07-01T02:00:00.001Z' }], now)).toBe('2022-07-01T02:00:00.001Z');
});
