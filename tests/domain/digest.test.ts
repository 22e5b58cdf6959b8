import { describe, expect, it } from 'vitest';
import type { Acknowledgement } from '../../shared/domain/acknowledgement.ts';
import { addDays, endOfDay } from '../../shared/domain/calendar.ts';
import { findUntold, type TellingGrounds } from '../../shared/domain/digest.ts';
import type { Told } from '../../shared/domain/notification.ts';
import type { Publication } from '../../shared/domain/observation.ts';
import { emptyOutbox } from '../../shared/domain/outbox.ts';
import type { Silence } from '../../shared/domain/silence.ts';
import { publication, smallCatalogue } from './small-catalogue.ts';
import { at, coordinatorOf, ledgerAfter } from './telling.ts';

const catalogue = smallCatalogue(
  { ref: '1.a', owner: '*', coordinators: [] },
  { ref: '1.b', owner: '*', due: { type: 'date', date: '2022-07-10' }, coordinators: ['BYT'] },
  { ref: 'II.9', due: { type: 'date', date: '2022-05-31' }, coordinators: ['BYT'] },
);
const missed = 'deadline-missed|74:II.9.1|2022-05-31T17:00:00.000Z';

/** Figures of other indicators keep a unit's reports from being missing. */
const reports = ['2022-04', '2022-05', '2022-06'].map((month) =>
  publication(endOfDay(`${month}-20`), [
    { indicator: 'II.9.1', period: month, asAt: `${month}-20`, value: '50' },
  ]),
);
const metOn = (day: string) =>
  publication(endOfDay(day), [{ indicator: 'II.9.1', period: '2022-05', asAt: '2022-05-31', value: '100' }]);

interface Setting extends Partial<Omit<TellingGrounds, 'outbox'>> {
  told?: Record<string, Told>;
  history?: Publication[];
  runs?: string[];
}

function tell(
  unit: string,
  now: string,
  { told = {}, history = reports, runs = [now], ...rest }: Setting = {},
) {
  const coordinator = coordinatorOf(unit);
  const ledgers = ['74', '01'].map((each) =>
    ledgerAfter(catalogue, each, runs, history, rest.acknowledgements),
  );
  const grounds = { catalogue, coordinator, ledgers, acknowledgements: [], silences: [], now, ...rest };
  return findUntold({ ...grounds, outbox: { ...emptyOutbox(coordinator), told } });
}

const lines = (...given: Parameters<typeof tell>) =>
  tell(...given).untold.map(({ item }) => `${item.tone} ${item.kind} ${item.subject} ${item.stage}`);

