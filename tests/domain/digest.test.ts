import { describe, expect, it } from 'vitest';
import {
  type AlertLedger,
  defaultAlertSettings,
  deriveAlerts,
  mergeAlerts,
} from '../../shared/domain/alert.ts';
import { endOfDay, startOfDay } from '../../shared/domain/calendar.ts';
import type { Coordinator } from '../../shared/domain/coordinator.ts';
import { planDigest } from '../../shared/domain/digest.ts';
import type { Outbox } from '../../shared/domain/notification.ts';
import type { Publication } from '../../shared/domain/observation.ts';
import { publication, smallCatalogue } from './small-catalogue.ts';

const catalogue = smallCatalogue(
  { ref: '1.a', owner: '*', coordinators: [] },
  { ref: '1.b', owner: '*', due: { type: 'date', date: '2022-07-10' }, coordinators: ['BYT'] },
  { ref: 'II.9', due: { type: 'date', date: '2022-05-31' }, coordinators: ['BYT'] },
);

function ledgerOf(unitId: string, asOf: string, publications: Publication[] = []): AlertLedger {
  const derived = deriveAlerts({ catalogue, unitId, publications, asOf, settings: defaultAlertSettings });
  return mergeAlerts({ unit: unitId, version: 1, alerts: [] }, derived, asOf);
}

function plan(unit: string, asOf: string, told: Record<string, string> = {}, history: Publication[] = []) {
  const coordinator: Coordinator = { id: 'a', unit, name: 'Nguyễn Thị A', language: 'vi' };
  const outbox: Outbox = { coordinator: 'a', unit, version: 1, told, open: [] };
  const ledgers = [ledgerOf('74', asOf, history), ledgerOf('01', asOf)];
  const { items, overtaken } = planDigest({ coordinator, ledgers, catalogue, outbox, asOf });
  return {
    items,
    overtaken,
    lines: items.map(({ kind, obligation, daysLeft }) => `${kind} ${obligation} ${daysLeft}`),
  };
}

const metOn = (day: string) =>
  publication(endOfDay(day), [{ indicator: 'II.9.1', period: '2022-05', asAt: '2022-05-31', value: '100' }]);
const missed = 'deadline-missed|74:II.9.1|2022-05-31T17:00:00.000Z#missed';

