import { beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../functions/api.ts';
import { keys } from '../../shared/aws/table-keys.ts';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { type Acknowledgement, maxAcknowledgementDays } from '../../shared/domain/acknowledgement.ts';
import { type Alert, emptyLedger } from '../../shared/domain/alert.ts';
import { deriveCauses } from '../../shared/domain/alert-causes.ts';
import { mergeCauses } from '../../shared/domain/alert-ledger.ts';
import { addDays, dayOf, endOfDay } from '../../shared/domain/calendar.ts';
import { emptyRegistry } from '../../shared/domain/coordinator.ts';
import { alertGrounds } from '../domain/alert-grounds.ts';
import { missedAlert } from '../domain/people.ts';
import { context, httpRequest } from './events.ts';
import { fakeTable } from './fake-table.ts';
import { fakeUnitSessions } from './unit-sessions.ts';

const table = fakeTable();
fakeUnitSessions();
const catalogue = loadCatalogue();
const office = '[province unit-74]';
const now = '2022-07-12T02:00:00.000Z';
const alert = missedAlert();
const resolvedAt = '2022-07-10T03:00:00.000Z';
const resolved: Alert = {
  ...alert,
  id: 'deadline-missed|74:1.a.1|2022-06-30T17:00:00.000Z',
  subject: '74:1.a.1',
  indicator: '1.a.1',
  stages: [...alert.stages, { stage: 'resolved', at: resolvedAt, decidedAt: resolvedAt }],
};
const said: Acknowledgement = {
  alert: alert.id,
  by: 's',
  unit: '74',
  standing: 'unit',
  comment: 'đang làm',
  at: '2022-07-02T01:00:00.000Z',
  until: endOfDay('2022-07-05'),
};

beforeEach(async () => {
  table.reset();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(now) });
  await table.putPacked(keys.alerts('74'), { unit: '74', version: 1, alerts: [alert, resolved] });
  const acknowledgements = [said, { ...said, alert: resolved.id }];
  await table.putPacked(keys.acknowledgements('74'), { unit: '74', version: 2, acknowledgements });
  return () => vi.useRealTimers();
});

async function get(route: string, groups: string, query: Record<string, string> = {}, id = alert.id) {
  const path = route.includes('{id}') ? { path: { id } } : {};
  const answer = await handler(httpRequest(`GET ${route}`, groups, { ...path, query }), context);
  const body = answer.body ?? '';
  return { status: answer.statusCode, body: JSON.parse(body), bytes: Buffer.byteLength(body) };
}
async function statesOf(groups: string, query: Record<string, string>) {
  const { body } = await get('/alerts', groups, query);
  return Object.fromEntries(
    body.alerts.map(({ subject, state }: Record<string, string>) => [subject, state]),
  );
}

describe('the alerts of a unit', () => {
  it.each([
    ['2022-06-30', {}],
    ['2022-07-01', { '74:II.9.1': 'open', '74:1.a.1': 'open' }],
    ['2022-07-02T00:59:59.999Z', { '74:II.9.1': 'open', '74:1.a.1': 'open' }],
    ['2022-07-02T01:00:00.000Z', { '74:II.9.1': 'acknowledged', '74:1.a.1': 'acknowledged' }],
    ['2022-07-06', { '74:II.9.1': 'open', '74:1.a.1': 'open' }],
    ['2022-07-10T02:59:59.999Z', { '74:II.9.1': 'open', '74:1.a.1': 'open' }],
    ['2022-07-10T03:00:00.000Z', { '74:II.9.1': 'open', '74:1.a.1': 'resolved' }],
  ])('as of %s are as they were known then', async (asOf, states) => {
    expect(await statesOf(office, { asOf })).toEqual(states);
    expect(await statesOf('[analyst]', { asOf, unit: '74' })).toEqual(states);
  });

  it('are all of them by default, as of now, or those in one state', async () => {
    const { body } = await get('/alerts', office);
    expect(body).toMatchObject({ asOf: now, unit: '74', alerts: [{ state: 'open' }, { state: 'resolved' }] });
    expect(await statesOf(office, { state: 'resolved' })).toEqual({ '74:1.a.1': 'resolved' });
    expect(await statesOf(office, { state: 'superseded' })).toEqual({});
  });

  it('are those known now when a day to come is asked for, and say so', async () => {
    expect((await get('/alerts', office, { asOf: '2030-01-01' })).body).toEqual(
      (await get('/alerts', office)).body,
    );
  });

  it.each([
    [{ state: 'closed' }, 400, 'request-invalid'],
    [{ asOf: '2022-02-30' }, 400, 'as-of-invalid'],
    [{ unit: '79' }, 403, 'unit-forbidden'],
    [{ after: '79' }, 403, 'unit-forbidden'],
  ])('asked for by %j are refused', async (query, status, code) => {
    expect(await get('/alerts', office, query)).toMatchObject({ status, body: { code } });
  });
});