describe('what a coordinator must be told', () => {
  it('has what is missed first, then what is due, each once and at its latest stage', () => {
    expect(lines('74', at('2022-07-01', '07:30'))).toEqual([
      'new deadline-missed 74:II.9.1 day-28',
      'new deadline-missed 74:1.a.1 missed',
      'new due-soon 74:1.b.1 14',
    ]);
  });

  it('names the stages it passes over', () => {
    const [first] = tell('74', at('2022-07-01', '07:30')).untold;
    expect(first?.overtakes).toEqual(['missed', 'day-7', 'day-14', 'day-21']);
  });

  it('says what is due and known', () => {
    expect(tell('74', at('2022-07-01', '07:30')).untold[2]?.item).toMatchObject({
      alert: 'due-soon|74:1.b.1|2022-06-10T00:00:00.000Z',
      unitName: { vi: 'Bình Dương', en: 'Binh Duong' },
      due: '2022-07-10',
      daysLeft: 9,
      knownOn: '2022-06-26',
    });
  });

  it("tells a coordinating body of missed deadlines only, and not of another body's", () => {
    expect(lines('BYT', at('2022-07-01', '07:30'))).toEqual(
      ['escalated deadline-missed 74:II.9.1 day-28'].map((line) => line.replace('escalated', 'new')),
    );
    expect(lines('BTTTT', at('2022-07-01', '07:30'))).toEqual([
      'new deadline-missed 01:1.a.1 missed',
      'new deadline-missed 74:1.a.1 missed',
    ]);
  });

  it('raises to the body at the top on day 14 what it does not hear of otherwise', () => {
    expect(lines('VPCP', at('2022-06-13', '07:30'))).toEqual([]);
    expect(lines('VPCP', at('2022-06-14', '07:30'))).toEqual([
      'escalated deadline-missed 74:II.9.1 escalated-14',
    ]);
  });

  it('is nothing when it was told, and goes back to no stage before one that was', () => {
    const told: Record<string, Told> = { [missed]: { digest: 'day-28', isHeard: true } };
    expect(lines('BYT', at('2022-07-01', '07:30'), { told })).toEqual([]);
    expect(lines('BYT', at('2022-07-05', '07:30'), { told })).toEqual([
      'lasting deadline-missed 74:II.9.1 day-35',
    ]);
  });

  it('is not what was over before anybody heard of it', () => {
    const { untold, passedOver } = tell('BYT', endOfDay('2022-06-05'), {
      history: [...reports, metOn('2022-06-03')],
    });
    expect(untold).toEqual([]);
    expect(passedOver.get(missed)).toEqual(['missed', 'resolved']);
  });

  it('is the end of what they heard of, and no second time', () => {
    const history = [...reports, metOn('2022-06-03')];
    const heard = { digest: 'missed', isHeard: true } as const;
    expect(lines('BYT', endOfDay('2022-06-05'), { history, told: { [missed]: heard } })).toEqual([
      'resolved deadline-missed 74:II.9.1 resolved',
    ]);
    const over = { digest: 'resolved', isHeard: true } as const;
    expect(lines('BYT', endOfDay('2022-06-05'), { history, told: { [missed]: over } })).toEqual([]);
  });

  it('counts what is open for them', () => {
    expect(tell('BTTTT', at('2022-07-01', '07:30')).counts).toEqual({ 'deadline-missed': 2 });
    expect(tell('74', at('2022-07-01', '07:30')).counts).toEqual({ 'deadline-missed': 2, 'due-soon': 1 });
  });

  it('keeps to their scopes', () => {
    const coordinator = coordinatorOf('BTTTT', { scopes: ['01'] });
    expect(lines('BTTTT', at('2022-07-01', '07:30'), { coordinator })).toEqual([
      'new deadline-missed 01:1.a.1 missed',
    ]);
  });
});

describe('what is urgent', () => {
  const urgent = (unit: string, now: string, setting: Setting = {}) =>
    tell(unit, now, setting).untold.flatMap(({ urgentStage }) => urgentStage ?? []);

  it.each([
    ['at the first instant', '2022-05-31T17:00:00.000Z', ['missed']],
    ['at the end of the first day', '2022-06-01T16:59:59.999Z', ['missed']],
    ['on the second day', '2022-06-01T17:00:00.000Z', []],
  ])('is a missed deadline on its first day: %s', (_, now, expected) => {
    expect(urgent('BYT', now)).toEqual(expected);
  });

  it('is an escalation until it is told', () => {
    expect(urgent('BYT', at('2022-06-07', '06:59'))).toEqual([]);
    expect(urgent('BYT', at('2022-06-07', '07:00'))).toEqual(['escalated-7']);
    expect(urgent('BYT', at('2022-06-09', '07:00'))).toEqual(['escalated-7']);
    const told = { [missed]: { texted: ['escalated-7'], isHeard: true as const } };
    expect(urgent('BYT', at('2022-06-09', '07:00'), { told })).toEqual([]);
    expect(lines('BYT', at('2022-06-09', '07:00'), { told })).toHaveLength(1);
  });
});

