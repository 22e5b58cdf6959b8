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
import {
  abandonNotification,
  closeNotification,
  decideNotifications,
  isBeingSent,
} from '../../shared/domain/outbox.ts';
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

const closed = (outbox: Outbox) => outbox.open.reduce(closeNotification, outbox);

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
    const told = closed(decide(empty, '2022-07-01'));
    expect(decide(told, '2022-07-02')).toBe(told);
  });

  it('waits while an earlier message is open', () => {
    const open = decide(empty, '2022-06-23');
    expect(decide(open, '2022-07-01')).toBe(open);
  });

  it('is at most one digest a day, and the next day has the rest', () => {
    const told = { ...closed(decide(empty, '2022-06-29')), digestOn: '2022-07-01' };
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

describe('a decided message', () => {
  const decided = decide(empty, '2022-07-01');
  const [email, sms] = decided.open;
  if (!email || !sms) throw new Error('two messages are decided');

  it('is taken out when it was sent, and the other one stays', () => {
    const rest = closeNotification(decided, email);
    expect(rest).toEqual({ ...decided, version: 2, open: [sms] });
  });

  it.each([
    ['at once', 0, true],
    ['a millisecond before ten minutes are over', 10 * 60_000 - 1, true],
    ['after ten minutes', 10 * 60_000, false],
  ])('may still be being sent by the run that decided it: %s', (_, laterMs, expected) => {
    const now = new Date(Date.parse(morning('2022-07-01')) + laterMs).toISOString();
    expect(isBeingSent(decided, now)).toBe(expected);
    expect(isBeingSent(closed(decided), now)).toBe(false);
  });

  it('that has no address any more is told by the next digest', () => {
    const abandoned = abandonNotification(closeNotification(decided, sms), email);
    expect(abandoned.open).toEqual([]);
    const { email: _, ...byPhone } = coordinator;
    expect(decide(abandoned, '2022-07-02', byPhone).open).toMatchObject([
      { channel: 'sms', stages: email.stages },
    ]);
  });

  it('that has no address any more, while another told the same, is not told again', () => {
    const abandoned = abandonNotification(closeNotification(decided, email), sms);
    expect(abandoned).toEqual({ ...decided, version: 3, open: [] });
    expect(decide(abandoned, '2022-07-02')).toBe(abandoned);
  });
});
