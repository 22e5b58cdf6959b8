import { describe, expect, it } from 'vitest';
import type { Instant } from '../../shared/domain/calendar.ts';
import { addDays, endOfDay } from '../../shared/domain/calendar.ts';
import type { Coordinator } from '../../shared/domain/coordinator.ts';
import { type Notification, type Outbox, outboxSchema } from '../../shared/domain/notification.ts';
import { type Decision, decideNotifications, emptyOutbox } from '../../shared/domain/outbox.ts';
import {
  abandonNotification,
  claim,
  closeNotification,
  isBeingSent,
  isGivenUp,
  keepNotification,
  noteFailure,
} from '../../shared/domain/outbox-sending.ts';
import { publication, smallCatalogue } from './small-catalogue.ts';
import { at, coordinatorOf, ledgerAfter } from './telling.ts';

const catalogue = smallCatalogue(
  { ref: '1.a', owner: '*', coordinators: [] },
  { ref: 'II.9', coordinators: ['BTTTT'] },
);
const reports = ['2022-04', '2022-05', '2022-06'].map((month) =>
  publication(endOfDay(`${month}-20`), [
    { indicator: '1.c.1', period: month, asAt: `${month}-20`, value: '5' },
  ]),
);
const texted = coordinatorOf('74', { phone: '+84900000074' });
const mailed = coordinatorOf('74');

function decide(
  outbox: Outbox,
  now: Instant,
  coordinator: Coordinator = texted,
  { isDigestRun = true, canText = true, canMail = true, history = reports } = {},
): Outbox {
  return decision(outbox, now, coordinator, { isDigestRun, canText, canMail, history }).outbox;
}

function decision(
  outbox: Outbox,
  now: Instant,
  coordinator: Coordinator = texted,
  { isDigestRun = true, canText = true, canMail = true, history = reports } = {},
): Decision {
  return decideNotifications(outbox, {
    catalogue,
    coordinator,
    ledgers: [ledgerAfter(catalogue, '74', [now], history)],
    acknowledgements: [],
    silences: [],
    portalUrl: 'https://t.example',
    now,
    isDigestRun,
    canMail,
    canText,
  });
}

const empty = emptyOutbox(texted);
const closed = (outbox: Outbox) => outbox.open.reduce(closeNotification, outbox);
const ways = ({ open }: Outbox) => open.map(({ purpose, channel }) => `${purpose} by ${channel}`);

describe('the digest', () => {
  it.each([
    ['07:29', []],
    ['07:30', ['digest by email']],
    ['23:59', ['digest by email']],
  ])('is sent from half past seven on: %s', (time, expected) => {
    expect(ways(decide(empty, at('2022-06-20', time)))).toEqual(expected);
  });

  it('is at most one a day, whatever happens after it', () => {
    const told = closed(decide(empty, at('2022-06-23', '07:30')));
    const withMore = { ...told, told: {} };
    expect(decide(withMore, at('2022-06-23', '23:59'))).toBe(withMore);
    expect(ways(decide(withMore, at('2022-06-24', '07:30')))).toEqual(['digest by email']);
  });

  it('is not sent by a run for what is urgent', () => {
    expect(ways(decide(empty, at('2022-06-20', '16:21'), texted, { isDigestRun: false }))).toEqual([]);
    const morning = at('2022-07-01', '08:00');
    expect(ways(decide(empty, morning, mailed, { isDigestRun: false }))).toEqual(['urgent by email']);
  });

  it('is not sent when everything was told', () => {
    const told = closed(decide(empty, at('2022-06-23', '07:30')));
    expect(decide(told, at('2022-06-24', '07:30'))).toBe(told);
  });

  it('states how much is open, and what the one before said', () => {
    const first = closed(decide(empty, at('2022-06-23', '07:30')));
    expect(first.digest).toEqual({ day: '2022-06-23', counts: { 'due-soon': 2 } });
    const second = decide(first, at('2022-07-01', '07:30'), mailed);
    expect(second.digest).toEqual({ day: '2022-07-01', counts: { 'deadline-missed': 2 } });
    expect(second.open[0]?.text).toContain('23/06/2022');
    outboxSchema.parse(second);
  });

  it('notes stages that were overtaken before it', () => {
    const { told } = decide(empty, at('2022-06-23', '07:30'));
    expect(told['due-soon|74:II.9.1|2022-05-31T00:00:00.000Z']).toEqual({
      digest: '7',
      isHeard: true,
      overtaken: ['30', '14'],
    });
  });
});

