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

/** Registers somebody of a unit with the account of the caller. */
async function register(unit: string, scopes?: string[]): Promise<void> {
  const person = coordinator(unit, { account: 'c0ffee', ...(scopes && { scopes }) });
  await table.putPacked(keys.registry(unit), { unit, version: 1, coordinators: [person], reach: {} });
}

async function acknowledge(groups: string, said: object = {}, id = alert.id) {
  const body = { comment: 'đang làm', until: '2022-07-08', ...said };
  const answer = await handler(
    httpRequest('POST /alerts/{id}/acknowledge', groups, { path: { id }, body }),
    context,
  );
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? '') };
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
      status: 201,
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

  it('by two at once loses neither', async () => {
    await Promise.all([acknowledge(office, { comment: 'một' }), acknowledge(office, { comment: 'hai' })]);
    const comments = log().acknowledgements.map(({ comment }: { comment: string }) => comment);
    expect(comments.sort()).toEqual(['hai', 'một']);
    expect(log().version).toBe(2);
  });

  it.each([
    ['BTTTT', undefined, 'body'],
    ['VPCP', ['74'], 'top'],
    ['74', ['II.9'], 'unit'],
  ])('by a coordinator of %s with the scopes %j says the level: %s', async (unit, scopes, standing) => {
    await register(unit, scopes);
    const { status, body } = await acknowledge('[coordinator]');
    expect([status, body.acknowledgement]).toEqual([201, expect.objectContaining({ unit, standing })]);
  });

  it('touches the unit with credentials of that unit, the registries with its own', async () => {
    await register('BTTTT');
    await acknowledge('[coordinator]');
    const used = table.mock.calls().map(async ({ thisValue, args: [{ input }] }) => {
      const { accessKeyId } = await thisValue.config.credentials();
      return `${accessKeyId} ${JSON.stringify(input).includes('#REGISTRY') ? 'registries' : 'items'}`;
    });
    expect(new Set(await Promise.all(used))).toEqual(new Set(['test registries', 'unit-74 items']));
  });
});

describe('an acknowledgement is refused', () => {
  it.each([
    ['to an admin', '[admin]', {}, 403, 'role-forbidden'],
    ['to an analyst', '[analyst]', {}, 403, 'role-forbidden'],
    ['to another unit', '[province unit-79]', {}, 403, 'unit-forbidden'],
    ['to a unit of a similar id', '[province unit-7]', {}, 403, 'unit-forbidden'],
    ['to whom nobody registered', '[coordinator]', {}, 403, 'not-registered'],
    ['without comment', office, { comment: ' ' }, 400, 'request-invalid'],
    ['with a comment too long', office, { comment: 'a'.repeat(501) }, 400, 'request-invalid'],
    ['until a day that does not exist', office, { until: '2022-02-30' }, 400, 'request-invalid'],
    ['until an instant', office, { until: now }, 400, 'request-invalid'],
    ['until a day that has passed', office, { until: '2022-06-30' }, 400, 'until-invalid'],
    ['until the fifteenth day', office, { until: '2022-07-16' }, 400, 'until-invalid'],
  ])('%s', async (_, groups, said, status, code) => {
    expect(await acknowledge(groups, said)).toMatchObject({ status, body: { code } });
    expect(log()).toBeUndefined();
  });

  it.each([
    ['VPCP', ['01', 'II.8']],
    ['01', undefined],
  ])('to a coordinator of %s with the scopes %j', async (unit, scopes) => {
    await register(unit, scopes);
    expect(await acknowledge('[coordinator]')).toMatchObject({ status: 403, body: { code: 'out-of-scope' } });
    expect(log()).toBeUndefined();
  });

  it('once the alert is over', async () => {
    const stages = [...alert.stages, { stage: 'resolved', at: now, decidedAt: now }];
    await table.putPacked(keys.alerts('74'), { unit: '74', version: 2, alerts: [{ ...alert, stages }] });
    expect(await acknowledge(office)).toMatchObject({ status: 409, body: { code: 'alert-closed' } });
    expect(log()).toBeUndefined();
  });

  it.each([
    ['deadline-missed|74:II.9.1|2022-06-29T17:00:00.000Z', office],
    ['74:II.9.1', office],
    ['deadline-missed|99:II.9.1|2022-06-30T17:00:00.000Z', '[coordinator]'],
  ])('for an alert nobody decided: %s', async (id, groups) => {
    await register('VPCP');
    expect(await acknowledge(groups, {}, id)).toMatchObject({ status: 404, body: { code: 'alert-unknown' } });
  });
});
