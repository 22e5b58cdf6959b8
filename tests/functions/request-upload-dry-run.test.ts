import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { handler as ingest } from '../../functions/ingest.ts';
import { handler as requestUpload } from '../../functions/request-upload.ts';
import { storeHead } from '../../shared/aws/stored-head.ts';
import { keys } from '../../shared/aws/table-keys.ts';
import { dryRunAnswer, problemAnswer } from '../../shared/domain/api-answers.ts';
import { maxDryRunBytes, maxDryRunLines } from '../../shared/domain/api-requests.ts';
import { emptyHead, publish } from '../../shared/domain/head.ts';
import { type Figure, figureSchema } from '../../shared/domain/observation.ts';
import { context, httpRequest, objectCreated, sqsEvent } from './events.ts';
import { fakeBuckets } from './fake-bucket.ts';
import { fakeTable } from './fake-table.ts';

// The catalogue the fixtures of the intake speak of.
vi.mock('../../shared/catalogue/load-catalogue.ts', async () => {
  const { smallAreas, smallCatalogue } = await import('../domain/intake/small-catalogue.ts');
  return { loadCatalogue: () => smallCatalogue, loadAreas: () => smallAreas };
});

const table = fakeTable();
const buckets = fakeBuckets();
const roles = mockClient(STSClient);
const events = mockClient(EventBridgeClient);

const now = '2022-07-05T03:00:00.000Z';
const good = 'indicator,period,numerator,denominator\r\nII.9.1,2022-05,987,1000\r\n';
const id = '01G3ABCDEFGHJKMNPQRSTVWXY1';
const earlierId = '01G3ABCDEFGHJKMNPQRSTVWXY0';
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

beforeEach(() => {
  table.reset();
  buckets.reset();
  roles.reset();
  events.reset();
  events.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
  roles.on(AssumeRoleCommand).resolves({
    Credentials: { AccessKeyId: 'UNIT', SecretAccessKey: 's', SessionToken: 't', Expiration: new Date(0) },
  });
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(now) });
  return () => vi.useRealTimers();
});

interface Sent {
  unit?: string;
  contentType?: string;
  contentLength?: number;
  query?: Record<string, string>;
}

/** Asks for a dry run as the HTTP API hands it over: text as text, any other type in base64. */
async function ask(
  content: Uint8Array | string,
  { unit = '74', contentType = 'application/octet-stream', contentLength, query = { dryRun: '' } }: Sent = {},
) {
  const bytes = Buffer.from(content);
  const isBase64Encoded = !/^(text\/|application\/json)/.test(contentType);
  const request = httpRequest('POST /submissions', `[province unit-${unit}]`, { query });
  const headers = {
    ...request.headers,
    'content-type': contentType,
    'content-length': String(contentLength ?? bytes.length),
  };
  const body = bytes.toString(isBase64Encoded ? 'base64' : 'utf8');
  const { statusCode, body: answer = '' } = await requestUpload(
    { ...request, headers, body, isBase64Encoded },
    context,
  );
  return { status: statusCode, body: JSON.parse(answer) };
}

/** Publishes figures for a unit as an earlier submission of the given bytes would have. */
async function publishEarlier(unit: string, figures: readonly Figure[], bytes: Uint8Array | string = '') {
  for (const [year, ofYear] of Map.groupBy(figures, ({ period }) => Number(period.slice(0, 4)))) {
    const receivedAt = '2022-06-01T03:00:00.000Z';
    const candidate = { id: earlierId, sha256: sha256(bytes), receivedAt, figures: ofYear };
    await table.putPacked(
      keys.head(unit, year),
      storeHead(publish(emptyHead(unit, year), candidate, receivedAt)),
    );
  }
}

/** What a report and a dry run have in common. */
const findingsSchema = dryRunAnswer.omit({ difference: true, differenceCounts: true });