describe('what is held back', () => {
  const now = at('2022-06-08', '07:30');
  const heard = { told: { [missed]: { digest: 'missed', isHeard: true } } } as const;
  const acknowledgement = (standing: Acknowledgement['standing'], until: string): Acknowledgement => ({
    alert: missed,
    by: 's',
    unit: '74',
    standing,
    comment: 'c',
    at: at('2022-06-02', '08:00'),
    until,
  });

  it('is kept from the unit itself while it is acknowledged, and told when that lapses', () => {
    const acknowledgements = [acknowledgement('unit', endOfDay('2022-06-08'))];
    const about = (day: string, unit: string) =>
      lines(unit, at(day, '07:30'), { ...heard, acknowledgements }).filter((line) => line.includes('II.9'));
    expect(about('2022-06-08', '74')).toEqual([]);
    expect(about('2022-06-09', '74')).toEqual(['lasting deadline-missed 74:II.9.1 day-7']);
    expect(about('2022-06-08', 'BYT')).toEqual(['escalated deadline-missed 74:II.9.1 escalated-7']);
  });

  const silence = (target: Silence['target'], unit: string, rest: Partial<Silence> = {}): Silence => ({
    id: 's',
    target,
    by: 's',
    unit,
    reason: 'r',
    at: at('2022-06-02', '08:00'),
    until: endOfDay('2022-06-20'),
    ...rest,
  });

  it.each<[string, Silence, number, number]>([
    ['by the unit itself: its own people only', silence({ unit: '74' }, '74'), 0, 1],
    ['by a coordinating body: both', silence({ unit: '74' }, 'BYT'), 0, 0],
    ['of the task', silence({ task: 'II.9' }, 'BYT'), 0, 0],
    ['of another task', silence({ task: '1.b' }, 'BYT'), 1, 1],
    ['of another unit', silence({ unit: '01' }, 'VPCP'), 1, 1],
    ['of one coordinator', silence({ coordinator: 'byt-1' }, 'BYT'), 1, 0],
    ['that has ended', silence({ unit: '74' }, 'BYT', { endedAt: at('2022-06-08', '07:30') }), 1, 1],
    ['that is over', silence({ unit: '74' }, 'BYT', { until: at('2022-06-08', '07:30') }), 1, 1],
  ])('is what a silence covers: %s', (_, each, ofUnit, ofBody) => {
    const count = (unit: string) =>
      lines(unit, now, { silences: [each] }).filter((line) => line.includes('74:II.9')).length;
    expect([count('74'), count('BYT')]).toEqual([ofUnit, ofBody]);
  });

  it('is never the end of what they heard of', () => {
    const history = [...reports, metOn('2022-06-03')];
    const acknowledgements = [acknowledgement('top', endOfDay('2022-06-14'))];
    const silences = [silence({ unit: '74' }, 'VPCP'), silence({ coordinator: 'byt-1' }, 'BYT')];
    expect(lines('BYT', now, { ...heard, history, acknowledgements, silences })).toEqual([
      'resolved deadline-missed 74:II.9.1 resolved',
    ]);
  });

  it('by a missing report is due soon and forecast, counted in its line; never a missed deadline', () => {
    const untold = tell('74', at('2022-06-20', '07:30'), { history: [] }).untold.map(({ item }) => item);
    expect(untold.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
      'deadline-missed 74:II.9.1',
      'report-missing 74:report',
    ]);
    expect(untold[1]).toMatchObject({ stage: '2022-05', muted: 2 });
  });

  it('by a missing report is told when the report has come', () => {
    const late = publication(endOfDay('2022-06-19'), [
      { indicator: 'II.9.1', period: '2022-06', asAt: '2022-06-19', value: '50' },
    ]);
    const told = { '74:report': {} };
    const kinds = lines('74', at('2022-06-20', '07:30'), { history: [late], told }).map(
      (line) => line.split(' ')[1],
    );
    expect(kinds).toEqual(['deadline-missed', 'due-soon', 'due-soon']);
  });

  it('is given back stage by stage over any number of days', () => {
    const days = Array.from({ length: 10 }, (_, index) => addDays('2022-06-01', index));
    const silences = [
      silence({ unit: '74' }, 'BYT', { at: at('2022-06-03', '00:00'), until: at('2022-06-10', '00:00') }),
    ];
    const told = days.filter((day) => lines('BYT', at(day, '07:30'), { ...heard, silences }).length > 0);
    expect(told).toEqual(['2022-06-10']);
  });
});
