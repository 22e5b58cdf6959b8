import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cloud } from '../../local/cloud.ts';
import { apiAs } from '../../local/journey.ts';
import { callRoute } from '../../shared/client/call-route.ts';
import type { Alert } from '../../shared/domain/alert.ts';
import { dayOf, type Instant, timeOfDay } from '../../shared/domain/calendar.ts';
import {
  at,
  emailOf,
  missed,
  phoneOf,
  planned,
  playAlertScenes,
  type Scenes,
  scenesNeed,
  scenesStartAt,
} from '../harness/alert-scenes.ts';
import { synthesizeSmall } from '../harness/small-assembly.ts';
import { startCloud } from '../harness/start-cloud.ts';

let cloud: Cloud;
let dataDirectory: string;
let scenes: Scenes;

beforeAll(async () => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'tiendo-alerts-'));
  const templateDirectory = await synthesizeSmall({}, scenesNeed);
  cloud = await startCloud({ templateDirectory, dataDirectory, startAt: scenesStartAt });
  scenes = await playAlertScenes(cloud);
});

afterAll(async () => {
  await cloud.close();
  rmSync(dataDirectory, { recursive: true });
});

async function alertsOf(unit: string, kind?: string): Promise<Alert[]> {
  const { body } = await callRoute(apiAs(cloud, 'analyst'), 'GET /alerts', { query: { unit } });
  return body.alerts.filter((alert) => kind === undefined || alert.kind === kind);
}

/** Of one alert, when each stage ought to have been decided. */
async function stagesOf(id: string): Promise<Record<string, Instant>> {
  const { body } = await callRoute(apiAs(cloud, 'analyst'), 'GET /alerts/{id}', { params: { id } });
  return Object.fromEntries(body.stages.map(({ stage, at: instant }) => [stage, instant]));
}

const emailsTo = (unit: string) => cloud.mailbox.messages(emailOf(unit));
const isUrgent = (subject = '') => subject.startsWith('tiendo KHAN ');
const digestOf = (unit: string, day: string) =>
  emailsTo(unit).find((message) => dayOf(message.at) === day && !isUrgent(message.subject))?.body ?? '';
const textsTo = (unit: string) => cloud.mailbox.messages(phoneOf(unit));

describe('a deadline', () => {
  const alert = missed('74', 'II.9.1');

  it('is not missed in the last millisecond of its day, and is in the first of the next', () => {
    const { beforeMidnight, atMidnight } = scenes;
    expect([beforeMidnight.asOf, atMidnight.asOf]).toEqual([
      '2022-06-30T16:59:59.999Z',
      '2022-06-30T17:00:00.000Z',
    ]);
    expect(beforeMidnight.text).not.toContain(alert);
    expect(atMidnight.text).toContain(alert);
  });

  it('is told by text message in the second in which quiet hours end', () => {
    const on1July = (unit: string) => textsTo(unit).filter((message) => dayOf(message.at) === '2022-07-01');
    expect(on1July('74').map((message) => message.at)).toEqual([at('2022-07-01', '07:00')]);
    expect(on1July('74')[0]?.body).toMatch(/^tiendo: 2 chi tieu qua han \(Binh Duong\): .*II\.9\.1/);
    // Of the other units the deadline is found missed by the daily evaluation.
    expect(on1July('BTTTT').map((message) => timeOfDay(message.at))).toEqual(['06:00', '07:00']);
  });

  it('is in the digest at half past seven, of which nobody has more than one a day', () => {
    const digests = cloud.mailbox
      .messages()
      .filter(({ channel, subject }) => channel === 'email' && !isUrgent(subject));
    for (const unit of ['74', 'BTTTT']) {
      const on1July = emailsTo(unit).filter((message) => dayOf(message.at) === '2022-07-01');
      expect(on1July.at(-1)?.at).toBe(at('2022-07-01', '07:30'));
    }
    expect(digests.filter((message) => timeOfDay(message.at) < '07:30')).toEqual([]);
    const days = digests.map(({ to, at: instant }) => `${to} ${dayOf(instant)}`);
    expect(new Set(days).size).toBe(days.length);
    for (const unit of ['74', 'BTTTT']) expect(digestOf(unit, '2022-07-01')).toContain(alert);
  });

  it('is told by e-mail at once to whoever has no phone, and not again in the digest', () => {
    const on1July = emailsTo('79').filter((message) => dayOf(message.at) === '2022-07-01');
    expect(on1July.map(({ at: instant, subject }) => [timeOfDay(instant), isUrgent(subject)])).toEqual([
      ['07:00', true],
    ]);
    expect(on1July[0]?.body).toContain(missed('79'));
  });
});