/** Lets the pipeline take the same bytes, received at this very instant; returns its report. */
async function send(bytes: Uint8Array, unit: string) {
  const facts = { fileName: 'a.csv', contentType: 'text/csv', bytes: Math.max(bytes.length, 1) };
  const request = { requestedAt: new Date().toISOString(), requestedBy: 'office' };
  const submission = { id, unit, state: 'requested', ...facts, sha256: sha256(bytes), ...request };
  table.put(keys.submission(unit, id), submission);
  buckets.mock.on(GetObjectCommand, { Bucket: 'uploads' }).callsFake(() => ({
    Body: Readable.from([Buffer.from(bytes)]),
    LastModified: new Date(),
  }));
  expect(await ingest(sqsEvent(objectCreated(`${unit}/${id}`)), context)).toEqual({ batchItemFailures: [] });
  return findingsSchema.parse(buckets.json(`reports/${unit}/${id}.json`));
}

const folder = new URL('../fixtures/intake/', import.meta.url);
const givenSchema = z.object({
  given: z.strictObject({
    unit: z.string(),
    receivedAt: z.iso.datetime(),
    limits: z.unknown().optional(),
    published: z.array(figureSchema).default([]),
  }),
  verdict: z.enum(['accepted', 'rejected']),
});
const fixtures = readdirSync(folder)
  .filter((name) => /\.(csv|json)$/.test(name) && !name.endsWith('.expected.json'))
  .map((name) => {
    const expected = new URL(name.replace(/\.(csv|json)$/, '.expected.json'), folder);
    const { given, verdict } = givenSchema.parse(JSON.parse(readFileSync(expected, 'utf8')));
    return { name, bytes: new Uint8Array(readFileSync(new URL(name, folder))), verdict, ...given };
  })
  // Smaller limits than those of the pipeline cannot be asked for.
  .filter(({ limits }) => limits === undefined);

describe('a dry run and the real run', () => {
  it('have every fixture but those of the limits', () => {
    expect(fixtures.length).toBeGreaterThan(95);
  });

  it.each(fixtures)('say the same of $name', async ({ bytes, unit, receivedAt, published, verdict }) => {
    vi.setSystemTime(Date.parse(receivedAt));
    await publishEarlier(unit, published);
    const { status, body } = await ask(bytes, { unit });
    expect(status).toBe(200);
    const { difference, differenceCounts, ...report } = dryRunAnswer.strict().parse(body);
    expect(report).toEqual(await send(bytes, unit));
    expect(report.verdict).toBe(verdict);
    const { added, changed, unchanged } = differenceCounts;
    expect(added + changed + unchanged > 0).toBe(verdict === 'accepted');
    expect(difference.changed).toHaveLength(changed);
  });

  it('both find the same bytes identical, and what they say unchanged', async () => {
    const figure = { indicator: 'II.9.1', period: '2022-05', asAt: '2022-05-31', areas: 0 };
    await publishEarlier('74', [{ ...figure, numerator: 987, denominator: 1000 }], good);
    const { body } = await ask(good);
    const { difference: _, differenceCounts, ...report } = body;
    expect(report.issueCounts).toEqual({ 'submission-identical': 1 });
    expect(differenceCounts).toEqual({ added: 0, changed: 0, unchanged: 1, missing: 0 });
    expect(report).toEqual(await send(Buffer.from(good), '74'));
  });
});

describe('a dry run', () => {
  it("reads its unit's heads with its unit's credentials, and calls nothing else", async () => {
    await ask(good);
    const calls = table.mock.calls();
    expect(calls.map(({ args: [command] }) => command.constructor)).toEqual([BatchGetCommand]);
    expect(table.mock.commandCalls(BatchGetCommand)[0]?.args[0].input.RequestItems?.tiendo?.Keys).toEqual([
      keys.head('74', 2021),
      keys.head('74', 2022),
    ]);
    expect((await calls[0]?.thisValue.config.credentials())?.accessKeyId).toBe('UNIT');
    expect(buckets.mock.calls()).toHaveLength(0);
    expect(events.calls()).toHaveLength(0);
  });

  it.each([
    ['', 200],
    ['true', 200],
    ['false', 400],
    ['1', 400],
  ])('asked for by dryRun=%j is answered %i', async (dryRun, status) => {
    expect((await ask(good, { query: { dryRun } })).status).toBe(status);
  });

  it.each(['coordinator', 'analyst', 'admin'])('is not for a %s', async (role) => {
    const request = httpRequest('POST /submissions', `[${role}]`, { query: { dryRun: '' } });
    expect((await requestUpload({ ...request, body: good }, context)).statusCode).toBe(403);
  });

  it('of an empty body says that the file is empty', async () => {
    expect((await ask('')).body).toMatchObject({ verdict: 'rejected', issueCounts: { 'file-empty': 1 } });
  });
});

