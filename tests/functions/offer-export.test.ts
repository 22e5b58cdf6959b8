import { beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../functions/offer-export.ts';
import { writeParquet } from '../../shared/aws/parquet-file.ts';
import { readParquet } from '../../shared/aws/parquet-rows.ts';
import { dayKey, submissionKey, unitKey, wholeKey } from '../../shared/domain/tables/object-keys.ts';
import { type RowOf, tableOf } from '../../shared/domain/tables.ts';
import { context, httpRequest } from './events.ts';
import { fakeExports } from './fake-exports.ts';
import { fakeUnitSessions } from './unit-sessions.ts';

fakeUnitSessions();
const bucket = fakeExports();
const office = '[province unit-74]';
const analyst = '[analyst]';
const now = '2022-07-01T01:00:00.000Z';

beforeEach(() => {
  bucket.reset();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(now) });
  for (const unit of ['01', '74']) put(unitKey('points', unit), 'points', [point(unit)]);
  return () => vi.useRealTimers();
});

const point = (unit: string): RowOf<'points'> => ({
  unit_id: unit,
  indicator_id: 'II.9.1',
  period: '2022-05',
  as_at: '2022-05-31',
  numerator: null,
  denominator: null,
  value: '-3.5',
  value_text: '-3.5',
  completed_on: null,
  areas: 0,
  submission_id: '01G3ABCDEFGHJKMNPQRSTVWXYZ',
  received_at: now,
  accepted_at: now,
  known_from: now,
  known_to: null,
});

function put(key: string, name: 'points', rows: RowOf<'points'>[]): void {
  bucket.objects.set(key, writeParquet(tableOf(name), rows));
}

async function ask(groups: string, table: string, query: Record<string, string> = {}) {
  const request = httpRequest('GET /exports/{table}', groups, { path: { table }, query });
  const { statusCode, body } = await handler(request, context);
  return { statusCode, body: JSON.parse(body ?? '') };
}

/** The key, and the access key it is signed with: that of the unit's session, or the function's own. */
function signedFor(url: string) {
  const { pathname, searchParams } = new URL(url);
  return {
    key: decodeURIComponent(pathname.slice(1)),
    by: searchParams.get('X-Amz-Credential')?.split('/')[0],
    seconds: searchParams.get('X-Amz-Expires'),
    disposition: searchParams.get('response-content-disposition'),
  };
}

const text = (key: string) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bucket.objects.get(key));
const puts = () => bucket.changes();

describe('a download as Parquet', () => {
  it('is the file there is, where there is one', async () => {
    const { body } = await ask(analyst, 'points', { format: 'parquet', unit: '74' });
    expect(body).toMatchObject({ fileName: 'points-74.parquet', expiresAt: '2022-07-01T01:05:00.000Z' });
    expect(signedFor(body.url)).toMatchObject({
      key: 'points/unit=74/points.parquet',
      by: 'test',
      seconds: '300',
    });
    expect(puts()).toEqual([]);
  });

  it('puts the files of all units together, in the order of their keys', async () => {
    const { body } = await ask(analyst, 'points', { format: 'parquet' });
    const { key } = signedFor(body.url);
    expect(key).toMatch(/^downloads\/all\/points-[0-9a-f]{64}\.parquet$/);
    const rows = await Array.fromAsync(
      readParquet(tableOf('points'), bucket.objects.get(key) ?? new Uint8Array()),
    );
    expect(rows).toEqual([point('01'), point('74')]);
  });

  it('has the columns where there are no rows yet', async () => {
    const { body } = await ask(analyst, 'alerts', { format: 'parquet' });
    const { key } = signedFor(body.url);
    const bytes = bucket.objects.get(key) ?? new Uint8Array();
    expect(await Array.fromAsync(readParquet(tableOf('alerts'), bytes))).toEqual([]);
  });
});

describe('a download as CSV', () => {
  it.each([
    [';', ';', '-3,5'],
    ['tab', '\t', '-3,5'],
    [',', ',', '-3.5'],
  ])(
    'with %s is for Excel: a byte order mark, real negatives, the decimal sign that fits',
    async (asked, separator, value) => {
      const { body } = await ask(analyst, 'points', { unit: '74', separator: asked });
      expect(body.fileName).toBe('points-74.csv');
      const { key, disposition } = signedFor(body.url);
      expect(disposition).toContain('points-74.csv');
      const [heading = '', row = ''] = text(key).split('\r\n');
      expect(heading.startsWith(`\ufeffunit_id${separator}indicator_id${separator}`)).toBe(true);
      expect(row.split(separator).slice(0, 8)).toEqual([
        '74',
        'II.9.1',
        '2022-05',
        '2022-05-31',
        '',
        '',
        value,
        "'-3.5",
      ]);
    },
  );

  it('is made once for the same rows, and anew for others', async () => {
    const { body: one } = await ask(analyst, 'points', { unit: '74' });
    await ask(analyst, 'points', { unit: '74' });
    expect(puts()).toHaveLength(1);
    put(unitKey('points', '74'), 'points', [point('74'), point('74')]);
    const { body: other } = await ask(analyst, 'points', { unit: '74' });
    expect(signedFor(other.url).key).not.toBe(signedFor(one.url).key);
  });

  it('of assessments is of the latest day, or of the one asked for', async () => {
    for (const day of ['2022-06-29', '2022-06-30']) {
      bucket.objects.set(dayKey('assessments', day), writeParquet(tableOf('assessments'), []));
    }
    expect((await ask(analyst, 'assessments')).body.fileName).toBe('assessments-2022-06-30.csv');
    const asked = await ask(analyst, 'assessments', { day: '2022-06-29' });
    expect(asked.body.fileName).toBe('assessments-2022-06-29.csv');
  });

  it('is refused where it would be too much for one file', async () => {
    bucket.objects.set(submissionKey('74', '01G3', 1), new Uint8Array(16 * 1024 * 1024 + 1));
    const { statusCode, body } = await ask(analyst, 'observations', { unit: '74' });
    expect([statusCode, body.code]).toEqual([413, 'export-too-large']);
  });
});

describe('a province', () => {
  it('gets its own part with the credentials of its unit, and leaves its file under its own prefix', async () => {
    const { body } = await ask(office, 'points');
    const { key, by } = signedFor(body.url);
    expect(by).toBe('unit-74');
    expect(key).toMatch(/^downloads\/unit=74\/points-/);
    expect(text(key)).toContain('74;II.9.1');
    expect(text(key)).not.toContain('01;II.9.1');
    const listed = bucket.mock
      .calls()
      .flatMap(({ args: [{ input }] }) => ('Prefix' in input ? [input.Prefix] : []));
    expect(listed.map(String).filter((prefix) => !prefix.includes('/unit=74/'))).toEqual([]);
  });

  it('gets the tables of the catalogue like everybody', async () => {
    bucket.objects.set(wholeKey('units'), writeParquet(tableOf('units'), []));
    const { body } = await ask(office, 'units', { format: 'parquet' });
    expect(signedFor(body.url)).toMatchObject({ key: 'units/units.parquet', by: 'test' });
  });
});
