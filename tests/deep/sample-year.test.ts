import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { synthesize } from '../../infra/synth.ts';
import type { Cloud } from '../../local/cloud.ts';
import { apiAs, loadJourney, playJourney, registerCoordinators } from '../../local/journey.ts';
import type { MailboxMessage } from '../../local/mailbox/mailbox.ts';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { callRoute } from '../../shared/client/call-route.ts';
import { type Alert, type AlertLedger, alertKinds, alertLedgerSchema } from '../../shared/domain/alert.ts';
import { audienceOf } from '../../shared/domain/audience.ts';
import { addDays, type Day, dayOf, endOfDay, timeOfDay } from '../../shared/domain/calendar.ts';
import {
  type Notification,
  notificationSchema,
  type Outbox,
  outboxSchema,
} from '../../shared/domain/notification.ts';
import { type PackedItem, readPackedItems } from '../harness/packed-items.ts';
import { startCloud } from '../harness/start-cloud.ts';

const lastDay = process.env.TIENDO_LAST_DAY ?? '2023-03-31';
const hourMs = 3_600_000;
const catalogue = loadCatalogue();

let directory: string;
let cloud: Cloud;
let ledgers: PackedItem<AlertLedger>[];
let outboxes: PackedItem<Outbox>[];
let notifications: Notification[];
let messages: MailboxMessage[];
let alerts: Alert[];
/** How long each day after the journey took. */
const seconds: { day: Day; seconds: number }[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tiendo-year-'));
  const templateDirectory = join(directory, 'cdk.out');
  await synthesize({ outdir: templateDirectory, builds: directory });
  const journey = await loadJourney();
  const dataDirectory = join(directory, 'data');
  cloud = await startCloud({ templateDirectory, dataDirectory, startAt: journey.startsAt });
  await registerCoordinators(cloud);
  await playJourney(cloud, journey, endOfDay(journey.asOf));

  for (let day = addDays(journey.asOf, 1); day <= lastDay; day = addDays(day, 1)) {
    const startedMs = performance.now();
    await cloud.moveTo(endOfDay(day));
    seconds.push({ day, seconds: (performance.now() - startedMs) / 1000 });
  }
  const total = seconds.reduce((sum, each) => sum + each.seconds, 0);
  const slowest = seconds.toSorted((a, b) => b.seconds - a.seconds).slice(0, 3);
  console.info(`${seconds.length} days in ${total.toFixed(0)} s, the slowest`, slowest);

  ledgers = await readPackedItems(cloud, '#ALERTS', alertLedgerSchema, 'LEDGER');
  outboxes = await readPackedItems(cloud, '#OUTBOX', outboxSchema);
  const records = await readPackedItems(cloud, '#NOTIFICATION', notificationSchema);
  notifications = records.map(({ content }) => content);
  messages = cloud.mailbox.messages();
  alerts = ledgers.flatMap(({ content }) => content.alerts);
}, hourMs);

afterAll(async () => {
  await cloud.close();
  rmSync(directory, { recursive: true });
});

