import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cloud } from '../../local/cloud.ts';
import { apiAs } from '../../local/journey.ts';
import { callRoute } from '../../shared/client/call-route.ts';
import { submitFile } from '../../shared/client/submit-file.ts';
import { minBytesForProgress } from '../../shared/domain/submission.ts';
import { announce } from '../harness/scenario.ts';
import { synthesizeSmall } from '../harness/small-assembly.ts';
import { startCloud } from '../harness/start-cloud.ts';

const header = 'indicator;period;numerator;denominator\r\n';
const wrong = `Báo cáo tháng 5\r\n${header}II.9.1;T5/2022;x;1000\r\nII.9.1;T4/2022;5;4\r\n`;
const good = `${header}II.9.1;T5/2022;987;1000\r\n`;
const minuteMs = 60_000;

let cloud: Cloud;
let dataDirectory: string;

beforeAll(async () => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'tiendo-reports-'));
  const templateDirectory = await synthesizeSmall();
  cloud = await startCloud({ templateDirectory, dataDirectory, startAt: '2022-06-28T01:00:00.000Z' });
});

afterAll(async () => {
  await cloud.close();
  rmSync(dataDirectory, { recursive: true });
});

const later = (ms: number) => cloud.moveTo(new Date(cloud.clock.nowMs() + ms).toISOString());

async function put(fileName: string, content: string): Promise<string> {
  return await submitFile(apiAs(cloud, '74'), announce(fileName, content), new TextEncoder().encode(content));
}

async function send(fileName: string, content: string): Promise<string> {
  const id = await put(fileName, content);
  await cloud.idle();
  return id;
}

type Kind = 'issues.csv' | 'annotated';

async function ask(id: string, kind: Kind, account = '74') {
  const inputs = { params: { id }, query: account === '74' ? {} : { unit: '74' } };
  return (await callRoute(apiAs(cloud, account), `GET /submissions/{id}/${kind}`, inputs)).body;
}

async function read(id: string): Promise<{ state: string; progress?: { rows: number } | undefined }> {
  const { body } = await callRoute(apiAs(cloud, '74'), 'GET /submissions/{id}', { params: { id } });
  return body;
}

describe('the files beside the report of a rejected file', () => {
  let id: string;
  beforeAll(async () => {
    id = await send('báo cáo "5".csv', wrong);
  });

  it('are the list of all issues, for Excel', async () => {
    const { url, fileName, expiresAt } = await ask(id, 'issues.csv');
    const response = await fetch(url);
    const list = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
    expect(fileName).toBe('báo cáo 5-tiendo-danh-sach-loi.csv');
    expect(expiresAt).toBe(new Date(cloud.clock.nowMs() + 5 * minuteMs).toISOString());
    expect(list).toMatch(/^\uFEFFDòng;Cột;Ô;/);
    expect(list).toMatch(/\r\n3;numerator;C3;x;.*not-a-number;Lỗi;/);
    expect(list).toMatch(/\r\n4;.*numerator-exceeds-denominator;Lỗi;/);
  });

  it('are the file itself with what was found at each row, which gives the same issues again', async () => {
    const { url, fileName } = await ask(id, 'annotated');
    const response = await fetch(url);
    expect(fileName).toBe('báo cáo 5-tiendo-loi.csv');
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="bao cao 5-tiendo-loi.csv"; filename*=UTF-8''b%C3%A1o%20c%C3%A1o%205-tiendo-loi.csv`,
    );
    expect(response.headers.get('content-type')).toBe('text/csv');
    const copy = await response.text();
    expect(copy).toMatch(/^Báo cáo tháng 5\r\n.*;tiendo: lỗi\r\nII\.9\.1;T5\/2022;x;1000;.*\[not-a-number\]/);
    const again = await send(fileName, copy);
    const issuesOf = async (one: string) =>
      (await callRoute(apiAs(cloud, '74'), 'GET /submissions/{id}/issues', { params: { id: one } })).body;
    expect((await issuesOf(again)).issues).toEqual((await issuesOf(id)).issues);
  });

  it.each(['coordinator', 'analyst', 'admin'])('can be read by a %s', async (account) => {
    const { url } = await ask(id, 'annotated', account);
    expect((await fetch(url)).status).toBe(200);
  });

  it("are not another province's to read", async () => {
    for (const kind of ['issues.csv', 'annotated'] as const) {
      const inputs = { params: { id } };
      const asked = callRoute(apiAs(cloud, '01'), `GET /submissions/{id}/${kind}`, inputs);
      await expect(asked).rejects.toMatchObject({ status: 404, code: 'submission-unknown' });
      await expect(ask(id, kind, '01')).rejects.toMatchObject({ status: 403, code: 'unit-forbidden' });
    }
  });

  it.each([
    ['the key of another unit', (url: string) => url.replace('/74/', '/01/')],
    ['another file', (url: string) => url.replace('.issues.csv', '.json')],
    ['another name', (url: string) => url.replace('tiendo', 'other')],
  ])('are signed: a URL changed to %s is refused', async (_, change) => {
    const { url } = await ask(id, 'issues.csv');
    expect(change(url)).not.toBe(url);
    expect((await fetch(change(url))).status).toBe(403);
  });

  it.each([
    [5 * minuteMs - 1000, 200],
    [5 * minuteMs + 1000, 403],
  ])('%i ms after they were asked for are answered %i', async (ms, status) => {
    const { url } = await ask(id, 'issues.csv');
    await later(ms);
    expect((await fetch(url)).status).toBe(status);
  });
});

it('the file that was sent can be had back, byte for byte', async () => {
  const id = await send('báo cáo 6.csv', wrong);
  const { body } = await callRoute(apiAs(cloud, '74'), 'GET /submissions/{id}/file', { params: { id } });
  expect(body.fileName).toBe('báo cáo 6.csv');
  const response = await fetch(body.url);
  expect(response.headers.get('content-disposition')).toContain('attachment; filename="bao cao 6.csv"');
  expect(await response.text()).toBe(wrong);
});

it('a file in which nothing was found has neither', async () => {
  const id = await send('a.csv', good);
  for (const kind of ['issues.csv', 'annotated'] as const) {
    await expect(ask(id, kind)).rejects.toMatchObject({ status: 404, code: 'report-file-missing' });
  }
});

describe('a large file', () => {
  it('tells how far its check is, until it has its outcome', async () => {
    const row = `II.9.1;T5/2022;x;1000;${'n'.repeat(1900)}\r\n`;
    const content =
      header.replace('\r\n', ';note\r\n') + row.repeat(Math.ceil(minBytesForProgress / row.length));
    const id = await put('a.csv', content);
    const seen: Awaited<ReturnType<typeof read>>[] = [];
    let isIdle = false;
    const idle = cloud.idle().then(() => {
      isIdle = true;
    });
    while (!isIdle) seen.push(await read(id));
    await idle;
    expect(seen.find(({ state, progress }) => state === 'checking' && progress)?.progress).toMatchObject({
      rows: expect.any(Number),
      bytes: expect.any(Number),
      ofBytes: content.length,
    });
    const outcome = await read(id);
    expect(outcome.state).toBe('rejected');
    expect(outcome).not.toHaveProperty('progress');
  });
});
