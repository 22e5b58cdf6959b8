import { addDays, type Day, dayOf, type Instant } from '../domain/calendar.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import type { Publication } from '../domain/observation.ts';
import { assessmentRows } from '../domain/tables/assessment-rows.ts';
import {
  type AreaEntry,
  areaRows,
  coordinatingBodyRows,
  indicatorRows,
  taskRows,
  unitRows,
} from '../domain/tables/dimension-rows.ts';
import {
  dayKey,
  dayOfKey,
  folderOf,
  maxRowsPerObject,
  submissionKey,
  submissionKeys,
  submissionOfKey,
  unitKey,
  unitTableNames,
  wholeKey,
} from '../domain/tables/object-keys.ts';
import { observationRowOf } from '../domain/tables/observation-rows.ts';
import type { Row } from '../domain/tables/table.ts';
import { type UnitRecords, unitTables } from '../domain/tables/unit-tables.ts';
import { type TableName, tableOf } from '../domain/tables.ts';
import type { Clients } from './clients.ts';
import { loadDueDates } from './due-dates.ts';
import {
  createExported,
  deleteExported,
  ExportOvertakenError,
  listExported,
  type PresentObjects,
  replaceExported,
} from './export-objects.ts';
import { replaceTable } from './exported-tables.ts';
import { loadPublications, loadRows } from './figures.ts';
import { loadHeads } from './heads.ts';
import { inParallel } from './in-parallel.ts';
import { ParquetFile, writeParquet } from './parquet-file.ts';
import { loadUnitRecords } from './unit-records.ts';

/** How many units are worked at together; each holds one group of rows at most. */
const unitsAtATime = 4;
const maxRounds = 3;

/** How many objects were written or deleted. */
export interface Exported {
  objectsChanged: number;
}

/**
 * Makes the objects of units what the store says, and writes nothing where they are. Each unit's points come last,
 * so that whoever finds a point finds its observations. Of runs at once, the one that read first gives way and
 * reads again.
 */
export async function exportUnits(
  clients: Clients,
  catalogue: Catalogue,
  units: readonly string[],
  now: () => Instant,
): Promise<Exported> {
  const exported = { objectsChanged: 0 };
  let pending = units;
  for (let round = 1; pending.length > 0; round += 1) {
    const overtaken: string[] = [];
    const present = await listUnits(clients, pending);
    const recordsOf = await loadUnitRecords(clients, pending, catalogue.directive.firstYear, now());
    await inParallel(pending, unitsAtATime, async (unit) => {
      try {
        exported.objectsChanged += await exportUnit(clients, present, await recordsOf(unit));
      } catch (error) {
        if (!(error instanceof ExportOvertakenError) || round === maxRounds) throw error;
        overtaken.push(unit);
      }
    });
    pending = overtaken;
  }
  return exported;
}

/** The files of the tables that follow from the catalogue alone, by key. */
export function dimensionFiles(catalogue: Catalogue, areas: readonly AreaEntry[]): Map<string, Uint8Array> {
  const dimensions: [TableName, readonly Row[]][] = [
    ['units', unitRows(catalogue)],
    ['areas', areaRows(areas)],
    ['tasks', taskRows(catalogue)],
    ['indicators', indicatorRows(catalogue)],
    ['coordinating_bodies', coordinatingBodyRows(catalogue)],
  ];
  return new Map(dimensions.map(([name, rows]) => [wholeKey(name), writeParquet(tableOf(name), rows)]));
}