describe('the sample year', () => {
  it('is stated', async () => {
    for (const kind of alertKinds) {
      const ofKind = alerts.filter((alert) => alert.kind === kind);
      if (ofKind.length === 0) continue;
      console.info(
        kind,
        ofKind.length,
        countBy(ofKind.flatMap(stageNames), (stage) => stage),
      );
    }
    const stages = alerts.flatMap(stageNames).length;
    const resolved = alerts.filter((alert) => stageNames(alert).includes('resolved')).length;
    const superseded = alerts.filter((alert) => stageNames(alert).includes('superseded')).length;
    console.info({ alerts: alerts.length, stages, resolved, superseded });
    const perPerson = [...countBy(notifications, ({ coordinator }) => coordinator)];
    const counts = perPerson.map(([, count]) => count).sort((a, b) => a - b);
    const [most] = perPerson.sort(([, a], [, b]) => b - a);
    const texts = messages.filter(({ channel }) => channel === 'sms');
    console.info({
      emails: messages.length - texts.length,
      texts: texts.length,
      textParts: texts.reduce((sum, { smsParts = 0 }) => sum + smsParts, 0),
      coordinators: counts.length,
      most,
      median: counts[Math.floor(counts.length / 2)],
      purposes: countBy(notifications, ({ channel, purpose }) => `${purpose} by ${channel}`),
      longestEmailBytes: Math.max(...messages.map(({ body }) => Buffer.byteLength(body))),
    });
    for (const items of [ledgers, outboxes]) {
      const largest = items.toSorted((a, b) => b.bytes - a.bytes)[0];
      console.info('largest', largest?.pk, largest?.sk, largest?.bytes, 'bytes');
    }
    const digests = messages.filter(({ subject }) => subject !== undefined && !isUrgent(subject));
    console.info(
      'digests by hour',
      countBy(digests, ({ at }) => timeOfDay(at)),
    );
    const perMonth = countBy(seconds, ({ day }) => day.slice(0, 7));
    for (const [month, days] of perMonth) {
      const ofMonth = seconds.filter(({ day }) => day.startsWith(month));
      const total = ofMonth.reduce((sum, each) => sum + each.seconds, 0);
      console.info(month, `${(total / days).toFixed(2)} s a day`);
    }
    expect(alerts.length).toBeGreaterThan(1000);
  });

  it('gives nobody more than one digest a day, and none before half past seven', () => {
    const digests = messages.filter(({ subject }) => subject !== undefined && !isUrgent(subject));
    const days = digests.map(({ to, at }) => `${to} ${dayOf(at)}`);
    expect(repeatedIn(days)).toEqual([]);
    expect(digests.filter(({ at }) => timeOfDay(at) < '07:30')).toEqual([]);
    expect(repeatedIn(digestDays(notifications))).toEqual([]);
  });

  it('gives nobody more than one urgent message at a time over a channel', () => {
    const urgent = messages.filter(({ subject }) => subject === undefined || isUrgent(subject));
    expect(repeatedIn(urgent.map(({ to, channel, at }) => `${channel} ${to} ${at}`))).toEqual([]);
  });

  it('tells nobody a stage twice over a channel', () => {
    expect(notifications.length).toBe(messages.length);
    const told = notifications.flatMap(({ coordinator, channel, stages }) =>
      stages.map((stage) => `${coordinator} ${channel} ${stage}`),
    );
    expect(told.length).toBeGreaterThan(alerts.length);
    expect(repeatedIn(told)).toEqual([]);
  });

  it('lists in each e-mail the alerts it tells of', () => {
    const texts = new Map(messages.map(({ messageId, body }) => [messageId, body]));
    const lacking = notifications
      .filter(({ channel }) => channel === 'email')
      .filter(({ messageId = '', stages }) => {
        const body = texts.get(messageId) ?? '';
        return stages.some((stage) => !body.includes(`\n${stage.slice(0, stage.lastIndexOf('#'))}`));
      });
    expect(lacking).toEqual([]);
  });

  it('has told every open missed deadline to its unit and the bodies of its task', () => {
    const open = alerts.filter((alert) => alert.kind === 'deadline-missed' && !isOver(alert));
    expect(open.length).toBeGreaterThan(100);
    const lacking = open.flatMap((alert) => {
      const told = outboxes.filter(({ content }) => content.told[alert.id]?.isHeard);
      const units = new Set(told.map(({ content }) => content.unit));
      const task = catalogue.tasks.find(({ indicators }) =>
        indicators.some(({ id }) => id === alert.indicator),
      );
      const audience = audienceOf(catalogue.directive, alert, 'missed', task);
      return audience.filter((unit) => !units.has(unit)).map((unit) => `${alert.id} ${unit}`);
    });
    expect(lacking).toEqual([]);
  });

  it('has an open missed deadline exactly where the scoreboard says overdue', async () => {
    const { body } = await callRoute(apiAs(cloud, 'analyst'), 'GET /scoreboard', {});
    const overdue = body.obligations.filter(({ state }) => state === 'overdue');
    const open = alerts.filter((alert) => alert.kind === 'deadline-missed' && !isOver(alert));
    expect(open.map(({ subject }) => subject).sort()).toEqual(
      overdue.map(({ obligation }) => obligation).sort(),
    );
  });

  it('leaves nothing unsent, and says each end to whoever heard of the alert', () => {
    expect(outboxes.filter(({ content }) => content.open.length > 0)).toEqual([]);
    const resolved = new Set(
      alerts.filter((each) => stageNames(each).includes('resolved')).map(({ id }) => id),
    );
    const lacking = outboxes.flatMap(({ content: { coordinator, told } }) =>
      Object.entries(told)
        .filter(([alert, { isHeard, digest }]) => isHeard && resolved.has(alert) && digest !== 'resolved')
        .map(([alert]) => `${coordinator} ${alert}`),
    );
    expect(lacking).toEqual([]);
  });
});

function stageNames({ stages }: Alert): string[] {
  return stages.map(({ stage }) => stage);
}

function isOver(alert: Alert): boolean {
  return stageNames(alert).some((stage) => stage === 'resolved' || stage === 'superseded');
}

/** A subject as it arrives, folded to ASCII. */
function isUrgent(subject: string): boolean {
  return /^tiendo (KHAN|URGENT) /.test(subject);
}

function digestDays(sent: readonly Notification[]): string[] {
  return sent
    .filter(({ purpose }) => purpose === 'digest')
    .map(({ coordinator, day }) => `${coordinator} ${day}`);
}

/** How many there are of each. */
function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}

function repeatedIn(texts: readonly string[]): string[] {
  return [...countBy(texts, (text) => text)].filter(([, count]) => count > 1).map(([text]) => text);
}
