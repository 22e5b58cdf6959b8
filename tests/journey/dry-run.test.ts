import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { checkCommand } from '../../cli/commands/check.ts';
import { region } from '../../local/aws-service.ts';
import type { Cloud } from '../../local/cloud.ts';
import { apiAs } from '../../local/journey.ts';
import { callRoute } from '../../shared/client/call-route.ts';
import { submitFile } from '../../shared/client/submit-file.ts';
import { dryRunAnswer, problemAnswer } from '../../shared/domain/api-answers.ts';
import { maxDryRunBytes } from '../../shared/domain/api-requests.ts';
import { runCommand } from '../cli/run-command.ts';
import { announce } from '../harness/scenario.ts';
import { synthesizeSmall } from '../harness/small-assembly.ts';
import { takeSnapshot } from '../harness/snapshot.ts';
import { startCloud } from '../harness/start-cloud.ts';

const header = 'indicator;period;numerator;denominator\r\n';
const milestone = 'indicator;period;completed_on;evidence\r\n1.a.1;T5/2022;20/05/2022;12/QĐ-UBND\r\n';
const published = `${header}II.9.1;T4/2022;900;1000\r\nII.9.1;T5/2022;987;1000\r\n`;
/** One figure changed (and lower), one unchanged, one new, and the milestone of May not mentioned. */
const next = `${header}II.9.1;T4/2022;900;1000\r\nII.9.1;T5/2022;980;1000\r\nII.9.1;T6/2022;990;1000\r\n`;
const wrong = `${header}II.9.1;T5/2022;11;10\r\n`;
const counts = { added: 1, changed: 1, unchanged: 1, missing: 1 };

let cloud: Cloud;
let directory: string;
/** The calls of functions since the cloud is up: `request-upload BatchGetItem`. */
const calls: string[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tiendo-dry-run-'));
  const dataDirectory = join(directory, 'data');
  await mkdir(dataDirectory);
  cloud = await startCloud({
    templateDirectory: await synthesizeSmall(),
    dataDirectory,
    startAt: '2022-06-28T01:00:00.000Z',
    intercept({ functionName, action }) {
      calls.push(`${functionName} ${action}`);
      return 'pass';
    },
  });
  for (const content of [milestone, published]) {
    await submitFile(apiAs(cloud, '74'), announce('a.csv', content), new TextEncoder().encode(content));
    await cloud.idle();
  }
});

afterAll(async () => {
  await cloud.close();
  await rm(directory, { recursive: true });
});

