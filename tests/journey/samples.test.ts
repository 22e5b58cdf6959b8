import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { synthesize } from '../../infra/synth.ts';
import type { Cloud } from '../../local/cloud.ts';
import { apiAs, loadJourney, playJourney, registerCoordinators } from '../../local/journey.ts';
import { sampleCoordinators } from '../../samples/coordinators.ts';
import type { Journey, SampleCoordinators } from '../../samples/journey.ts';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { callApi } from '../../shared/client/api.ts';
import { callRoute } from '../../shared/client/call-route.ts';
import { states } from '../../shared/domain/assessment.ts';
import { dayOf, endOfDay, startOfDay } from '../../shared/domain/calendar.ts';
import { submissionSchema } from '../../shared/domain/submission.ts';
import { startCloud } from '../harness/start-cloud.ts';
import * as own from '../independent/answers.ts';
import { readSent, vietnamDay } from '../independent/sample-files.ts';
import { answerOf, comparable } from './saved-queries.ts';

const scoreboardSchema = z.object({
  obligations: z.array(
    z.object({ unit: z.string(), obligation: z.string(), due: z.string().nullable(), state: z.enum(states) }),
  ),
});
const submissionsSchema = z.object({ submissions: z.array(submissionSchema) });
const minutes = 60_000;

/** What is urgent says so in its subject, and text messages, which have none, are about nothing else. */
const isUrgent = (subject: string | undefined) =>
  subject === undefined || /^tiendo (KHAN|URGENT) /.test(subject);
const atDigest = (day: string) => new Date(Date.parse(startOfDay(day)) + 7.5 * 60 * minutes).toISOString();

let directory: string;
let journey: Journey;
let people: SampleCoordinators;
let cloud: Cloud;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tiendo-samples-'));
  const templateDirectory = join(directory, 'cdk.out');
  await synthesize({
    outdir: templateDirectory,
    builds: directory,
    isChecked: false,
  });
  journey = await loadJourney();
  cloud = await startCloud({
    templateDirectory,
    dataDirectory: join(directory, 'data'),
    startAt: journey.startsAt,
  });
  people = sampleCoordinators(loadCatalogue());
  await registerCoordinators(cloud);
  await playJourney(cloud, journey, endOfDay(journey.asOf));
}, 5 * minutes);

afterAll(async () => {
  await cloud.close();
  rmSync(directory, { recursive: true });
});

const read = async (asOf: string) => {
  const { obligations } = await callApi(
    apiAs(cloud, 'coordinator'),
    { method: 'GET', path: `/scoreboard?asOf=${encodeURIComponent(asOf)}` },
    scoreboardSchema,
  );
  return obligations;
};

