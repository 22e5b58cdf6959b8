import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cloud } from '../../local/cloud.ts';
import { apiAs } from '../../local/journey.ts';
import { callRoute } from '../../shared/client/call-route.ts';
import { submitFile } from '../../shared/client/submit-file.ts';
import { registerCoordinator } from '../harness/register-coordinator.ts';
import { announce } from '../harness/scenario.ts';
import { synthesizeSmall } from '../harness/small-assembly.ts';
import { startCloud } from '../harness/start-cloud.ts';

const figures = (numerator: number) =>
  `indicator,period,numerator,denominator\r\nII.9.1,2022-05,${numerator},1000\r\n`;

let cloud: Cloud;
let dataDirectory: string;
let first: string;
let second: string;
let whileBoth: string;

beforeAll(async () => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'tiendo-withdrawal-'));
  const templateDirectory = await synthesizeSmall();
  cloud = await startCloud({ templateDirectory, dataDirectory, startAt: '2022-06-28T01:00:00.000Z' });
  await registerCoordinator(cloud, 'BTTTT', 'coordinator');
  first = await send(figures(900));
  second = await send(figures(987));
  whileBoth = cloud.clock.now();
  await later();
});

afterAll(async () => {
  await cloud.close();
  rmSync(dataDirectory, { recursive: true });
});

const later = () => cloud.moveTo(new Date(cloud.clock.nowMs() + 60_000).toISOString());

async function send(content: string): Promise<string> {
  await later();
  const id = await submitFile(
    apiAs(cloud, '74'),
    announce('a.csv', content),
    new TextEncoder().encode(content),
  );
  await cloud.idle();
  return id;
}

async function withdraw(account: string, id: string, reason = 'gửi nhầm tệp') {
  const query = account === '74' ? {} : { unit: '74' };
  const inputs = { params: { id }, query, body: { reason } };
  const { body } = await callRoute(apiAs(cloud, account), 'POST /submissions/{id}/withdraw', inputs);
  await cloud.idle();
  return body;
}

async function readValue(asOf?: string): Promise<string | null | undefined> {
  const inputs = { params: { unit: '74' }, query: { asOf } };
  const { body } = await callRoute(apiAs(cloud, '74'), 'GET /units/{unit}', inputs);
  return body.assessments.find(({ obligation }) => obligation === '74:II.9.1')?.value;
}

describe('a withdrawn submission', () => {
  it('gives back what it hid, and says who took it back, when and why', async () => {
    expect(await readValue()).toBe('98.70');
    expect(await withdraw('74', second)).toMatchObject({
      state: 'accepted',
      withdrawnAt: cloud.clock.now(),
      withdrawalReason: 'gửi nhầm tệp',
    });
    expect(await readValue()).toBe('90.00');
  });

  it('leaves the past as it was known', async () => {
    expect(await readValue(whileBoth)).toBe('98.70');
  });

  it('stays withdrawn as it was when somebody asks again', async () => {
    const before = await callRoute(apiAs(cloud, '74'), 'GET /submissions/{id}', { params: { id: second } });
    await later();
    expect(await withdraw('coordinator', second, 'lần nữa')).toEqual({
      ...before.body,
      unpublishedCopies: [],
    });
  });

  it('can be sent again, and then counts', async () => {
    await send(figures(987));
    expect(await readValue()).toBe('98.70');
  });

  it('names its copies, which stay unpublished until they are sent again', async () => {
    const original = await send(figures(999));
    const copy = await send(figures(999));
    expect(await withdraw('74', original)).toMatchObject({ unpublishedCopies: [copy] });
    expect(await readValue()).toBe('98.70');
    const sentAgain = await send(figures(999));
    expect(await readValue()).toBe('99.90');
    await later();
    await withdraw('74', sentAgain);
    expect(await readValue()).toBe('98.70');
  });

  it('can be withdrawn by a coordinator, too', async () => {
    await withdraw('coordinator', first);
    expect(await readValue()).toBe('98.70');
  });
});

describe('a withdrawal', () => {
  it.each([
    ['another province', '01', 403],
    ['an analyst', 'analyst', 403],
  ])('by %s is refused', async (_, account, status) => {
    await expect(withdraw(account, first)).rejects.toMatchObject({ status });
  });

  it.each(['', '   '])('without a reason (%j) is refused', async (reason) => {
    await expect(withdraw('74', first, reason)).rejects.toMatchObject({ status: 400 });
  });

  it('of a rejected file is refused: it publishes nothing', async () => {
    const rejected = await send('indicator,period\r\nII.9.1,2022-05\r\n');
    await expect(withdraw('74', rejected)).rejects.toMatchObject({
      status: 409,
      code: 'withdrawal-impossible',
    });
  });

  it('of a submission nobody knows is refused', async () => {
    await expect(withdraw('74', '01G3ABCDEFGHJKMNPQRSTVWXYZ')).rejects.toMatchObject({ status: 404 });
  });
});
