import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../functions/set-due.ts';
import { keys } from '../../shared/aws/table-keys.ts';
import { coordinator } from '../domain/people.ts';
import { context, httpRequest } from './events.ts';
import { fakeTable } from './fake-table.ts';
import { fakeUnitSessions } from './unit-sessions.ts';

const table = fakeTable();
const bus = mockClient(EventBridgeClient);
fakeUnitSessions();
const now = '2022-07-01T02:00:00.000Z';
const planned = { due: '2022-09-30', reason: 'QĐ 12/QĐ-BCA' };

beforeEach(async () => {
  table.reset();
  bus.reset();
  bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(now) });
  await register('BTTTT');
  return () => vi.useRealTimers();
});

/** Registers somebody of a unit, and nobody else, with the account of the caller. */
async function register(unit: string, scopes?: string[]): Promise<void> {
  table.reset();
  const person = coordinator(unit, { account: 'c0ffee', ...(scopes && { scopes }) });
  await table.putPacked(keys.registry(unit), { unit, version: 1, coordinators: [person], reach: {} });
}

async function set(body: object = planned, id = 'BCA:I.2.1', groups = '[coordinator]') {
  const answer = await handler(
    httpRequest('PUT /obligations/{id}/due', groups, { path: { id }, body }),
    context,
  );
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? '') };
}
const log = (unit = 'BCA') => table.packed(keys.dueDates(unit));
const reported = () => bus.commandCalls(PutEventsCommand).flatMap(({ args: [{ input }] }) => input.Entries);

describe('setting a due date', () => {
  it('is written for the unit, answered with the history, and reported', async () => {
    const entry = { obligation: 'BCA:I.2.1', ...planned, by: 'c0ffee', unit: 'BTTTT', at: now };
    expect(await set()).toEqual({
      status: 200,
      body: { obligation: 'BCA:I.2.1', due: '2022-09-30', dueDates: [entry] },
    });
    expect(log()).toEqual({ unit: 'BCA', version: 1, dueDates: [entry] });
    expect(reported()).toEqual([
      { Source: 'tiendo', DetailType: 'UnitChanged', Detail: JSON.stringify({ unit: 'BCA' }) },
    ]);
  });

  it('sent again writes nothing, and reports again what may not have been reported', async () => {
    bus.on(PutEventsCommand).rejectsOnce(new Error('throttled')).resolves({ FailedEntryCount: 0 });
    expect((await set()).status).toBe(500);
    expect((await set()).status).toBe(200);
    expect(log().version).toBe(1);
    expect(reported()).toHaveLength(2);
  });

  it('can withdraw it again', async () => {
    await set();
    expect((await set({ due: null, reason: 'hoãn' })).body).toMatchObject({
      due: null,
      dueDates: [{ due: '2022-09-30' }, { due: null }],
    });
  });

  it('by two at once loses neither', async () => {
    await Promise.all([set(), set({ due: '2022-10-31', reason: 'QĐ 13' })]);
    expect(log()).toMatchObject({ version: 2, dueDates: [{}, {}] });
  });

  it.each([
    ['BCA', undefined, 'BLDTBXH:I.7.a.1', 200],
    ['BCA', ['I.7.a'], 'BLDTBXH:I.7.a.1', 200],
    ['BCA', ['I.2'], 'BLDTBXH:I.7.a.1', 403],
    ['BCA', undefined, 'BCA:I.2.1', 403],
    ['BLDTBXH', undefined, 'BLDTBXH:I.7.a.1', 403],
    ['VPCP', undefined, 'BCA:6.1', 200],
  ])('by a coordinator of %s with the scopes %j for %s: %i', async (unit, scopes, id, status) => {
    await register(unit, scopes);
    expect((await set(planned, id)).status).toBe(status);
  });

  it.each([
    ['an obligation with a date of its own', planned, '74:II.9.1', 409, 'due-fixed'],
    ['an obligation nobody owes', planned, '74:I.2.1', 404, 'obligation-unknown'],
    ['a day that does not exist', { ...planned, due: '2022-02-30' }, 'BCA:I.2.1', 400, 'request-invalid'],
    ['a day before the directive', { ...planned, due: '2020-12-31' }, 'BCA:I.2.1', 400, 'due-out-of-range'],
    ['no reason', { ...planned, reason: '' }, 'BCA:I.2.1', 400, 'request-invalid'],
    ['no date', { reason: 'x' }, 'BCA:I.2.1', 400, 'request-invalid'],
  ])('is refused for %s', async (_, body, id, status, code) => {
    expect(await set(body, id)).toMatchObject({ status, body: { code } });
    expect([log(), reported()]).toEqual([undefined, []]);
  });

  it.each(['[province unit-BCA]', '[analyst]', '[admin]'])('is refused to %s', async (groups) => {
    expect(await set(planned, 'BCA:I.2.1', groups)).toMatchObject({ status: 403 });
    expect(log()).toBeUndefined();
  });
});
