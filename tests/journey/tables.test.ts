import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cloud } from '../../local/cloud.ts';
import { listExportedFiles } from '../../local/exported-files.ts';
import { apiAs } from '../../local/journey.ts';
import { callRoute } from '../../shared/client/call-route.ts';
import { submitFile } from '../../shared/client/submit-file.ts';
import { tables } from '../../shared/domain/tables.ts';
import { announce } from '../harness/scenario.ts';
import { synthesizeSmall } from '../harness/small-assembly.ts';
import { startCloud } from '../harness/start-cloud.ts';
import { type FileRow, filesArbitrary } from './random-files.ts';
import { answerOf, query } from './saved-queries.ts';

let templateDirectory: string;
let dataDirectory: string;
let cloud: Cloud;

beforeAll(async () => {
  templateDirectory = await synthesizeSmall({}, ['27', 'II.7']);
});

async function start(startAt: string): Promise<void> {
  dataDirectory = mkdtempSync(join(tmpdir(), 'tiendo-tables-'));
  cloud = await startCloud({ templateDirectory, dataDirectory, startAt });
}

async function stop(): Promise<void> {
  await cloud.close();
  rmSync(dataDirectory, { recursive: true });
}

const moveBy = (minutes: number) =>
  cloud.moveTo(new Date(cloud.clock.nowMs() + minutes * 60_000).toISOString());

/** Sends one JSON file a minute later, and lets the pipeline work. Returns the submission's id. */
async function send(unit: string, rows: readonly FileRow[]): Promise<string> {
  await moveBy(1);
  const content = JSON.stringify(rows);
  const announced = { ...announce('so-lieu.json', content), contentType: 'application/json' } as const;
  const id = await submitFile(apiAs(cloud, unit), announced, new TextEncoder().encode(content));
  await cloud.idle();
  return id;
}

async function withdraw(unit: string, id: string): Promise<void> {
  await moveBy(1);
  const inputs = { params: { id }, query: {}, body: { reason: 'gửi nhầm tệp' } };
  await callRoute(apiAs(cloud, unit), 'POST /submissions/{id}/withdraw', inputs);
  await cloud.idle();
}

const households = (period: string, numerator: number): FileRow => ({
  indicator: 'II.9.1',
  period,
  numerator,
  denominator: 1000,
});

const exportedFiles = () => listExportedFiles(dataDirectory) ?? [];

/** The objects of the tables, each with a hash of its bytes; not what was made of them for a download. */
function readExport(): Map<string, string> {
  const files = exportedFiles().filter(({ key }) => !key.startsWith('downloads/'));
  const hashOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
  return new Map(files.map(({ key, path }) => [key, hashOf(path)]));
}

const bucket = () => cloud.resources.ExportBucket ?? '';

describe('observations that are current', () => {
  const seed = 20220630;
  const [files = []] = fc.sample(filesArbitrary, { seed, numRuns: 1 });
  const sent: { id: string; receivedOn: string; rows: readonly FileRow[]; isWithdrawn: boolean }[] = [];

  beforeAll(async () => {
    await start('2022-06-20T01:00:00.000Z');
    for (const [index, rows] of files.entries()) {
      // Two files a day: the running month has figures as at several days.
      if (index % 2 === 0) await moveBy(24 * 60);
      const receivedOn = cloud.clock.now().slice(0, 10);
      sent.push({ id: await send('27', rows), receivedOn, rows, isWithdrawn: false });
    }
  });
  afterAll(stop);

  /** Each row as text, by what counts it: indicator, period and as-at day; the last file that has it has it whole. */
  function expectedRows(): string[] {
    const lastDays: Readonly<Record<string, string>> = {
      '2022-03': '2022-03-31',
      '2022-04': '2022-04-30',
      '2022-Q1': '2022-03-31',
      '2022-05-15': '2022-05-15',
      '2022-06': '2022-06-30',
    };
    const points = new Map<string, string[]>();
    for (const { id, receivedOn, rows, isWithdrawn } of sent) {
      if (isWithdrawn) continue;
      const numbered = rows.map((row, index) => ({ row, position: index + 1 }));
      for (const [key, ofPoint] of Map.groupBy(numbered, ({ row }) => {
        const last = lastDays[row.period] ?? '';
        return `${row.indicator} ${row.period} ${last < receivedOn ? last : receivedOn}`;
      })) {
        const asAt = key.split(' ')[2];
        points.set(
          key,
          ofPoint.map(({ row, position }) =>
            JSON.stringify([
              id,
              position,
              row.indicator,
              row.period,
              asAt,
              row.area ?? null,
              row.numerator ?? null,
              row.denominator ?? null,
              row.value ?? null,
              row.completed_on ?? null,
              row.evidence ?? null,
              row.note ?? null,
            ]),
          ),
        );
      }
    }
    return [...points.values()].flat().sort();
  }

  async function currentRows(): Promise<string[]> {
    const columns =
      'submission_id, row_number, indicator_id, period, as_at, area_id, numerator, denominator, value, completed_on, evidence, note';
    const sql = `SELECT ${columns} FROM current_observations WHERE is_current`;
    const rows: Record<string, unknown>[] = JSON.parse(await query(dataDirectory, sql, '--json'));
    return rows.map((row) => JSON.stringify(Object.values(row))).sort();
  }

  it(`are the rows of the latest accepted file for each point (20 random files, seed ${seed})`, async () => {
    const texts = files.flat().map((row) => JSON.stringify(row));
    for (const special of ['9007199254740991', '-22.5', '"numerator":0', 'Ử Ữ', '\\n', '"area"']) {
      expect(texts.some((text) => text.includes(special))).toBe(true);
    }
    const states = await answerOf(
      dataDirectory,
      'SELECT state, count(*) AS n FROM submissions GROUP BY state',
    );
    expect(states).toEqual([{ state: 'accepted', n: '20' }]);
    expect(await currentRows()).toEqual(expectedRows());
  });

  it('are those of the files before when some are withdrawn', async () => {
    for (const index of [19, 4, 11, 18]) {
      const one = sent[index];
      if (!one) throw new RangeError('there are 20 files');
      await withdraw('27', one.id);
      one.isWithdrawn = true;
    }
    const expected = expectedRows();
    expect(expected.length).toBeGreaterThan(10);
    expect(await currentRows()).toEqual(expected);
  });
});

