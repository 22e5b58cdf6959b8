import { beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../functions/silence.ts';
import { keys } from '../../shared/aws/table-keys.ts';
import { coordinator } from '../domain/people.ts';
import { context, httpRequest } from './events.ts';
import { fakeTable } from './fake-table.ts';

const table = fakeTable();
const now = '2022-07-01T02:00:00.000Z';
const ofUnit = { target: { unit: '74' }, reason: 'bão lũ', until: '2022-07-31' };

beforeEach(async () => {
  table.reset();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(now) });
  const person = coordinator('BTTTT', { account: 'c0ffee' });
  await table.putPacked(keys.registry('BTTTT'), {
    unit: 'BTTTT',
    version: 1,
    coordinators: [person],
    reach: {},
  });
  return () => vi.useRealTimers();
});

const read = (answer: Awaited<ReturnType<typeof handler>>) => ({
  status: answer.statusCode,
  body: JSON.parse(answer.body ?? ''),
});
const start = async (body: object = ofUnit, groups = '[coordinator]') =>
  read(await handler(httpRequest('POST /silences', groups, { body }), context));
const end = async (id: string) =>
  read(await handler(httpRequest('POST /silences/{id}/end', '[coordinator]', { path: { id } }), context));
const log = () => table.packed(keys.silences());

describe('a silence', () => {
  it('is written beside all others and answered', async () => {
    const { status, body } = await start();
    expect([status, body]).toEqual([
      201,
      {
        id: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
        target: { unit: '74' },
        by: 'c0ffee',
        unit: 'BTTTT',
        reason: 'bão lũ',
        at: now,
        until: '2022-07-31T16:59:59.999Z',
        isInForce: true,
      },
    ]);
    const { isInForce: _, ...stored } = body;
    expect(log()).toEqual({ version: 1, silences: [stored] });
  });

  it('sent again is the same one, and nothing is written', async () => {
    const first = await start();
    table.mock.resetHistory();
    expect(await start()).toEqual({ status: 200, body: first.body });
    expect(table.written()).toEqual([]);
  });

  it('by two at once loses neither', async () => {
    await Promise.all([start(), start({ ...ofUnit, target: { task: 'II.9' } })]);
    expect(log()).toMatchObject({ version: 2, silences: [{}, {}] });
  });

  it('can be ended once; again changes nothing', async () => {
    const { body } = await start();
    const ended = { ...body, endedAt: now, endedBy: 'c0ffee', isInForce: false };
    expect(await end(body.id)).toEqual({ status: 200, body: ended });
    expect(log()).toMatchObject({ version: 2, silences: [{ endedAt: now }] });
    expect(await end(body.id)).toEqual({ status: 200, body: ended });
    expect(log().version).toBe(2);
  });

  it.each([
    ['no target', { ...ofUnit, target: {} }, 400, 'request-invalid'],
    ['two targets', { ...ofUnit, target: { unit: '74', task: 'II.9' } }, 400, 'request-invalid'],
    ['no reason', { ...ofUnit, reason: '' }, 400, 'request-invalid'],
    ['no date', { ...ofUnit, until: 'mai' }, 400, 'until-invalid'],
    ['the ninety-first day', { ...ofUnit, until: '2022-09-30' }, 400, 'until-invalid'],
    ['a unit nobody knows', { ...ofUnit, target: { unit: '7' } }, 404, 'unit-unknown'],
    [
      'a coordinator nobody knows',
      { ...ofUnit, target: { coordinator: '74-1' } },
      404,
      'silence-target-unknown',
    ],
  ])('with %s is refused', async (_, body, status, code) => {
    expect(await start(body)).toMatchObject({ status, body: { code } });
    expect(log()).toBeUndefined();
  });

  it.each(['[province unit-74]', '[analyst]', '[admin]'])('is refused to %s', async (groups) => {
    expect(await start(ofUnit, groups)).toMatchObject({ status: 403, body: { code: 'role-forbidden' } });
  });

  it('is refused to whom nobody registered', async () => {
    table.reset();
    expect(await start()).toMatchObject({ status: 403, body: { code: 'not-registered' } });
    expect(await end('x')).toMatchObject({ status: 403, body: { code: 'not-registered' } });
  });

  it('of an id nobody knows cannot be ended', async () => {
    expect(await end('x')).toMatchObject({ status: 404, body: { code: 'silence-unknown' } });
  });
});