describe('one alert', () => {
  it('has every acknowledgement, lapsed ones too', async () => {
    const { status, body } = await get('/alerts/{id}', office);
    expect([status, body]).toEqual([200, { ...alert, state: 'open', acknowledgements: [said] }]);
    expect((await get('/alerts/{id}', '[analyst]')).body).toEqual(body);
    expect((await get('/alerts/{id}', office, { asOf: '2022-07-01' })).body.acknowledgements).toEqual([]);
  });

  it.each([
    [office, 'unit-74'],
    ['[admin]', 'test'],
  ])('is read by %s with the credentials of %s', async (groups, accessKey) => {
    await get('/alerts/{id}', groups);
    await get('/alerts', groups, { unit: '74' });
    const used = table.mock.calls().map(async ({ thisValue }) => thisValue.config.credentials());
    const accessKeys = (await Promise.all(used)).map(({ accessKeyId }) => accessKeyId);
    expect(new Set(accessKeys)).toEqual(new Set([accessKey]));
  });

  it.each([
    [alert.id, { asOf: '2022-06-30' }, office, 404, 'alert-unknown'],
    ['x', {}, office, 404, 'alert-unknown'],
    [alert.id.replace('74:', '79:'), {}, office, 403, 'unit-forbidden'],
    [alert.id.replace('74:', '79:'), {}, '[admin]', 404, 'alert-unknown'],
    [alert.id.replace('74:', '99:'), {}, '[admin]', 404, 'alert-unknown'],
  ])('%s with %j, asked for by %s: %i', async (id, query, groups, status, code) => {
    expect(await get('/alerts/{id}', groups, query, id)).toMatchObject({ status, body: { code } });
  });
});