describe('an acknowledgement', () => {
  it('by the unit holds back its own reminders until it lapses, and no escalation', async () => {
    expect(await stagesOf(missed('79'))).toMatchObject({
      'day-7': at('2022-07-07', '07:00'),
      'escalated-7': at('2022-07-07', '07:00'),
      'escalated-14': at('2022-07-14', '07:00'),
    });
    expect(digestOf('79', '2022-07-07')).not.toContain(missed('79'));
    expect(digestOf('79', '2022-07-09')).not.toContain(missed('79'));
    expect(digestOf('79', '2022-07-10')).toContain(missed('79'));
    expect(digestOf('BTTTT', '2022-07-07')).toContain(missed('79'));
  });

  it('by a coordinating body puts off the escalation to its level, and none above', async () => {
    expect(await stagesOf(missed('74', 'II.9.1'))).toMatchObject({
      'escalated-7': at('2022-07-09', '23:59:59.999'),
      'escalated-14': at('2022-07-14', '07:00'),
    });
  });

  it('by the top puts off every escalation until the date on which it lapses', async () => {
    expect(await stagesOf(missed('31'))).toMatchObject({
      'escalated-7': at('2022-07-19', '23:59:59.999'),
      'escalated-14': at('2022-07-19', '23:59:59.999'),
    });
    const states = scenes.answers
      .filter(({ path }) => path === '/alerts?unit=31')
      .map(({ asOf, text }): [string, string] => {
        const alerts: { id: string; state: string }[] = JSON.parse(text).alerts;
        return [dayOf(asOf), alerts.find(({ id }) => id === missed('31'))?.state ?? 'none'];
      });
    expect(Object.fromEntries(states)).toMatchObject({
      '2022-06-30': 'none',
      '2022-07-05': 'open',
      '2022-07-06': 'acknowledged',
      '2022-07-18': 'acknowledged',
      '2022-07-21': 'open',
    });
  });

  it('keeps nothing out of the digests of bodies and the top', () => {
    for (const unit of ['BTTTT', 'VPCP']) expect(digestOf(unit, '2022-07-07')).toContain(missed('31'));
  });
});

describe('a silence', () => {
  it('keeps reminders and escalations from its unit and the bodies, but not from being decided', async () => {
    expect(await stagesOf(missed('96'))).toMatchObject({ 'escalated-7': at('2022-07-07', '07:00') });
    for (const unit of ['96', 'BTTTT', 'VPCP']) {
      expect(digestOf(unit, '2022-07-07')).not.toContain(missed('96'));
    }
  });

  it('lets the one resolution through, to each who had heard of the alert', () => {
    for (const unit of ['96', 'BTTTT', 'VPCP']) {
      const since = emailsTo(unit).filter((message) => message.at > at('2022-07-06', '10:01'));
      const telling = since.filter(({ body }) => body.includes(missed('96')));
      expect(telling.map((message) => dayOf(message.at))).toEqual(['2022-07-13']);
      expect(telling[0]?.body).toContain('ĐÃ GIẢI QUYẾT: QUÁ HẠN');
    }
  });
});

describe('a figure', () => {
  it('that falls below its target, recovers and falls again is two episodes', async () => {
    const fallen = await alertsOf('51', 'fell-below');
    expect(fallen.map(({ subject, stages }) => [subject, stages.map(({ stage }) => stage)])).toEqual([
      ['51:II.48.1', ['fell', 'resolved']],
      ['51:II.48.1', ['fell', 'resolved']],
    ]);
    expect(fallen.map(({ stages }) => stages.map(({ at: instant }) => dayOf(instant)))).toEqual([
      ['2022-07-08', '2022-07-11'],
      ['2022-07-13', '2022-07-14'],
    ]);
    const [first, second] = fallen;
    expect(digestOf('51', '2022-07-09')).toContain(first?.id);
    expect(digestOf('51', '2022-07-12')).toContain(first?.id);
    expect(digestOf('51', '2022-07-14')).toContain(second?.id);
    expect(digestOf('BTTTT', '2022-07-14')).toContain(second?.id);
  });
});

