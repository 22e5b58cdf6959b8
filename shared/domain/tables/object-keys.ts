import type { Day } from '../calendar.ts';
import { type TableName, tables } from '../tables.ts';

/** The most rows in one object of `observations`. */
export const maxRowsPerObject = 200_000;

/** The tables whose objects each belong to one unit. */
export const unitTableNames: readonly TableName[] = tables
  .filter(({ layout }) => layout === 'unit' || layout === 'submission')
  .map(({ name }) => name);

/** Where the objects of a table are: `points/`, those of one unit: `points/unit=74/`. */
export function folderOf(table: TableName, unit?: string): string {
  return unit === undefined ? `${table}/` : `${table}/unit=${unit}/`;
}

/** The one object of a table that is not divided: `units/units.parquet`. */
export function wholeKey(table: TableName): string {
  return `${folderOf(table)}${table}.parquet`;
}

/** The one object of a unit in a table: `points/unit=74/points.parquet`. */
export function unitKey(table: TableName, unit: string): string {
  return `${folderOf(table, unit)}${table}.parquet`;
}

/** The object of a day: `assessments/day=2022-07-01/assessments.parquet`. */
export function dayKey(table: TableName, day: Day): string {
  return `${folderOf(table)}day=${day}/${table}.parquet`;
}

/** The day of such an object; `undefined` for other keys. */
export function dayOfKey(key: string): Day | undefined {
  return /\/day=(\d{4}-\d{2}-\d{2})\//.exec(key)?.[1];
}

/** The n-th object of a submission's rows, from 1: `observations/unit=74/01G3…-0001.parquet`. */
export function submissionKey(unit: string, submissionId: string, n: number): string {
  return `${folderOf('observations', unit)}${submissionId}-${String(n).padStart(4, '0')}.parquet`;
}

/** The keys of all objects of a submission with so many rows. */
export function submissionKeys(unit: string, submissionId: string, rows: number): string[] {
  return Array.from({ length: Math.ceil(rows / maxRowsPerObject) }, (_, index) =>
    submissionKey(unit, submissionId, index + 1),
  );
}

/** The submission whose rows an object of `observations` holds; `undefined` for other keys. */
export function submissionOfKey(key: string): string | undefined {
  return /^observations\/unit=[^/]+\/([^/]+)-\d{4}\.parquet$/.exec(key)?.[1];
}

/** Where files made for a download are: `downloads/unit=74/`, those of all units `downloads/all/`; all: `downloads/`. */
export function downloadsOf(unit?: string): string {
  return unit === undefined ? 'downloads/' : `downloads/${unit === 'all' ? unit : `unit=${unit}`}/`;
}