describe('what is urgent', () => {
  const morning = at('2022-07-01', '07:00');

  it('goes by one text message for all causes, and the e-mail waits for the digest', () => {
    const urgent = decide(empty, morning);
    expect(ways(urgent)).toEqual(['urgent by sms']);
    expect(urgent.open[0]?.stages).toHaveLength(2);
    const digest = decide(closed(urgent), at('2022-07-01', '07:30'));
    expect(ways(digest)).toEqual(['digest by email']);
    expect(digest.open[0]?.stages.filter((stage) => stage.endsWith('#missed'))).toHaveLength(2);
    expect(decide(closed(digest), at('2022-07-01', '08:00'))).toEqual(closed(digest));
  });

  it('goes by one e-mail where there is no phone, and the digest does not repeat it', () => {
    const urgent = decide(empty, morning, mailed);
    expect(ways(urgent)).toEqual(['urgent by email']);
    expect(decide(closed(urgent), at('2022-07-01', '07:30'), mailed)).toEqual(closed(urgent));
  });

  it('goes by e-mail when the budget for text messages is spent', () => {
    expect(ways(decide(empty, morning, texted, { canText: false }))).toEqual(['urgent by email']);
  });

  it('is in the digest alone when that is sent at the same time', () => {
    expect(ways(decide(empty, at('2022-07-01', '07:30'), mailed))).toEqual(['digest by email']);
    expect(ways(decide(empty, at('2022-07-01', '07:30')))).toEqual(['urgent by sms', 'digest by email']);
  });

  it.each([
    ['2022-07-01', '00:00', []],
    ['2022-07-01', '06:59', []],
    ['2022-07-01', '07:00', ['urgent by sms']],
  ])('waits until quiet hours end: %s %s', (day, time, expected) => {
    expect(ways(decide(empty, at(day, time)))).toEqual(expected);
  });

  it('says when quiet hours end that hold it back', () => {
    expect(decision(empty, at('2022-07-01', '00:00')).wakeAt).toBe(at('2022-07-01', '07:00'));
    expect(decision(empty, at('2022-07-01', '07:00'))).not.toHaveProperty('wakeAt');
    expect(decision(empty, at('2022-06-20', '00:00'))).not.toHaveProperty('wakeAt');
  });

  it('does not wait for whoever has no quiet hours', () => {
    const awake = { ...texted, quietHours: { from: '00:00', to: '00:00' } };
    expect(ways(decide(empty, at('2022-07-01', '00:00'), awake))).toEqual(['urgent by sms']);
  });

  it('is left to the digest when its first day is over', () => {
    expect(ways(decide(empty, at('2022-07-02', '07:00')))).toEqual([]);
    expect(ways(decide(empty, at('2022-07-02', '07:30')))).toEqual(['digest by email']);
  });
});

describe('whoever no e-mail reaches', () => {
  const unreached = { canMail: false };

  it('is sent none, and told everything once one does', () => {
    expect(ways(decide(empty, at('2022-07-01', '07:30'), mailed, unreached))).toEqual([]);
    const later = decide(empty, at('2022-07-03', '07:30'), mailed);
    expect(later.open[0]?.stages.filter((stage) => stage.endsWith('#missed'))).toHaveLength(2);
  });

  it('is sent text messages all the same', () => {
    expect(ways(decide(empty, at('2022-07-01', '07:30'), texted, unreached))).toEqual(['urgent by sms']);
  });
});

