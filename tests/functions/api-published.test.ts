import { beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../functions/api.ts';
import { pack } from '../../shared/aws/packed-items.ts';
import { storeHead } from '../../shared/aws/stored-head.ts';
import { keys } from '../../shared/aws/table-keys.ts';
import { emptyHead, publish, withdraw } from '../../shared/domain/head.ts';
import { context, httpRequest } from './events.ts';
import { fakeTable } from './fake-table.ts';
import { fakeUnitSessions } from './unit-sessions.ts';

const table = fakeTable();
fakeUnitSessions();
const office = '[province unit-74]';
const now = '2022-07-01T01:00:00.000Z';
const sha256 = 'a'.repeat(64);

/** Two files about the same month, the second withdrawn again: id, acceptance, value. */
const first = { id: '01G3ABCDEFGHJKMNPQRSTVWXY1', at: '2022-06-20T03:00:00.000Z', value: '97' };
const second = { id: '01G3ABCDEFGHJKMNPQRSTVWXY2', at: '2022-06-21T03:00:00.000Z', value: '99.25' };
const withdrawnAt = '2022-06-22T03:00:00.000Z';

beforeEach(async () => {
  table.reset();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(now) });
  let head = emptyHead('74', 2022);
  const publications = [];
  for (const { id, at, value } of [first, second]) {
    const figure = { indicator: 'II.9.1', period: '2022-05', asAt: '2022-05-31', value, areas: 0 };
    head = publish(head, { id, sha256, receivedAt: at, figures: [figure] }, at);
    publications.push({ submissionId: id, receivedAt: at, acceptedAt: at, figures: [figure] });
    table.put(keys.figures('74', id), { content: await pack({ submission: id, figures: [figure] }) });
    const row = { row: 2, indicator: 'II.9.1', period: '2022-05', area: '', value };
    table.put(keys.rows('74', id, 1), { content: await pack([row, { ...row, row: 3, period: '2022-04' }]) });
  }
  head = withdraw(
    head,
    { submissionId: second.id, by: 'office', reason: 'nhầm tệp' },
    publications,
    withdrawnAt,
  );
  await table.putPacked(keys.head('74', 2022), storeHead(head));
  return () => vi.useRealTimers();
});

async function get(
  route: string,
  path: Record<string, string>,
  query: Record<string, string>,
  groups = office,
) {
  const { statusCode, body } = await handler(httpRequest(`GET ${route}`, groups, { path, query }), context);
  return { status: statusCode, body: JSON.parse(body ?? '') };
}

/** Instants around each change, and the figure that is known then. */
const knownAt: [asOf: string | undefined, value: string | undefined][] = [
  ['2022-06-19', undefined],
  ['2022-06-20T02:59:59.999Z', undefined],
  ['2022-06-20T03:00:00.000Z', first.value],
  ['2022-06-21T02:59:59.999Z', first.value],
  ['2022-06-21T03:00:00.000Z', second.value],
  ['2022-06-22T02:59:59.999Z', second.value],
  ['2022-06-22T03:00:00.000Z', first.value],
  [undefined, first.value],
];

describe('what a unit has published', () => {
  const published = (query: Record<string, string>, unit = '74') =>
    get('/units/{unit}/published', { unit }, query);

  it.each(knownAt)('as of %s is the figure %s', async (asOf, value) => {
    const { body } = await published(asOf ? { asOf } : {});
    expect(body.points.map((point: { value: string }) => point.value)).toEqual(value ? [value] : []);
  });

  it('names the files accepted by then, and the instant it speaks of', async () => {
    const files = [first, second].map(({ id }) => ({ id, sha256 }));
    expect((await published({ asOf: '2022-06-20' })).body).toMatchObject({
      asOf: '2022-06-20T16:59:59.999Z',
      submissions: files.slice(0, 1),
    });
    expect((await published({})).body).toMatchObject({ asOf: now, submissions: files });
  });

  it('is of one year where one is asked for', async () => {
    expect((await published({ asOf: '2022-06-30', year: '2021' })).body.points).toEqual([]);
    expect((await published({ asOf: '2022-06-30', year: '2022' })).body.points).toHaveLength(1);
  });

  it.each([
    ['another unit', '58', {}, 403],
    ['another unit of the past', '58', { asOf: '2022-06-20' }, 403],
    ['no day', '74', { asOf: '20/06/2022' }, 400],
  ])('is refused for %s', async (_, unit, query, status) => {
    expect((await published(query, unit)).status).toBe(status);
  });
});

describe('the rows behind a figure', () => {
  const rows = (query: Record<string, string>) =>
    get(
      '/units/{unit}/points/{indicator}/{period}/rows',
      { unit: '74', indicator: 'II.9.1', period: '2022-05' },
      query,
    );

  it.each(knownAt)('as of %s are those of the figure %s', async (asOf, value) => {
    const { status, body } = await rows(asOf ? { asOf } : {});
    expect(status).toBe(value ? 200 : 404);
    expect(body.rows?.map((row: { value: string }) => row.value)).toEqual(value ? [value] : undefined);
  });

  it('are those of the figure as at the day asked for, where there is one', async () => {
    expect((await rows({ asAt: '2022-05-31' })).body.submission).toBe(first.id);
    expect(await rows({ asAt: '2022-05-30' })).toMatchObject({
      status: 404,
      body: { code: 'point-unknown' },
    });
  });
});
