import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queryCommand } from '../../cli/commands/query.ts';
import { synthesize } from '../../infra/synth.ts';
import type { Cloud } from '../../local/cloud.ts';
import { listExportedFiles } from '../../local/exported-files.ts';
import { apiAs, registerCoordinators } from '../../local/journey.ts';
import { communesOf, districtsOf, loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { submitFile } from '../../shared/client/submit-file.ts';
import type { Indicator, Unit } from '../../shared/domain/catalogue.ts';
import { namedQueries } from '../../shared/domain/named-queries.ts';
import { tables } from '../../shared/domain/tables.ts';
import { runCommand } from '../cli/run-command.ts';
import { announce } from '../harness/scenario.ts';
import { startCloud } from '../harness/start-cloud.ts';

const months = Number(process.env.TIENDO_MONTHS ?? 12);
const hourMs = 3_600_000;
const { directive, tasks, units } = loadCatalogue();

let directory: string;
let dataDirectory: string;
let cloud: Cloud;
let days = 0;
let submissions = 0;
let rows = 0;

/** Every unit reports on every one of its indicators, each month on the 20th; the year begins in April 2022. */
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tiendo-export-'));
  dataDirectory = join(directory, 'data');
  const templateDirectory = join(directory, 'cdk.out');
  await synthesize({ outdir: templateDirectory, bundles: join(directory, 'functions') });
  cloud = await startCloud({ templateDirectory, dataDirectory, startAt: '2022-04-01T00:00:00.000Z' });
  await registerCoordinators(cloud);
  for (let month = 0; month < months; month += 1) {
    const first = Date.UTC(2022, 3 + month, 1);
    const period = new Date(first).toISOString().slice(0, 7);
    await cloud.moveTo(`${period}-20T02:00:00.000Z`);
    for (const unit of units) await send(unit, fileOf(unit, period, (month + 1) / 12));
    const next = new Date(Date.UTC(2022, 4 + month, 1)).toISOString().slice(0, 10);
    await cloud.moveTo(`${next}T00:00:00.000Z`);
    days += (Date.parse(next) - first) / (24 * hourMs);
    console.info(period, submissions, 'submissions', measure().total);
  }
}, 3 * hourMs);

afterAll(async () => {
  await cloud.close();
  rmSync(directory, { recursive: true });
});

type Row = Record<string, string | number>;

async function send({ id }: Unit, file: readonly Row[]): Promise<void> {
  const content = JSON.stringify(file);
  const announced = { ...announce('bao-cao.json', content), contentType: 'application/json' } as const;
  await submitFile(apiAs(cloud, id), announced, new TextEncoder().encode(content));
  submissions += 1;
  rows += file.length;
  await cloud.idle();
}

/** One row for each indicator of a unit; percentages of provinces by district, in every fourth one by commune. */
function fileOf(unit: Unit, period: string, progress: number): Row[] {
  const own = tasks.filter(({ owner }) => owner === '*' || owner === unit.id);
  return own.flatMap(({ indicators }) =>
    indicators.flatMap((indicator) => rowsOf(unit, indicator, progress).map((row) => ({ period, ...row }))),
  );
}

function rowsOf(unit: Unit, { id: indicator, kind }: Indicator, progress: number): Row[] {
  const numerator = Math.floor(1000 * progress);
  if (kind === 'milestone') {
    if (progress < 1)
      return [{ indicator, value: Math.floor(100 * progress), note: 'Đang triển khai theo kế hoạch.' }];
    return [{ indicator, completed_on: '2023-01-10', evidence: '12/QĐ-UBND' }];
  }
  if (kind !== 'percent') return [{ indicator, value: numerator }];
  const districts = unit.kind === 'province' ? districtsOf(unit.id) : [];
  const isByCommune = Number(unit.id) % 4 === 0;
  const areas = isByCommune ? districts.flatMap(({ code }) => communesOf(code)) : districts;
  if (areas.length === 0) return [{ indicator, numerator, denominator: 1000 }];
  return areas.map(({ code }) => ({ indicator, area: code, numerator, denominator: 1000 }));
}

/** Objects and bytes of each table, and of all. */
function measure() {
  const files = (listExportedFiles(dataDirectory) ?? []).map(({ key, path }) => ({
    table: key.slice(0, key.indexOf('/')),
    bytes: statSync(path).size,
  }));
  const sizeOf = (of: typeof files) => ({
    objects: of.length,
    bytes: of.reduce((sum, { bytes }) => sum + bytes, 0),
  });
  const byTable = tables.map(({ name }) => ({
    table: name,
    ...sizeOf(files.filter(({ table }) => table === name)),
  }));
  return { byTable, total: sizeOf(files) };
}

/** Runs the daily export as its schedule does. Returns seconds. */
async function exportAll(): Promise<number> {
  const body = JSON.stringify({ scheduledAt: cloud.clock.now() });
  const record = { messageId: 'm0', receiptHandle: 'r0', body, attributes: {}, eventSource: 'aws:sqs' };
  const startedMs = performance.now();
  const answer = await cloud.invoke(cloud.resources.ExportFunction ?? '', { Records: [record] });
  expect(answer).toEqual({ batchItemFailures: [] });
  return (performance.now() - startedMs) / 1000;
}

describe(`the export after ${months} months of 93 units`, () => {
  it('has a few objects for each unit, one for each file and day, and no more', () => {
    const { byTable, total } = measure();
    console.table(byTable);
    console.info({ days, submissions, rows, ...total });
    const mostObjects = { whole: 1, unit: units.length, submission: submissions, day: days };
    const tooMany = tables.filter(({ name, layout }) => {
      const { objects = 0 } = byTable.find(({ table }) => table === name) ?? {};
      return objects > mostObjects[layout];
    });
    expect(tooMany).toEqual([]);
    expect(byTable.find(({ table }) => table === 'observations')?.objects).toBe(submissions);
  });

  it(
    'is found equal to the store by the daily run, and rebuilt from nothing',
    async () => {
      await exportAll();
      const unchanged = await exportAll();
      const before = measure();
      const client = new S3Client({
        region: 'ap-southeast-1',
        endpoint: cloud.endpoint,
        credentials: cloud.operatorCredentials,
      });
      const bucket = cloud.resources.ExportBucket ?? '';
      for (const { key } of listExportedFiles(dataDirectory) ?? []) {
        await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
      }
      const rebuilt = await exportAll();
      console.info({ unchangedSeconds: unchanged, rebuiltSeconds: rebuilt });
      expect(measure()).toEqual(before);
    },
    hourMs,
  );

  it.each(namedQueries(directive).map(({ name }) => name))('answers %s', async (name) => {
    const machine = { environment: {}, workingDirectory: directory, nowMs: () => 0 };
    const startedMs = performance.now();
    const args = ['--named', name, '--data', dataDirectory, '--json'];
    const { out, err } = await runCommand(queryCommand(machine), args);
    expect(err).toBe('');
    console.info(
      name,
      JSON.parse(out).length,
      'rows',
      ((performance.now() - startedMs) / 1000).toFixed(1),
      's',
    );
  });
});
