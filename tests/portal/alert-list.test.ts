import { describe, expect, it } from 'vitest';
import {
  type AlertItem,
  countKinds,
  daysOpen,
  filterAlerts,
  reasonOf,
  submissionOf,
  worstFirst,
} from '../../portal/pages/alerts/alert-list.ts';
import { historyOf } from '../../portal/pages/alerts/history.ts';
import { missedAlert } from '../domain/people.ts';

const alert = (rest: Partial<AlertItem> = {}): AlertItem => ({ ...missedAlert(), state: 'open', ...rest });
const now = '2022-07-12T02:00:00.000Z';

describe('the worst alerts', () => {
  it.each<[string, Partial<AlertItem>, Partial<AlertItem>]>([
    ['what nobody acknowledged', { state: 'open', kind: 'due-soon' }, { state: 'acknowledged' }],
    ['what lasts', { state: 'acknowledged', kind: 'due-soon' }, { state: 'resolved' }],
    [
      'a missed deadline',
      { kind: 'deadline-missed', due: '2022-06-30' },
      { kind: 'due-soon', due: '2022-05-31' },
    ],
    ['the earlier due date', { due: '2022-05-31', unit: '79' }, { due: '2022-06-30' }],
    ['what began first', { episode: '2022-06-01T00:00:00.000Z' }, { episode: '2022-06-02T00:00:00.000Z' }],
    ['the order of the text', { subject: '74:II.9.1' }, { subject: '74:II.10.1' }],
  ])('are %s', (_, worse, other) => {
    const [first, second] = [alert(worse), alert(other)];
    expect(worstFirst([second, first])).toEqual([first, second]);
    expect(worstFirst([first, second])).toEqual([first, second]);
  });
});

it('has the latest reason told, as of the latest stage, which may have left it unsaid', () => {
  const [first] = missedAlert().stages;
  if (!first) throw new Error('an alert without a stage');
  const reason = { vi: '20,00 % < 100 %', en: '20.00 % < 100 %' };
  const stages = [
    { ...first, reason, at: '2022-05-28T00:00:00.000Z' },
    { ...first, reason: undefined, at: '2022-06-25T00:00:00.000Z' },
  ];
  expect(reasonOf({ stages })).toEqual({ reason, at: '2022-06-25T00:00:00.000Z' });
  expect(reasonOf({ stages: [{ ...first, reason: undefined }] })).toBeUndefined();
});

it('is narrowed to a kind and a state; without a state to what lasts', () => {
  const alerts = [
    alert(),
    alert({ state: 'acknowledged', kind: 'forecast' }),
    alert({ state: 'resolved' }),
    alert({ state: 'superseded', kind: 'forecast' }),
  ];
  const states = (kind: string, state: string) =>
    filterAlerts(alerts, { kind, state }).map((each) => each.state);
  expect(states('', '')).toEqual(['open', 'acknowledged']);
  expect(states('forecast', '')).toEqual(['acknowledged']);
  expect(states('', 'resolved')).toEqual(['resolved']);
  expect(states('forecast', 'resolved')).toEqual([]);
});

it('counts the kinds that occur, worst first', () => {
  const alerts = [alert({ kind: 'due-soon' }), alert(), alert({ kind: 'due-soon' })];
  expect(countKinds(alerts)).toEqual([
    { kind: 'deadline-missed', count: 1 },
    { kind: 'due-soon', count: 2 },
  ]);
});

it.each([
  ['2022-06-30T17:00:00.000Z', 1],
  ['2022-07-01T16:59:59.999Z', 1],
  ['2022-07-01T17:00:00.000Z', 2],
  [now, 12],
])('has at %s lasted for %i days', (asOf, days) => {
  expect(daysOpen(alert(), asOf)).toBe(days);
});

it('lasted until it closed', () => {
  const at = '2022-07-02T03:00:00.000Z';
  const { stages } = alert();
  const resolved = alert({
    state: 'resolved',
    stages: [...stages, { stage: 'resolved', at, decidedAt: at }],
  });
  expect(daysOpen(resolved, now)).toBe(2);
});

it('knows the file that a rejection is about, and of others none', () => {
  expect(submissionOf({ kind: 'file-rejected', subject: '74:file:01G3' })).toBe('01G3');
  expect(submissionOf({ kind: 'report-missing', subject: '74:report' })).toBeUndefined();
});

it('tells what was decided and what was said in time order', () => {
  const stage = (name: string, at: string) => ({ stage: name, at, decidedAt: at });
  const said = {
    alert: 'a',
    by: 's',
    unit: '74',
    standing: 'unit' as const,
    comment: 'đang làm',
    until: now,
  };
  const events = historyOf({
    stages: [stage('missed', '2022-06-30T17:00:00.000Z'), stage('day-7', '2022-07-07T00:00:00.000Z')],
    acknowledgements: [{ ...said, at: '2022-07-01T00:00:00.000Z' }],
  });
  expect(events.map(({ type }) => type)).toEqual(['stage', 'acknowledged', 'stage']);
});