describe('the size of a dry run', () => {
  /** A good file made longer by blank lines of a thousand spaces. */
  const fileOf = (bytes: number) => Buffer.from(good.padEnd(bytes, `${' '.repeat(1000)}\n`));

  it.each([
    [maxDryRunBytes - 1, 200],
    [maxDryRunBytes, 200],
    [maxDryRunBytes + 1, 413],
  ])('%i bytes are answered %i', async (bytes, status) => {
    const answer = await ask(fileOf(bytes));
    expect(answer.status).toBe(status);
    if (status === 200) expect(answer.body).toMatchObject({ verdict: 'accepted', file: { bytes } });
  });

  it.each([
    ['\n', maxDryRunLines - 1, 200],
    ['\n', maxDryRunLines, 200],
    ['\n', maxDryRunLines + 1, 413],
    ['\r\n', maxDryRunLines, 200],
    ['\r', maxDryRunLines + 1, 413],
  ])('of lines that end by %j, %i are answered %i', async (end, lines, status) => {
    const file = good.replaceAll('\r\n', end);
    const { status: answered, body } = await ask(file + end.repeat(lines - 2));
    expect(answered).toBe(status);
    if (status === 413) expect(problemAnswer.parse(body).detail.vi).toContain(`${lines} dòng`);
  });

  it('is 4 MiB', () => {
    expect(maxDryRunBytes).toBe(4_194_304);
  });

  it('when it is exceeded names the command that checks the file', async () => {
    const { body } = await ask(fileOf(maxDryRunBytes + 1));
    const { code, detail } = problemAnswer.parse(body);
    expect(code).toBe('dry-run-too-large');
    expect(detail.vi).toContain('npx tiendo check FILE --unit 74 --api URL');
    expect(detail.en).toContain('npx tiendo check FILE --unit 74 --api URL');
    expect(table.mock.calls()).toHaveLength(0);
  });
});

describe('the body of a dry run', () => {
  const text = 'chỉ tiêu;kỳ;tử số;mẫu số\r\nII.9.1;T5/2022;987;1000\r\n';
  const twoBytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
  const broken = Buffer.concat([Buffer.from(text), Buffer.from([0xd0])]);

  it.each([
    ['UTF-8 by text/csv', text, 'text/csv; charset=utf-8', 200],
    ['UTF-8 with a byte order mark by text/csv', `\uFEFF${text}`, 'Text/CSV', 200],
    [
      'JSON by application/json',
      '[{"indicator":"II.9.1","period":"2022-05","value":50}]',
      'application/json',
      200,
    ],
    ['UTF-16 byte by byte', twoBytes, 'application/octet-stream', 200],
    ['UTF-16 by text/csv', twoBytes, 'text/csv', 415],
    ['UTF-8 with a byte too many by text/csv', broken, 'text/csv', 415],
    ['another type', text, 'application/x-www-form-urlencoded', 415],
    ['a type that only begins alike', text, 'text/csvx', 415],
    ['no type', text, '', 415],
  ])('%s', async (_, content, contentType, status) => {
    const { status: answered, body } = await ask(content, { contentType });
    expect(answered).toBe(status);
    if (status === 200) {
      const { verdict, file } = body;
      expect({ verdict, sha256: file.sha256 }).toEqual({
        verdict: 'accepted',
        sha256: sha256(Buffer.from(content)),
      });
    } else expect(problemAnswer.parse(body).detail.vi).toContain('application/octet-stream');
  });

  it.each([
    [-1, 415],
    [0, 200],
    [1, 415],
  ])(
    'of %i bytes more than were sent, read by another encoding on the way, is answered %i',
    async (more, status) => {
      const contentLength = Buffer.byteLength(text) + more;
      expect((await ask(text, { contentType: 'text/csv', contentLength })).status).toBe(status);
    },
  );
});
