import { describe, expect, it } from 'vitest';
import {
  type AlertLedger,
  defaultAlertSettings,
  deriveAlerts,
  mergeAlerts,
} from '../../shared/domain/alert.ts';
import { startOfDay } from '../../shared/domain/calendar.ts';
import type { Coordinator } from '../../shared/domain/coordinator.ts';
import { type Outbox, outboxSchema } from '../../shared/domain/notification.ts';
import { closeNotifications, decideNotifications } from '../../shared/domain/outbox.ts';
import { smallCatalogue } from './small-catalogue.ts';

const catalogue = smallCatalogue(
  { ref: '1.a', owner: '*', coordinators: [] },
  { ref: 'II.9', coordinators: ['BTTTT'] },
);
const coordinator: Coordinator = {
  id: '74-1',
  unit: '74',
  name: 'Đầu mối Bình Dương',
  language: 'vi',
  email: 'dau-moi@74.example',
  phone: '+84900000074',
};
const empty: Outbox = { coordinator: '74-1', unit: '74', version: 0, told: {}, open: [] };
const morning = (day: string) => new Date(Date.parse(startOfDay(day)) + 7.5 * 3600 * 1000).toISOString();

function decide(outbox: Outbox, day: string, who: Coordinator = coordinator) {
  const asOf = morning(day);
  const derived = deriveAlerts({
    catalogue,
    unitId: '74',
    publications: [],
    asOf,
    settings: defaultAlertSettings,
  });
  const ledgers: AlertLedger[] = [mergeAlerts({ unit: '74', version: 0, alerts: [] }, derived, asOf)];
  return decideNotifications(outbox, {
    catalogue,
    coordinator: who,
    ledgers,
    portalUrl: 'https://t.example',
    now: asOf,
  });
}

describe('deciding the messages of a coordinator', () => {
  it('is one e-mail and one SMS about all missed deadlines, not one for each', () => {
    const decided = decide(empty, '2022-07-01');
    expect(decided.open.map(({ id }) => id)).toEqual(['2022-07-01#74-1#email', '2022-07-01#74-1#sms']);
    expect(decided.open[0]?.stages).toHaveLength(2);
    expect(decided.version).toBe(1);
    outboxSchema.parse(decided);
  });

  it.each([
    ['2022-06-30', ['email']],
    ['2022-07-01', ['email', 'sms']],
  ])('on %s goes by %s: a text message only once a deadline is missed', (day, expected) => {
    expect(decide(empty, day).open.map(({ channel }) => channel)).toEqual(expected);
  });

  it('notes earlier stages that nobody was told of as overtaken', () => {
    const decided = decide(empty, '2022-07-01');
    expect(Object.values(decided.told).filter((told) => told === 'overtaken')).toHaveLength(8);
  });

  it('changes nothing when everything was told', () => {
    const told = closeNotifications(decide(empty, '2022-07-01'));
    expect(decide(told, '2022-07-02')).toBe(told);
  });

  it('waits while an earlier message is open', () => {
    const open = decide(empty, '2022-06-23');
    expect(decide(open, '2022-07-01')).toBe(open);
  });

  it('is at most one digest a day, and the next day has the rest', () => {
    const told = { ...closeNotifications(decide(empty, '2022-06-29')), digestOn: '2022-07-01' };
    expect(decide(told, '2022-07-01')).toBe(told);
    expect(decide(told, '2022-07-02').open).toHaveLength(2);
  });

  it('tells nobody who has no address, and forgets nothing for them', () => {
    const { email: _, phone: __, ...unreachable } = coordinator;
    const decided = decide(empty, '2022-07-01', unreachable);
    expect(decided.open).toEqual([]);
    expect(decide(decided, '2022-07-01', coordinator).open).toHaveLength(2);
  });
});