/** Asks for a dry run of bytes, or of text in UTF-8, over HTTP. */
async function post(account: string, content: string | Uint8Array<ArrayBuffer>, contentType: string) {
  const response = await fetch(`${cloud.apiUrl}/submissions?dryRun`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${await cloud.issueToken(account)}`,
      'content-type': contentType,
    },
    body: content,
  });
  return { status: response.status, body: z.record(z.string(), z.unknown()).parse(await response.json()) };
}

async function checkByCommand(content: string | Uint8Array, ...options: string[]) {
  const path = join(directory, 'file.csv');
  await writeFile(path, content);
  const machine = {
    environment: { XDG_CONFIG_HOME: directory, TIENDO_TOKEN: await cloud.issueToken('74') },
    workingDirectory: directory,
    nowMs: Date.now,
  };
  return await runCommand(checkCommand(machine), [path, '--unit', '74', '--api', cloud.apiUrl, ...options]);
}

/** Every item and every object, byte by byte, and the messages in queues and mailbox. */
async function storedBytes(): Promise<string[]> {
  const settings = { region, endpoint: cloud.endpoint, credentials: cloud.operatorCredentials };
  const table = DynamoDBDocumentClient.from(new DynamoDBClient(settings));
  const items: string[] = [];
  const TableName = cloud.resources.Table ?? '';
  for await (const { Items = [] } of paginateScan({ client: table }, { TableName })) {
    items.push(...Items.map((item) => JSON.stringify(Object.entries(item).sort())));
  }
  const store = new S3Client(settings);
  const objects: string[] = [];
  for (const [, Bucket] of Object.entries(cloud.resources).filter(([name]) => name.endsWith('Bucket'))) {
    const { Contents = [] } = await store.send(new ListObjectsV2Command({ Bucket }));
    for (const { Key, LastModified } of Contents) {
      const { Body } = await store.send(new GetObjectCommand({ Bucket, Key }));
      objects.push(
        `${Bucket}/${Key} ${LastModified?.toISOString()} ${await Body?.transformToString('base64')}`,
      );
    }
  }
  const { queued } = await takeSnapshot(cloud);
  return [...items.sort(), ...objects, `${queued} queued`, JSON.stringify(cloud.mailbox.messages())];
}

const utf16 = (text: string) =>
  new Uint8Array([
    0xff,
    0xfe,
    ...[...text].flatMap((sign) => [sign.charCodeAt(0) & 0xff, sign.charCodeAt(0) >> 8]),
  ]);

describe('a dry run over HTTP', () => {
  it('says what is new, changed, unchanged and missing, and warns as the pipeline would', async () => {
    const { status, body } = await post('74', next, 'text/csv');
    expect(status).toBe(200);
    expect(dryRunAnswer.parse(body)).toEqual(body);
    expect(body).toMatchObject({
      verdict: 'accepted',
      issueCounts: { 'value-fell': 1 },
      differenceCounts: counts,
      difference: {
        added: [{ period: '2022-06', asAt: '2022-06-28', numerator: 990 }],
        changed: [{ before: { numerator: 987 }, after: { numerator: 980 } }],
        unchanged: [{ period: '2022-04' }],
        missing: [{ indicator: '1.a.1', completedOn: '2022-05-20' }],
      },
    });
  });

  it('finds the bytes that are published already identical', async () => {
    const { body } = await post('74', published, 'application/octet-stream');
    expect(body.issueCounts).toEqual({ 'submission-identical': 1 });
  });

  it("compares with the caller's own unit alone", async () => {
    const { body } = await post('01', milestone, 'text/csv');
    expect(body.differenceCounts).toEqual({ added: 1, changed: 0, unchanged: 0, missing: 0 });
  });

  it('takes UTF-16 byte by byte, and refuses it as text', async () => {
    const { body } = await post('74', utf16(next), 'application/octet-stream');
    expect(body).toMatchObject({
      verdict: 'accepted',
      file: { encoding: 'utf-16le' },
      differenceCounts: counts,
    });
    expect((await post('74', utf16(next), 'text/csv')).status).toBe(415);
  });

  it.each([
    [maxDryRunBytes, 200],
    [maxDryRunBytes + 1, 413],
  ])('of %i bytes is answered %i', async (bytes, status) => {
    const content = next.padEnd(bytes, `${' '.repeat(1000)}\n`);
    const answer = await post('74', content, 'application/octet-stream');
    expect(answer.status).toBe(status);
    if (status === 413) expect(problemAnswer.parse(answer.body).detail.en).toContain('npx tiendo check FILE');
  });

  it.each(['coordinator', 'analyst', 'admin'])('is refused to a %s', async (role) => {
    expect((await post(role, next, 'text/csv')).status).toBe(403);
  });
});

describe('a dry run', () => {
  it.each([
    ['of a good file', next],
    ['of the same bytes', published],
    ['of a bad file', wrong],
  ])('%s leaves every stored byte as it was, and only reads', async (_, content) => {
    const before = await storedBytes();
    calls.length = 0;
    await post('74', content, 'text/csv');
    await checkByCommand(content);
    await cloud.idle();
    expect(calls.filter((call) => !call.endsWith(' AssumeRole')).sort()).toEqual([
      'api BatchGetItem',
      'request-upload BatchGetItem',
    ]);
    expect(await storedBytes()).toEqual(before);
    expect(before.length).toBeGreaterThan(10);
  });

  it.each([
    ['a good file', next, 0],
    ['the same bytes', published, 0],
    ['a bad file', wrong, 1],
    ['UTF-16', utf16(next), 0],
    ['a period in the future of that API', `${header}II.9.1;T7/2022;1;2\r\n`, 1],
  ])('by the command says the same of %s as by the API', async (_, content, exitCode) => {
    const run = await checkByCommand(content, '--json');
    expect(run).toMatchObject({ exitCode, err: '' });
    const { series: __, ...report } = JSON.parse(run.out);
    expect(report).toEqual((await post('74', content, 'application/octet-stream')).body);
  });

  it('by the command shows the difference', async () => {
    const { out, exitCode } = await checkByCommand(next);
    expect(exitCode).toBe(0);
    expect(out).toContain(
      'mới · new 1; thay đổi · changed 1; giữ nguyên · unchanged 1; tệp không nhắc đến · missing 1',
    );
    const lines = out.split('\n').map((line) => line.trim().replace(/ +/g, ' '));
    const asAt = (day: string) => `tính đến · as at ${day}`;
    expect(lines).toContainEqual(expect.stringMatching(/^\+ II\.9\.1 2022-06 .* 99,00 \(990\/1000\)$/));
    expect(lines).toContain(
      `~ II.9.1 2022-05 ${asAt('31/05/2022')} 98,00 (980/1000) trước đây · before 98,70 (987/1000)`,
    );
    expect(lines).toContain(`- 1.a.1 2022-05 ${asAt('31/05/2022')} 100 (20/05/2022)`);
  });

  it('by the command is refused for another unit', async () => {
    const { err, exitCode } = await checkByCommand(next, '--unit', '01');
    expect(exitCode).toBe(3);
    expect(err).toContain('may see its own unit only');
  });
});

describe('what is published', () => {
  it.each([
    [undefined, 3, 2],
    ['2022', 3, 2],
    ['2021', 0, 0],
  ])('of the year %s: %i points of %i files', async (year, points, submissions) => {
    const { body } = await callRoute(apiAs(cloud, '74'), 'GET /units/{unit}/published', {
      params: { unit: '74' },
      query: { year },
    });
    expect(body).toMatchObject({ unit: '74', asOf: '2022-06-28T01:00:00.000Z' });
    expect([body.points.length, body.submissions.length]).toEqual([points, submissions]);
  });

  it('is not for another province, nor of a year that is none', async () => {
    const ask = (account: string, year: string) =>
      callRoute(apiAs(cloud, account), 'GET /units/{unit}/published', {
        params: { unit: '74' },
        query: { year },
      });
    await expect(ask('01', '2022')).rejects.toMatchObject({ status: 403, code: 'unit-forbidden' });
    await expect(ask('74', '22')).rejects.toMatchObject({ status: 400, code: 'request-invalid' });
  });
});