describe('the tables', () => {
  let corrected: string;
  let withdrawn: string;

  beforeAll(async () => {
    await start('2022-06-30T01:00:00.000Z');
    await send('74', [households('2022-04', 950), households('2022-05', 960)]);
    corrected = await send('74', [households('2022-05', 970)]);
    withdrawn = await send('01', [
      { indicator: '1.a.1', period: '2022-05', completed_on: '2022-05-20', evidence: '12/QĐ-UBND' },
    ]);
    await cloud.moveTo('2022-07-01T10:00:00.000Z');
    await send('74', [households('2022-06', 987)]);
  });
  afterAll(stop);

  const known = () => answerOf(dataDirectory, '--named', 'known-on', '--param', 'day=2022-07-01');
  const valuesOf = async (sql: string) => JSON.parse(await query(dataDirectory, sql, '--json'));

  it('say what was known on a day alike before and after a later correction and a withdrawal', async () => {
    // The first second of 2 July in Vietnam.
    await cloud.moveTo('2022-07-01T17:00:00.000Z');
    const before = await known();
    expect(before.map(({ unit_id, period, numerator }) => [unit_id, period, numerator])).toEqual([
      ['01', '2022-05', ''],
      ['74', '2022-04', '950'],
      ['74', '2022-05', '970'],
      ['74', '2022-06', '987'],
    ]);
    await send('74', [households('2022-05', 940)]);
    await withdraw('01', withdrawn);
    await withdraw('74', corrected);
    expect(await known()).toEqual(before);
    const now = await answerOf(dataDirectory, '--named', 'known-on');
    expect(now.map(({ unit_id, period, numerator }) => [unit_id, period, numerator])).toEqual([
      ['74', '2022-04', '950'],
      ['74', '2022-05', '940'],
      ['74', '2022-06', '987'],
    ]);
  });

  it('say who corrected and who withdrew what, and why', async () => {
    const answer = await answerOf(dataDirectory, '--named', 'corrections');
    expect(
      answer
        .map(({ act, unit_id, numerator_before, numerator_after, reason }) => [
          act,
          unit_id,
          numerator_before,
          numerator_after,
          reason,
        ])
        .toReversed(),
    ).toEqual([
      ['corrected', '74', '960', '970', ''],
      ['corrected', '74', '970', '940', ''],
      ['withdrawn', '01', '', '', 'gửi nhầm tệp'],
    ]);
    const accounts = new Set(answer.map(({ changed_by }) => changed_by));
    expect(accounts.size).toBe(2);
    expect(accounts).not.toContain('');
  });

  it('keep the assessments of past days as they were known then', async () => {
    await cloud.moveTo('2022-07-02T18:30:00.000Z');
    const states = await valuesOf(
      "SELECT assessed_on, state, value FROM assessments WHERE obligation_id = '01:1.a.1' ORDER BY assessed_on",
    );
    expect(states).toEqual([
      { assessed_on: '2022-06-30', state: 'met', value: 100 },
      { assessed_on: '2022-07-01', state: 'met', value: 100 },
      { assessed_on: '2022-07-02', state: 'overdue', value: null },
    ]);
  });

  it('have the alerts that were decided, and nobody’s address', async () => {
    const [{ missed }] = await valuesOf(
      "SELECT count(*) AS missed FROM alerts WHERE kind = 'deadline-missed'",
    );
    expect(missed).toBeGreaterThan(0);
  });

  describe('of the API', () => {
    const download = async (account: string, table: string, asked: { format?: 'parquet'; unit?: string }) => {
      const inputs = { params: { table }, query: asked };
      const { body } = await callRoute(apiAs(cloud, account), 'GET /exports/{table}', inputs);
      const response = await fetch(body.url);
      expect(response.status).toBe(200);
      return { url: body.url, bytes: new Uint8Array(await response.arrayBuffer()) };
    };
    const ofUnits = tables.filter(
      ({ layout, columns }) => layout !== 'whole' && columns.some(({ name }) => name === 'unit_id'),
    );

    it.each(ofUnits.map(({ name, layout }) => [name, layout]))(
      'give a province no row of another unit: %s',
      async (table, layout) => {
        await expect(download('74', table, { unit: '01' })).rejects.toMatchObject({ status: 403 });
        if (layout === 'day') {
          await expect(download('74', table, {})).rejects.toMatchObject({ status: 403 });
          return;
        }
        const { bytes } = await download('74', table, { format: 'parquet' });
        const rows = await parquetReadObjects({ file: bytes.buffer, columns: ['unit_id'] });
        expect(new Set(rows.map(({ unit_id }) => unit_id))).toEqual(new Set(rows.length > 0 ? ['74'] : []));
      },
    );

    it('cannot be led to another unit by another address', async () => {
      const { url } = await download('74', 'points', { format: 'parquet' });
      expect(url).toContain('unit%3D74');
      const response = await fetch(url.replace('unit%3D74', 'unit%3D01'));
      expect(response.status).toBe(403);
    });

    it.each(['74', 'coordinator', 'analyst', 'admin'])(
      'give %s the rows as CSV that Excel opens',
      async (account) => {
        const { bytes } = await download(account, 'points', { unit: '74' });
        const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
        expect(text).toMatch(/^\u{FEFF}unit_id;indicator_id;/u);
        expect(text).toMatch(/\r\n74;II\.9\.1;2022-05;2022-05-31;940;1000;94;/);
      },
    );
  });

  describe('beside which something was lost', () => {
    const objects = () =>
      new S3Client({
        region: 'ap-southeast-1',
        endpoint: cloud.endpoint,
        credentials: cloud.operatorCredentials,
      });

    it('are mended by the next daily run after a lost event', async () => {
      const isReported = ([key]: [string, string]) => /^(observations|points|submissions)\//.test(key);
      const before = [...readExport()].filter(isReported);
      expect(before.length).toBeGreaterThan(8);
      const client = objects();
      // As if the events of the last files had been lost: rows are missing, the points are others.
      const points = { Bucket: bucket(), Key: 'points/unit=74/points.parquet' };
      const other = await client.send(
        new GetObjectCommand({ ...points, Key: 'points/unit=01/points.parquet' }),
      );
      await client.send(
        new PutObjectCommand({
          ...points,
          Body: (await other.Body?.transformToByteArray()) ?? new Uint8Array(),
        }),
      );
      for (const { key } of exportedFiles().filter((file) => file.key.startsWith('observations/unit=74/'))) {
        await client.send(new DeleteObjectCommand({ Bucket: bucket(), Key: key }));
      }
      expect(await known()).toHaveLength(2);
      await cloud.moveTo('2022-07-03T18:30:00.000Z');
      expect([...readExport()].filter(isReported)).toEqual(before);
      expect(await known()).toHaveLength(4);
    });

    it('are the same bytes when all of them are made anew', async () => {
      const before = readExport();
      const client = objects();
      for (const { key } of exportedFiles()) {
        await client.send(new DeleteObjectCommand({ Bucket: bucket(), Key: key }));
      }
      expect(await known()).toEqual([]);
      const body = JSON.stringify({ scheduledAt: cloud.clock.now() });
      const record = { messageId: 'm0', receiptHandle: 'r0', body, attributes: {}, eventSource: 'aws:sqs' };
      await cloud.invoke(cloud.resources.ExportFunction ?? '', { Records: [record] });
      expect([...readExport()]).toEqual([...before]);
    });
  });
});