describe('a province that never reports', () => {
  it('has one line about it, in which what is due soon is counted and not told', async () => {
    const missing = await alertsOf('01', 'report-missing');
    expect(missing.map(({ stages }) => stages.map(({ stage }) => stage))).toEqual([
      ['2022-04', '2022-05', '2022-06'],
    ]);
    const soon = await alertsOf('01', 'due-soon');
    expect(soon.map(({ subject }) => subject)).toContain('01:1.a.1');
    const first = digestOf('01', '2022-06-26');
    expect(first.match(/^- Báo cáo tháng: .*$/gm)).toHaveLength(1);
    expect(first).toMatch(/^- Báo cáo tháng: .*; đang giữ lại 1 cảnh báo khác/m);
    for (const { body } of emailsTo('01')) expect(body).not.toContain('SẮP ĐẾN HẠN');
    expect(digestOf('74', '2022-06-27')).toContain('SẮP ĐẾN HẠN');
  });

  it('is told of its missed deadline all the same, and so is every body', () => {
    const told = emailsTo('01').filter(({ body }) => body.includes(missed('01')));
    expect(told[0]?.at).toBe(at('2022-07-01', '07:00'));
    expect(digestOf('BTTTT', '2022-07-01')).toContain(missed('01'));
  });
});

describe('a file sent back', () => {
  it('is urgent when a deadline is three days away, and waits for the digest when it is further', async () => {
    const rejected = await alertsOf('48', 'file-rejected');
    expect(rejected.map(({ stages }) => stages[0]?.isUrgent ?? false)).toEqual([false, true, false]);
    const onDays = textsTo('48').map((message) => dayOf(message.at));
    expect(onDays).toContain('2022-06-27');
    expect(onDays).not.toContain('2022-06-26');
    expect(onDays).not.toContain('2022-07-05');
    const text = textsTo('48').find((message) => dayOf(message.at) === '2022-06-27');
    expect(text).toMatchObject({ smsParts: 1, body: expect.stringMatching(/^tiendo: 1 tep bi tra lai/) });
    const days = ['2022-06-27', '2022-06-28', '2022-07-06'];
    for (const [index, { id }] of rejected.entries()) expect(digestOf('48', days[index] ?? '')).toContain(id);
  });
});

describe('a due date by plan', () => {
  it('that is set, moved and withdrawn leads to alerts that follow it', async () => {
    const alerts = (await alertsOf('BCA')).filter(({ subject }) => subject === planned);
    expect(alerts.map(({ kind, due, stages }) => [kind, due, ...stages.map(({ stage }) => stage)])).toEqual([
      ['due-soon', '2022-07-08', '7', 'superseded'],
      ['due-soon', '2022-07-20', '7', 'superseded'],
      ['deadline-missed', '2022-07-14', 'missed', 'resolved'],
    ]);
    expect(alerts[2]?.stages.map(({ at: instant }) => dayOf(instant))).toEqual(['2022-07-15', '2022-07-16']);
  });
});

describe('a recipient who has unsubscribed', () => {
  const alert = () => alertsOf('92', 'recipient-unreachable');

  it('becomes an alert to the bodies until they are registered again', async () => {
    const [one] = await alert();
    expect(one?.stages.map(({ stage, at: instant }) => [stage, dayOf(instant)])).toEqual([
      ['unreachable', '2022-07-03'],
      ['resolved', '2022-07-12'],
    ]);
    for (const unit of ['BTTTT', 'VPCP']) expect(digestOf(unit, '2022-07-03')).toContain(one?.id);
  });

  it('gets nothing that counts as told: what was decided meanwhile is told afterwards', async () => {
    const days = emailsTo('92').map((message) => dayOf(message.at));
    expect(days.filter((day) => day > '2022-07-02' && day < '2022-07-13')).toEqual([]);
    expect(digestOf('92', '2022-07-13')).toContain(missed('92'));
  });
});

it('GET /alerts answers for every past instant byte for byte as it did then', async () => {
  const { answers, beforeMidnight, atMidnight } = scenes;
  expect(answers.length).toBeGreaterThan(60);
  expect(new Set(answers.map(({ text }) => text)).size).toBeGreaterThan(40);
  // In the first millisecond of July the answer was given and more was decided in the same one by nobody.
  for (const { account, path, asOf, text } of [...answers, beforeMidnight, atMidnight]) {
    const address = new URL(path, cloud.apiUrl);
    address.searchParams.set('asOf', asOf);
    const token = await cloud.issueToken(account);
    const response = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
    expect(await response.text()).toBe(text);
  }
});