/** Writes these files where they differ. */
export async function exportDimensions(
  clients: Clients,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<Exported> {
  const present = await listExported(clients, [...files.keys()]);
  let objectsChanged = 0;
  for (const [key, content] of files) {
    if (await replaceExported(clients, present, key, content)) objectsChanged += 1;
  }
  return { objectsChanged };
}

/**
 * Writes the assessments of every day that lacks them, from the day something was accepted first to yesterday. A day
 * that was written stays as it was.
 */
export async function exportAssessments(
  clients: Clients,
  catalogue: Catalogue,
  now: Instant,
): Promise<Exported> {
  const present = await listExported(clients, [folderOf('assessments')]);
  const written = new Set([...present.keys()].map(dayOfKey));
  const units = catalogue.units.map(({ id }) => id);
  const heads = await loadHeads(clients, units, catalogue.directive.firstYear, now);
  const publications = await loadPublications(clients, heads);
  const days = [...daysSinceFirst([...publications.values()].flat(), now)].filter((day) => !written.has(day));
  if (days.length === 0) return { objectsChanged: 0 };
  const grounds = { publications, dueDates: await loadDueDates(clients, units) };
  let objectsChanged = 0;
  for (const day of days) {
    const content = writeParquet(tableOf('assessments'), assessmentRows(catalogue, grounds, day));
    if (await createExported(clients, dayKey('assessments', day), content)) objectsChanged += 1;
  }
  return { objectsChanged };
}

async function listUnits(clients: Clients, units: readonly string[]): Promise<PresentObjects> {
  const [only, ...others] = units;
  const folder = (table: TableName) => (others.length === 0 ? folderOf(table, only) : folderOf(table));
  return await listExported(clients, unitTableNames.map(folder));
}

async function exportUnit(clients: Clients, present: PresentObjects, records: UnitRecords): Promise<number> {
  const { unit, publications } = records;
  let changed = 0;
  for (const publication of publications) {
    changed += await exportObservations(clients, present, records, publication);
  }
  for (const [name, rows] of unitTables(records)) {
    if (await replaceTable(clients, present, unitKey(name, unit), name, rows)) changed += 1;
  }
  return changed + (await deleteUnnamed(clients, present, records));
}

/**
 * Writes the rows of a submission that are not there yet. A submission's rows never change, so that what is there is
 * right; how many there should be is known once the submission is marked with its outcome.
 */
async function exportObservations(
  clients: Clients,
  present: PresentObjects,
  { unit, submissions }: UnitRecords,
  publication: Publication,
): Promise<number> {
  const { submissionId } = publication;
  const rows = submissions.find(({ id }) => id === submissionId)?.observations;
  const isComplete =
    rows !== undefined && submissionKeys(unit, submissionId, rows).every((key) => present.has(key));
  if (isComplete) return 0;
  let changed = 0;
  let n = 0;
  for await (const content of observationFiles(clients, unit, publication)) {
    n += 1;
    const key = submissionKey(unit, submissionId, n);
    if (!present.has(key) && (await createExported(clients, key, content))) changed += 1;
  }
  return changed;
}

async function* observationFiles(
  clients: Clients,
  unit: string,
  publication: Publication,
): AsyncGenerator<Uint8Array> {
  const toRow = observationRowOf(unit, publication);
  let file = new ParquetFile(tableOf('observations'));
  let rows = 0;
  for await (const observation of loadRows(clients, unit, publication.submissionId)) {
    file.add(toRow(observation));
    rows += 1;
    if (rows < maxRowsPerObject) continue;
    yield file.finish();
    file = new ParquetFile(tableOf('observations'));
    rows = 0;
  }
  if (rows > 0) yield file.finish();
}

/** Deletes the rows of submissions that no head names any more: the table was restored to an earlier time. */
async function deleteUnnamed(
  clients: Clients,
  present: PresentObjects,
  { unit, publications }: UnitRecords,
): Promise<number> {
  const named = new Set(publications.map(({ submissionId }) => submissionId));
  const folder = folderOf('observations', unit);
  const unnamed = [...present.keys()].filter(
    (key) => key.startsWith(folder) && !named.has(submissionOfKey(key) ?? ''),
  );
  for (const key of unnamed) await deleteExported(clients, key);
  return unnamed.length;
}

/** The days from the first acceptance to yesterday. */
function* daysSinceFirst(publications: readonly Publication[], now: Instant): Generator<Day> {
  const [first] = publications.map(({ acceptedAt }) => acceptedAt).sort();
  if (first === undefined) return;
  const today = dayOf(now);
  for (let day = dayOf(first); day < today; day = addDays(day, 1)) yield day;
}