describe('the digest of a coordinator', () => {
  it('has what is missed first, then what is due by days left', () => {
    const { lines, items } = plan('74', startOfDay('2022-07-01'));
    expect(lines).toEqual([
      'deadline-missed 74:II.9.1 -31',
      'deadline-missed 74:1.a.1 -1',
      'due-soon 74:1.b.1 9',
    ]);
    expect(items[2]).toMatchObject({
      stage: 'due-soon|74:1.b.1|2022-06-10T00:00:00.000Z#14',
      alert: 'due-soon|74:1.b.1|2022-06-10T00:00:00.000Z',
      unitName: { vi: 'Bình Dương', en: 'Binh Duong' },
      due: '2022-07-10',
      knownOn: '2022-06-26',
    });
  });

  it("tells a coordinating body of missed deadlines only, and not of another body's", () => {
    expect(plan('BYT', startOfDay('2022-07-01')).lines).toEqual(['deadline-missed 74:II.9.1 -31']);
    expect(plan('VPCP', startOfDay('2022-07-01')).lines).toEqual([
      'deadline-missed 01:1.a.1 -1',
      'deadline-missed 74:1.a.1 -1',
    ]);
  });

  it('tells of the latest stage alone; those before it are overtaken', () => {
    const { items, overtaken } = plan('01', endOfDay('2022-06-24'));
    expect(items.map(({ stage }) => stage)).toEqual([
      'due-soon|01:1.a.1|2022-05-31T00:00:00.000Z#7',
      'due-soon|01:1.b.1|2022-06-10T00:00:00.000Z#30',
    ]);
    expect(overtaken).toEqual([
      'due-soon|01:1.a.1|2022-05-31T00:00:00.000Z#14',
      'due-soon|01:1.a.1|2022-05-31T00:00:00.000Z#30',
    ]);
  });

  it('has nothing that was told or overtaken before', () => {
    const first = plan('01', endOfDay('2022-06-24'));
    const told = Object.fromEntries([
      ...first.items.map(({ stage }) => [stage, 'a|2022-06-24|email']),
      ...first.overtaken.map((stage) => [stage, 'overtaken']),
    ]);
    expect(plan('01', endOfDay('2022-06-24'), told)).toMatchObject({ items: [], overtaken: [] });
  });

  it('does not go back to a stage before one that was told', () => {
    const told = { 'due-soon|01:1.a.1|2022-05-31T00:00:00.000Z#7': 'a|2022-06-23|email' };
    const { lines, overtaken } = plan('01', endOfDay('2022-06-24'), told);
    expect(lines).toEqual(['due-soon 01:1.b.1 16']);
    expect(overtaken).toHaveLength(2);
  });

  it('leaves out what was met before it could be told', () => {
    const { lines, overtaken } = plan('BYT', endOfDay('2022-06-05'), {}, [metOn('2022-06-03')]);
    expect(lines).toEqual([]);
    expect(overtaken).toEqual([missed, `met-late|74:II.9.1|${endOfDay('2022-06-03')}#met-late`]);
  });

  it('leaves out what is due soon when it was met meanwhile', () => {
    const history = [
      publication(endOfDay('2022-06-20'), [
        { indicator: '1.a.1', period: '2022-06', asAt: '2022-06-20', value: '100' },
      ]),
    ];
    const { lines, overtaken } = plan(
      '74',
      endOfDay('2022-06-20'),
      { [missed]: 'a|2022-06-01|email' },
      history,
    );
    expect(lines).toEqual(['due-soon 74:1.b.1 20']);
    expect(overtaken).toContain('due-soon|74:1.a.1|2022-05-31T00:00:00.000Z#14');
  });

  it('has what was met late last, however long ago it was due', () => {
    const { lines } = plan('74', endOfDay('2022-06-05'), { [missed]: 'a|2022-06-01|email' }, [
      metOn('2022-06-03'),
    ]);
    expect(lines).toEqual(['due-soon 74:1.a.1 25', 'met-late 74:II.9.1 -5']);
  });

  it('tells of met late only those who heard that it was missed', () => {
    const history = [metOn('2022-06-03')];
    expect(plan('BYT', endOfDay('2022-06-05'), { [missed]: 'a|2022-06-01|email' }, history)).toMatchObject({
      lines: ['met-late 74:II.9.1 -5'],
      overtaken: [],
    });
    expect(plan('BYT', endOfDay('2022-06-05'), { [missed]: 'overtaken' }, history)).toMatchObject({
      lines: [],
      overtaken: [`met-late|74:II.9.1|${endOfDay('2022-06-03')}#met-late`],
    });
  });

  it('counts a message decided but not yet known to be sent as told', () => {
    const asOf = endOfDay('2022-06-05');
    const coordinator: Coordinator = { id: 'a', unit: 'BYT', name: 'Nguyễn Thị A', language: 'vi' };
    const open = [
      {
        id: 'a|2022-06-01|email',
        coordinator: 'a',
        unit: 'BYT',
        channel: 'email',
        day: '2022-06-01',
        text: '…',
        stages: [missed],
        state: 'decided',
        decidedAt: asOf,
      },
    ] satisfies Outbox['open'];
    const outbox: Outbox = { coordinator: 'a', unit: 'BYT', version: 1, told: {}, open };
    expect(planDigest({ coordinator, ledgers: [ledgerOf('74', asOf)], catalogue, outbox, asOf })).toEqual({
      items: [],
      overtaken: [],
    });
  });
});
