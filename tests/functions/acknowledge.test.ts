import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../functions/acknowledge.ts';
import { keys } from '../../shared/aws/table-keys.ts';
import { coordinator, missedAlert } from '../domain/people.ts';
import { context, httpRequest } from './events.ts';
import { fakeTable } from './fake-table.ts';
import { fakeUnitSessions } from './unit-sessions.ts';

const table = fakeTable();
fakeUnitSessions();
const office = '[province unit-74]';
const alert = missedAlert();
const now = '2022-07-01T02:00:00.000Z';

beforeEach(async () => {
  table.reset();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(now) });
  await table.putPacked(keys.alerts('74'), { unit: '74', version: 1, alerts: [alert] });
  return () => vi.useRealTimers();
});

async function register(unit: string, scopes?: string[]) {
  const person = coordinator(unit, { account: 'c0ffee', ...(scopes && { scopes }) });
  await table.putPacked(keys.registry(unit), { unit, version: 1, coordinators: [person], reach: {} });
}

async function acknowledge(groups: string, body: object = {}, id = alert.id) {
  const said = { comment: 'đang làm', until: '2022-07-08', ...body };
  const request = httpRequest('POST /alerts/{id}/acknowledge', groups, { path: { id }, body: said });
  const { statusCode, body: answer = '' } = await handler(request, context);
  return { statusCode, body: JSON.parse(answer) };
}
const log = () => table.packed(keys.acknowledgements('74'));

describe('acknowledging an alert', () => {
  it('is written for the unit and answered with the alert', async () => {
    const entry = {
      alert: alert.id,
      by: 'c0ffee',
      unit: '74',
      standing: 'unit',
      comment: 'đang làm',
      at: now,
      until: '2022-07-08T16:59:59.999Z',
    };
    expect(await acknowledge(office)).toEqual({
      statusCode: 201,
      body: { ...alert, state: 'acknowledged', acknowledgement: entry, acknowledgements: [entry] },
    });
    expect(log()).toEqual({ unit: '74', version: 1, acknowledgements: [entry] });
  });

  it('again is a further entry, one version on', async () => {
    await acknowledge(office);
    const { body } = await acknowledge(office, { until: '2022-07-04' });
    expect(body.acknowledgement.until).toBe('2022-07-04T16:59:59.999Z');
    expect(log()).toMatchObject({ version: 2, acknowledgements: [{}, {}] });
  });

  it('loses nothing that somebody else says in the same moment', async () => {
    const other = { ...coordinator('74'), at: now };
    let hasInterfered = false;
    const original = table.mock.commandCalls(PutCommand).length;
    expect(original).toBe(0);
    const write = table.mock.send.bind(table.mock);
    expect(write).toBeDefined();
    const present = async () => {
      if (hasInterfered) return;
      hasInterfered = true;
      const { id: alertId } = alert;
      const entry = {
        alert: alertId,
        by: other.id,
        unit: '74',
        standing: 'unit',
        comment: 'trước',
        at: now,
        until: '2022-07-02T16:59:59.999Z',
      };
      await table.putPacked(keys.acknowledgements('74'), {
        unit: '74',
        version: 1,
        acknowledgements: [entry],
      });
    };
    const both = await Promise.all([acknowledge(office), present()]);
    expect(both[0].statusCode).toBe(201);
    expect(log()?.acknowledgements.map(({ comment }: { comment: string }) => comment)).toEqual([
      'trước',
      'đang làm',
    ]);
  });
});
