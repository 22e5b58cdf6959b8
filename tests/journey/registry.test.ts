import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cloud } from '../../local/cloud.ts';
import { apiAs } from '../../local/journey.ts';
import { ApiProblem } from '../../shared/client/api.ts';
import { callRoute } from '../../shared/client/call-route.ts';
import { addDays, atHour, dayOf } from '../../shared/domain/calendar.ts';
import { synthesizeSmall } from '../harness/small-assembly.ts';
import { startCloud } from '../harness/start-cloud.ts';

const first = {
  id: '74-1',
  name: 'Đầu mối tỉnh Bình Dương',
  language: 'vi' as const,
  email: 'dau-moi-1@tinh74.example',
  phone: '+84900000001',
  account: 'coordinator@tiendo.test',
};
const second = { id: '74-2', name: 'Liaison', language: 'en' as const, email: 'dau-moi-2@tinh74.example' };

let cloud: Cloud;
let dataDirectory: string;

beforeAll(async () => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'tiendo-registry-'));
  const templateDirectory = await synthesizeSmall();
  cloud = await startCloud({ templateDirectory, dataDirectory, startAt: '2022-06-28T01:00:00.000Z' });
});
afterAll(async () => {
  await cloud.close();
  rmSync(dataDirectory, { recursive: true });
});

const register = async (...coordinators: (typeof first | typeof second)[]) =>
  (
    await callRoute(apiAs(cloud, 'admin'), 'PUT /units/{unit}/coordinators', {
      params: { unit: '74' },
      body: { coordinators },
    })
  ).body.coordinators;

/** How everybody can be reached, as a coordinator reads it. */
async function reach() {
  const { body } = await callRoute(apiAs(cloud, 'coordinator'), 'GET /coordinators', {});
  return Object.fromEntries(body.coordinators.map((one) => [one.id, one.reach]));
}

/** Until the daily comparison of the next day is done. */
async function nextMorning(): Promise<void> {
  await cloud.moveTo(atHour(addDays(dayOf(cloud.clock.now()), 1), 6));
  await cloud.idle();
}

const mailbox = async (path: string) => (await fetch(`${cloud.apiUrl}/mailbox/${path}`)).status;
const subscriptionOf = (email: string) => cloud.topics.subscriptionsOf(email)[0]?.arn ?? '';

describe('the registry of coordinators', () => {
  it('subscribes whom an admin registers, and knows them by their account', async () => {
    const registered = await register(first, second);
    expect(registered[0]?.account).toMatch(/^[0-9a-f-]{36}$/);
    expect(await reach()).toEqual({ '74-1': { email: 'live', sms: 'live' }, '74-2': { email: 'live' } });
    await nextMorning();
    expect(await reach()).toEqual({ '74-1': { email: 'live', sms: 'live' }, '74-2': { email: 'live' } });
  });

  it('notices the next morning who has unsubscribed or refuses SMS, and leaves them alone', async () => {
    expect(await mailbox(`unsubscribe?subscription=${encodeURIComponent(subscriptionOf(first.email))}`)).toBe(
      200,
    );
    expect(await mailbox(`opt-out?phone=${encodeURIComponent(first.phone)}`)).toBe(200);
    await nextMorning();
    await nextMorning();
    expect(await reach()).toEqual({ '74-1': { email: 'gone', sms: 'gone' }, '74-2': { email: 'live' } });
    expect(cloud.topics.subscriptionsOf(first.email)).toEqual([]);
  });

  it('subscribes them again when they are registered again', async () => {
    await register(first, second);
    expect((await reach())['74-1']).toEqual({ email: 'live', sms: 'gone' });
    cloud.topics.optIn(first.phone);
    await nextMorning();
    expect((await reach())['74-1']).toEqual({ email: 'live', sms: 'live' });
  });

  it('ends the subscription of whoever was taken off the list', async () => {
    await register(first);
    expect(cloud.topics.subscriptionsOf(second.email)).toHaveLength(1);
    await nextMorning();
    expect(cloud.topics.subscriptionsOf(second.email)).toEqual([]);
    expect(cloud.topics.subscriptionsOf(first.email)).toHaveLength(1);
  });

  it('refuses an account nobody signs in with, and says how to make it', async () => {
    const refused = await register({ ...first, account: 'nobody@tiendo.test' }).catch(
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(ApiProblem);
    expect(refused).toMatchObject({
      code: 'coordinators-invalid',
      places: [{ at: 'coordinators.0.account', code: 'account-unknown' }],
    });
  });
});