describe('word that nothing is overdue', () => {
  const asking = { ...mailed, wantsAllClear: true as const };
  const nothing = { ...emptyOutbox(mailed) };
  const monday = '2022-04-04';

  it.each([
    ['on Monday', monday, asking, ['all-clear by email']],
    ['on Tuesday', addDays(monday, 1), asking, []],
    ['to whoever did not ask for it', monday, mailed, []],
    ['while something is due', '2022-06-06', asking, ['digest by email']],
  ])('is sent once a week to whoever wants it: %s', (_, day, coordinator, expected) => {
    expect(ways(decide(nothing, at(day, '07:30'), coordinator))).toEqual(expected);
  });

  it('is sent once on its day, and again a week later', () => {
    const told = closed(decide(nothing, at(monday, '07:30'), asking));
    expect(decide(told, at(monday, '07:45'), asking)).toBe(told);
    expect(ways(decide(told, at('2022-04-11', '07:30'), asking))).toEqual(['all-clear by email']);
  });

  it('is not sent while something is overdue that was told before', () => {
    const told = closed(decide(nothing, at('2022-07-02', '07:30'), asking));
    expect(decide(told, at('2022-07-04', '07:30'), asking)).toBe(told);
  });
});

describe('a decided message', () => {
  const decided = decide(empty, at('2022-07-01', '07:30'));
  const [sms, email] = decided.open;
  if (!email || !sms) throw new Error('two messages are decided');

  it('is named by day, coordinator, channel and version', () => {
    expect(decided.open.map(({ id }) => id)).toEqual(['2022-07-01#74-1#sms#1', '2022-07-01#74-1#email#1']);
  });

  it('that is an e-mail goes before anything new is decided', () => {
    expect(decide(decided, at('2022-07-07', '07:30'))).toBe(decided);
  });

  it('that is a text message keeps the next one waiting, and no e-mail', () => {
    const waiting = closeNotification(decided, email);
    expect(ways(decide(waiting, at('2022-07-07', '07:30')))).toEqual(['urgent by sms', 'digest by email']);
  });

  it('is taken out when it was sent, and the other one stays', () => {
    expect(closeNotification(decided, sms)).toEqual({ ...decided, version: 2, open: [email] });
  });

  it.each([
    ['at once', 0, true],
    ['a millisecond before ten minutes are over', 10 * 60_000 - 1, true],
    ['after ten minutes', 10 * 60_000, false],
  ])('may still be being sent by the run that decided it: %s', (_, laterMs, expected) => {
    const now = new Date(Date.parse(at('2022-07-01', '07:30')) + laterMs).toISOString();
    expect(isBeingSent(decided, now)).toBe(expected);
    expect(isBeingSent(closed(decided), now)).toBe(false);
  });

  it('that another run left is claimed before it is sent, and the claim ends with it', () => {
    const later = at('2022-07-01', '07:45');
    const claimed = claim(decided, later);
    expect(isBeingSent(decided, later)).toBe(false);
    expect(isBeingSent(claimed, at('2022-07-01', '07:54'))).toBe(true);
    expect(isBeingSent(claimed, at('2022-07-01', '07:55'))).toBe(false);
    expect(closeNotification(claimed, sms)).toHaveProperty('claimedAt', later);
    expect(closed(claimed)).not.toHaveProperty('claimedAt');
  });

  const failed = (times: number) =>
    Array.from({ length: times }).reduce<Notification>(
      (before) => noteFailure(before, at('2022-07-01', '07:31'), 'Throttled'),
      email,
    );

  it.each([
    [1, false],
    [2, false],
    [3, true],
  ])('that failed %i times is given up: %s', (times, expected) => {
    expect(failed(times).failures).toHaveLength(times);
    expect(isGivenUp(failed(times))).toBe(expected);
  });

  it('that failed stays where it was', () => {
    const kept = keepNotification(decided, failed(1));
    expect(kept).toEqual({ ...decided, version: 2, open: [sms, failed(1)] });
  });

  it('that was given up is told by the next digest, if it was an e-mail', () => {
    const abandoned = abandonNotification(closeNotification(decided, sms), email);
    const next = decide(abandoned, at('2022-07-02', '07:30'));
    expect(next.open.map(({ stages }) => stages)).toEqual([email.stages]);
  });

  it('that was given up keeps no e-mail waiting, if it was a text message', () => {
    const urgent = decide(empty, at('2022-07-01', '07:00'));
    const [text] = urgent.open;
    if (!text) throw new Error('a text message is decided');
    expect(ways(decide(abandonNotification(urgent, text), at('2022-07-01', '07:30')))).toEqual([
      'digest by email',
    ]);
  });
});
