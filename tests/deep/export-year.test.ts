import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queryCommand } from '../../cli/commands/query.ts';
import { synthesize } from '../../infra/synth.ts';
import type { Cloud } from '../../local/cloud.ts';
import { listExportedFiles } from '../../local/exported-files.ts';
import { apiAs } from '../../local/journey.ts';
import { communesOf, districtsOf, loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { submitFile } from '../../shared/client/submit-file.ts';
import type { Indicator, Unit } from '../../shared/domain/catalogue.ts';
import { namedQueries } from '../../shared/domain/named-queries.ts';
import { type TableName, tables } from '../../shared/domain/tables.ts';
import { runCommand } from '../cli/run-command.ts';
import { emptyExport, exportDaily, readExport } from '../harness/export-bucket.ts';
import { keepSteps } from '../harness/keep-steps.ts';
import { announce } from '../harness/scenario.ts';
import { startCloud } from '../harness/start-cloud.ts';

const months = Number(process.env.TIENDO_MONTHS ?? 12);
const hourMs = 3_600_000;
const { directive, tasks, units } = loadCatalogue();

let directory: string;
let dataDirectory: string;
let cloud: Cloud;
let submissions = 0;
let rows = 0;

/**
 * Every unit reports on every one of its indicators, each month on the 20th; the year begins in April 2022. The export
 * follows each file, and the daily run is done once a month: it makes every day that lacks its assessments. Nothing else
 * runs, so that a year is played in minutes; alerts, acknowledgements and notifications would be one object a unit each.
 */
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tiendo-export-'));
  dataDirectory = join(directory, 'data');
  const templateDirectory = join(directory, 'cdk.out');
  await synthesize({ outdir: templateDirectory, builds: directory });
  keepSteps(templateDirectory, ['ingest', 'export']);
  cloud = await startCloud({ templateDirectory, dataDirectory, startAt: '2022-04-01T00:00:00.000Z' });
  for (let month = 0; month < months; month += 1) {
    const period = dateOf(month, 1).slice(0, 7);
    // The clock jumps: schedules on the way do not run.
    cloud.clock.moveTo(`${period}-20T02:00:00.000Z`);
    await Promise.all(units.map((unit) => send(unit, fileOf(unit, period, (month + 1) / 12))));
    await cloud.idle();
    cloud.clock.moveTo(`${dateOf(month + 1, 1)}T00:00:00.000Z`);
    await exportDaily(cloud);
    console.info(period, submissions, 'submissions', measure().total);
  }
}, 3 * hourMs);

afterAll(async () => {
  await cloud.close();
  rmSync(directory, { recursive: true });
});

/** A day of the n-th month of the year, from 0. */
function dateOf(month: number, day: number): string {
  return new Date(Date.UTC(2022, 3 + month, day)).toISOString().slice(0, 10);
}

type Row = Record<string, string | number>;

async function send({ id }: Unit, file: readonly Row[]): Promise<void> {
  const content = JSON.stringify(file);
  const announced = { ...announce('bao-cao.json', content), contentType: 'application/json' } as const;
  await submitFile(apiAs(cloud, id), announced, new TextEncoder().encode(content));
  submissions += 1;
  rows += file.length;
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

async function secondsOf(act: () => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  await act();
  return Math.round((performance.now() - startedMs) / 100) / 10;
}

const objectsOf = (name: TableName) => measure().byTable.find(({ table }) => table === name)?.objects ?? 0;

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

describe(`the export after ${months} months of 93 units`, () => {
  it('has a few objects for each unit, one for each file and day, and no more', () => {
    const { byTable, total } = measure();
    console.table(byTable);
    // From the day of the first acceptance to yesterday.
    const days = (Date.parse(dateOf(months, 1)) - Date.parse(dateOf(0, 20))) / (24 * hourMs);
    console.info({ days, submissions, rows, ...total });
    const mostObjects = { whole: 1, unit: units.length, submission: submissions, day: days };
    const tooMany = tables.filter(({ name, layout }) => objectsOf(name) > mostObjects[layout]);
    expect(tooMany).toEqual([]);
    expect(objectsOf('observations')).toBe(units.length * months);
    expect(objectsOf('assessments')).toBe(days);
    expect(objectsOf('points')).toBe(units.length);
  });

  it(
    'is found equal to the store by the daily run, and rebuilt from nothing',
    async () => {
      const before = await readExport(cloud);
      const unchangedSeconds = await secondsOf(() => exportDaily(cloud));
      expect(await readExport(cloud)).toEqual(before);
      await emptyExport(cloud);
      const rebuiltSeconds = await secondsOf(() => exportDaily(cloud));
      console.info({ unchangedSeconds, rebuiltSeconds });
      expect(await readExport(cloud)).toEqual(before);
    },
    hourMs,
  );

  it.each(namedQueries(directive).map(({ name }) => name))('answers %s', async (name) => {
    const machine = { environment: {}, workingDirectory: directory, nowMs: () => 0 };
    const args = ['--named', name, '--data', dataDirectory, '--json'];
    const startedMs = performance.now();
    const { out, err } = await runCommand(queryCommand(machine), args);
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    expect(err).toBe('');
    console.info(`${name}: ${JSON.parse(out).length} rows, ${seconds} s`);
  });
});