describe('the sample journey', () => {
  it('ends every file as it was made to end', async () => {
    const outcomes: string[] = [];
    for (const { id } of loadCatalogue().units) {
      const request = { method: 'GET', path: `/submissions?unit=${id}` } as const;
      const { submissions } = await callApi(apiAs(cloud, 'coordinator'), request, submissionsSchema);
      for (const { fileName, receivedAt, state } of submissions) {
        outcomes.push(`${id} ${fileName} ${receivedAt?.slice(0, 19)} ${state}`);
      }
    }
    const expected = journey.submissions.map(
      ({ unit, file, receivedAt, expect: outcome }) =>
        `${unit} ${basename(file)} ${receivedAt.slice(0, 19)} ${outcome}`,
    );
    expect(outcomes.sort()).toEqual(expected.sort());
  });

  it('has nothing due in June overdue in the last second of June, and everything unmet a second later', async () => {
    const due = <T extends { due: string | null }>(obligations: T[]) =>
      obligations.filter((obligation) => obligation.due === '2022-06-30');
    const before = due(await read('2022-06-30T23:59:59+07:00'));
    const after = due(await read('2022-07-01T00:00:00+07:00'));
    expect(before.filter(({ state }) => state === 'overdue')).toEqual([]);
    const unmet = after.filter(({ state }) => state !== 'met');
    expect(unmet.length).toBeGreaterThan(100);
    expect(new Set(unmet.map(({ state }) => state))).toEqual(new Set(['overdue']));
  });

  it('has them overdue whether or not their unit ever sent a file', async () => {
    const overdue = (await read('2022-07-01T00:00:00+07:00')).filter(({ state }) => state === 'overdue');
    const units = new Set(overdue.map(({ unit }) => unit));
    const senders = new Set(journey.submissions.map(({ unit }) => unit));
    expect([...units].some((unit) => senders.has(unit))).toBe(true);
    expect([...units].some((unit) => !senders.has(unit))).toBe(true);
  });

  it('tells of the missed deadlines by one e-mail a person, not one for each', () => {
    const onDay = cloud.mailbox.messages().filter(({ at }) => at >= startOfDay('2022-07-01'));
    const emails = onDay.filter(({ channel }) => channel === 'email');
    const atOnce = emails.filter(({ subject }) => isUrgent(subject)).map(({ to }) => to);
    const digests = emails.filter(({ subject }) => !isUrgent(subject)).map(({ to }) => to);
    for (const people of [atOnce, digests]) expect(new Set(people).size).toBe(people.length);
    expect(new Set([...atOnce, ...digests]).size).toBeGreaterThan(60);
    expect(onDay.filter(({ body }) => (body.match(/^- /gm) ?? []).length > 1).length).toBeGreaterThan(50);
  });

  it('tells each national coordinator by one message what all provinces missed in the same minute', async () => {
    const { body } = await callRoute(apiAs(cloud, 'analyst'), 'GET /alerts', {
      query: { asOf: '2022-07-01T07:15:00+07:00' },
    });
    const missed = body.alerts.filter(
      ({ kind, episode }) => kind === 'deadline-missed' && episode === startOfDay('2022-07-01'),
    );
    const provinces = new Set(missed.map(({ unit }) => unit).filter((unit) => /^\d+$/.test(unit)));
    console.info(`${provinces.size} provinces missed ${missed.length} deadlines of 30 June`);
    expect(body.next).toBeUndefined();
    expect(provinces.size).toBeGreaterThan(30);
    const before = startOfDay('2022-07-01');
    const morning = cloud.mailbox.messages().filter(({ at }) => at >= before && at < atDigest('2022-07-01'));
    for (const unit of ['VPCP', 'BTTTT']) {
      for (const { email, phone } of people[unit] ?? []) {
        const told = morning.filter(({ to }) => to === email || to === phone);
        expect(told.map(({ channel }) => channel)).toEqual([phone === undefined ? 'email' : 'sms']);
        if (phone !== undefined)
          expect(told[0]).toMatchObject({ smsParts: 1, body: expect.stringContaining(' don vi') });
      }
    }
  });

  it('never gives anybody two digests on one day', () => {
    const emails = cloud.mailbox.messages().filter(({ channel }) => channel === 'email');
    const digests = emails.filter(({ subject }) => !isUrgent(subject));
    const days = digests.map(({ to, at }) => `${to} ${dayOf(at)}`);
    expect(new Set(days).size).toBe(days.length);
  });

  it('never gives anybody two urgent messages of one run over a channel', () => {
    const urgent = cloud.mailbox.messages().filter(({ subject }) => isUrgent(subject));
    expect(urgent.length).toBeGreaterThan(100);
    const runs = urgent.map(({ to, channel, at }) => `${channel} ${to} ${at}`);
    expect(new Set(runs).size).toBe(runs.length);
  });

  it('shows Bình Dương at 98.70 of 100 per cent, overdue', async () => {
    const schema = z.object({ assessments: z.array(z.looseObject({ obligation: z.string() })) });
    const { assessments } = await callApi(apiAs(cloud, '74'), { method: 'GET', path: '/units/74' }, schema);
    expect(assessments.find(({ obligation }) => obligation === '74:II.9.1')).toMatchObject({
      state: 'overdue',
      value: '98.70',
      due: '2022-06-30',
    });
  });
});

describe('the saved queries over the sample journey', () => {
  const sent = readSent();
  const last = '2022-07-01';

  // The assessments of a day are written in the night after it, those of the last day not yet.
  it.each([
    ['national-percentage', [], () => own.nationalPercentage(sent, last)],
    ['national-percentage', ['day=2022-05-31'], () => own.nationalPercentage(sent, '2022-05-31')],
    ['overdue-by-body', [], () => own.overdueByBody(sent, '2022-06-30')],
    ['overdue-by-body', ['day=2022-05-31'], () => own.overdueByBody(sent, '2022-05-31')],
    ['known-on', [], () => own.knownOn(sent, last)],
    ['known-on', ['day=2022-05-24'], () => own.knownOn(sent, '2022-05-24')],
    ['lagging-communes', [], () => own.laggingCommunes(sent)],
    ['timeliness-ranking', [], () => own.timelinessRanking(sent, last)],
    ['timeliness-ranking', ['day=2022-12-31'], () => own.timelinessRanking(sent, last)],
    ['timeliness-ranking', [`day=${last}`], () => own.timelinessRanking(sent, last)],
    ['timeliness-ranking', ['day=2022-05-25'], () => own.timelinessRanking(sent, '2022-05-25')],
    ['timeliness-ranking', ['day=2022-05-26'], () => own.timelinessRanking(sent, '2022-05-26')],
    ['corrections', [], () => own.corrections(sent)],
  ])('%s %j has the numbers of an independent computation', async (name, params, compute) => {
    const given = params.flatMap((param) => ['--param', param]);
    const answer = await answerOf(join(directory, 'data'), '--named', name, ...given);
    const dated = answer.map((row) =>
      row.changed_at === undefined
        ? row
        : { ...row, changed_on: vietnamDay(`${row.changed_at.replace(' ', 'T')}Z`) },
    );
    const expected = compute();
    expect(expected.length).toBeGreaterThan(0);
    expect(comparable(dated, expected)).toEqual(comparable(expected, expected));
  });

  it('has the assessments of the last day once the night after it has passed', async () => {
    await cloud.moveTo('2022-07-01T18:30:00.000Z');
    const expected = own.overdueByBody(sent, last);
    const answer = await answerOf(join(directory, 'data'), '--named', 'overdue-by-body');
    expect(comparable(answer, expected)).toEqual(comparable(expected, expected));
  });
});
