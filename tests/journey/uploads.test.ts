import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Cloud } from '../../local/cloud.ts';
import { apiAs } from '../../local/journey.ts';
import { callApi } from '../../shared/client/api.ts';
import { putFile, requestUpload, type Upload } from '../../shared/client/submit-file.ts';
import { submissionSchema } from '../../shared/domain/submission.ts';
import { announce } from '../harness/scenario.ts';
import { synthesizeSmall } from '../harness/small-assembly.ts';
import { startCloud } from '../harness/start-cloud.ts';

const good = 'indicator,period,numerator,denominator\r\nII.9.1,2022-05,987,1000\r\n';
const minuteMs = 60_000;

let cloud: Cloud;
let dataDirectory: string;

beforeAll(async () => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'tiendo-uploads-'));
  const templateDirectory = await synthesizeSmall();
  cloud = await startCloud({ templateDirectory, dataDirectory, startAt: '2022-06-28T01:00:00.000Z' });
});

afterAll(async () => {
  await cloud.close();
  rmSync(dataDirectory, { recursive: true });
});

const encode = (text: string) => new TextEncoder().encode(text);
const ask = (content = good) => requestUpload(apiAs(cloud, '74'), announce('tháng 5.csv', content));
const later = (ms: number) => cloud.moveTo(new Date(cloud.clock.nowMs() + ms).toISOString());

/** Sends a PUT as it is told to, without a client that would set the length right by itself. */
async function put(url: string, headers: Record<string, string>, body: string): Promise<number | undefined> {
  return await new Promise((resolve, reject) => {
    const sending = request(url, { method: 'PUT', headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    sending.on('error', reject).end(body);
  });
}

async function stateOf({ id }: Upload): Promise<string> {
  const { state } = await callApi(
    apiAs(cloud, '74'),
    { method: 'GET', path: `/submissions/${id}` },
    submissionSchema,
  );
  return state;
}

describe('an upload', () => {
  it('of exactly the announced file is taken, and ends accepted', async () => {
    const upload = await ask();
    await putFile(upload, encode(good));
    await cloud.idle();
    expect(await stateOf(upload)).toBe('accepted');
  });

  it.each([
    [
      'with a changed byte',
      (upload: Upload) => put(upload.upload.url, upload.upload.headers, good.replace('987', '988')),
    ],
    [
      'with a longer body that says so',
      ({ upload }: Upload) =>
        put(upload.url, { ...upload.headers, 'content-length': String(good.length + 1) }, `${good}x`),
    ],
    [
      'with another type',
      ({ upload }: Upload) => put(upload.url, { ...upload.headers, 'content-type': 'text/html' }, good),
    ],
    [
      'without the condition that makes it the only one',
      ({ upload: { url, headers } }: Upload) => {
        const { 'if-none-match': _, ...rest } = headers;
        return put(url, rest, good);
      },
    ],
    [
      "to another unit's key",
      ({ upload }: Upload) => put(upload.url.replace(/\/74\//, '/01/'), upload.headers, good),
    ],
    [
      'by another method',
      async ({ upload }: Upload) => (await fetch(upload.url, { headers: upload.headers })).status,
    ],
  ])('%s is refused', async (_, send) => {
    const upload = await ask();
    expect(await send(upload)).toBeOneOf([400, 403]);
    await cloud.idle();
    expect(await stateOf(upload)).toBe('requested');
  });

  it('is refused the second time, and the first stays', async () => {
    const upload = await ask();
    await putFile(upload, encode(good));
    await expect(putFile(upload, encode(good))).rejects.toMatchObject({ status: 412 });
  });

  it.each([
    [5 * minuteMs - 1000, 200],
    [5 * minuteMs + 1000, 403],
  ])('%i ms after it was asked for is answered %i', async (ms, status) => {
    const { upload } = await ask();
    await later(ms);
    expect(await put(upload.url, upload.headers, good)).toBe(status);
  });

  it('that is never put expires', async () => {
    const upload = await ask();
    await later(31 * minuteMs);
    expect(await stateOf(upload)).toBe('expired');
  });
});

describe("another province's token", () => {
  it.each(['/submissions?unit=74', '/units/74', '/alerts?unit=74', '/units/74/coordinators', '/scoreboard'])(
    'does not read %s',
    async (path) => {
      const reading = callApi(apiAs(cloud, '01'), { method: 'GET', path }, z.unknown());
      await expect(reading).rejects.toMatchObject({ status: 403 });
    },
  );

  it('does not find a submission that is not its own', async () => {
    const { id } = await ask();
    const reading = callApi(apiAs(cloud, '01'), { method: 'GET', path: `/submissions/${id}` }, z.unknown());
    await expect(reading).rejects.toMatchObject({ status: 404, code: 'submission-unknown' });
  });

  it.each(['coordinator', 'analyst', 'admin'])('nor does a %s ask for an upload', async (role) => {
    await expect(requestUpload(apiAs(cloud, role), announce('a.csv', good))).rejects.toMatchObject({
      status: 403,
    });
  });

  it('nor does nobody', async () => {
    const anonymous = { url: cloud.apiUrl, accessToken: async () => 'none' };
    await expect(requestUpload(anonymous, announce('a.csv', good))).rejects.toMatchObject({ status: 401 });
  });
});