describe('the alerts of all units', () => {
  it('are those that last, each with its first and its latest stage', async () => {
    const stages = ['missed', 'day-7', 'day-14'].map((stage) => ({
      stage,
      at: resolvedAt,
      decidedAt: resolvedAt,
    }));
    const other = { ...alert, unit: 'VPCP', subject: 'VPCP:1.b.1', stages };
    await table.putPacked(keys.alerts('VPCP'), { unit: 'VPCP', version: 1, alerts: [other] });
    const { body } = await get('/alerts', '[coordinator]');
    const short = { ...other, state: 'open', stages: [stages[0], stages[2]] };
    expect(body).toEqual({ asOf: now, alerts: expect.arrayContaining([{ ...alert, state: 'open' }, short]) });
    expect(body.alerts).toHaveLength(2);
    expect(await statesOf('[admin]', { state: 'resolved' })).toEqual({ '74:1.a.1': 'resolved' });
    expect(await statesOf('[analyst]', { asOf: '2022-07-03' })).toMatchObject({
      '74:II.9.1': 'acknowledged',
    });
  });

  it('are refused after a unit nobody knows', async () => {
    const { status, body } = await get('/alerts', '[analyst]', { after: '7' });
    expect([status, body.code]).toEqual([404, 'unit-unknown']);
  });

  it('come in pages of less than 1 MiB, though nobody ever reported and everybody acknowledged', async () => {
    const asOf = endOfDay('2023-12-31');
    vi.setSystemTime(Date.parse(asOf));
    const expected: string[] = [];
    for (const { id: unit } of catalogue.units) {
      const grounds = alertGrounds({ catalogue, unitId: unit, registry: emptyRegistry(unit), asOf });
      const ledger = mergeCauses(emptyLedger(unit), deriveCauses(grounds), asOf);
      const lasting = ledger.alerts.filter(({ stages }) =>
        stages.every(({ stage }) => stage !== 'resolved' && stage !== 'superseded'),
      );
      expected.push(...lasting.map(({ id }) => id));
      const acknowledgements = lasting.map((one) => ({
        ...said,
        alert: one.id,
        comment: 'Đang rà soát số liệu. '.repeat(22),
        at: asOf,
        until: endOfDay(addDays(dayOf(asOf), maxAcknowledgementDays)),
      }));
      await table.putPacked(keys.alerts(unit), { ...ledger, version: 1 });
      await table.putPacked(keys.acknowledgements(unit), { unit, version: 1, acknowledgements });
    }
    expect(expected.length).toBeGreaterThan(1900);
    const found: string[] = [];
    const sizes: number[] = [];
    for (let after: string | undefined = ''; after !== undefined; ) {
      const page: Awaited<ReturnType<typeof get>> = await get('/alerts', '[analyst]', {
        asOf,
        ...(after && { after }),
      });
      found.push(...page.body.alerts.map(({ id }: { id: string }) => id));
      sizes.push(page.bytes);
      after = page.body.next;
    }
    expect(found).toEqual(expected);
    expect(Math.max(...sizes)).toBeLessThan(1024 * 1024);
    expect(sizes.length).toBeLessThan(10);
  });
});

describe('silences', () => {
  const silence = {
    id: '01G3ABCDEFGHJKMNPQRSTVWXYZ',
    target: { unit: '74' },
    by: 's',
    unit: 'BTTTT',
    reason: 'bão lũ',
    at: '2022-07-01T00:00:00.000Z',
    until: endOfDay('2022-07-31'),
  };

  it.each([
    ['[coordinator]', 200],
    ['[analyst]', 200],
    ['[admin]', 200],
    [office, 403],
  ])('can be read by %s: %i', async (groups, status) => {
    await table.putPacked(keys.silences(), { version: 1, silences: [silence] });
    const answer = await get('/silences', groups);
    expect(answer.status).toBe(status);
    if (status === 200)
      expect(answer.body).toEqual({ asOf: now, silences: [{ ...silence, isInForce: true }] });
  });

  it('are none at first', async () => {
    expect((await get('/silences', '[admin]')).body).toEqual({ asOf: now, silences: [] });
  });
});

describe('the due date of an obligation', () => {
  const entry = {
    obligation: 'BCA:I.2.1',
    due: '2022-09-30',
    by: 's',
    unit: 'BTTTT',
    reason: 'QĐ 12',
    at: '2022-07-01T00:00:00.000Z',
  };

  it.each([
    ['[province unit-BCA]', 'BCA:I.2.1', 200],
    ['[analyst]', 'BCA:I.2.1', 200],
    ['[analyst]', 'BCA:6.1', 200],
    [office, 'BCA:I.2.1', 403],
    [office, '74:II.9.1', 409],
    ['[admin]', '74:I.2.1', 404],
  ])('is answered to %s for %s: %i', async (groups, id, status) => {
    const dueDates = [entry, { ...entry, obligation: 'BCA:6.2', due: null }];
    await table.putPacked(keys.dueDates('BCA'), { unit: 'BCA', version: 2, dueDates });
    const answer = await get('/obligations/{id}/due', groups, {}, id);
    expect(answer.status).toBe(status);
    if (status !== 200) return;
    const isSet = id === 'BCA:I.2.1';
    expect(answer.body).toEqual({
      obligation: id,
      due: isSet ? '2022-09-30' : null,
      dueDates: isSet ? [entry] : [],
    });
  });
});
