import type { Day } from '../calendar.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Delimiter } from '../intake/csv-layout.ts';
import { type ProblemError, requestInvalid, tableForbidden, tableUnknown } from '../problem.ts';
import { type TableName, tableNames, tables } from '../tables.ts';
import { chooseUnit, type Viewer } from '../viewer.ts';
import type { Table } from './table.ts';

/** What is to be downloaded: a table, or the part of one unit, or that of one day (the latest where none is named). */
export interface WantedDownload {
  table: Table & { name: TableName };
  unit: string | undefined;
  day: Day | undefined;
  format: 'csv' | 'parquet';
  /** Between the columns of a CSV. */
  separator: Delimiter;
}

/** What a request asks for, left out where it leaves it to us. */
export interface AskedDownload {
  format?: WantedDownload['format'] | undefined;
  separator?: ';' | ',' | 'tab' | undefined;
  unit?: string | undefined;
  day?: Day | undefined;
}

/**
 * What a viewer is to get of a table: a province its own unit's part, everybody else the part asked for.
 *
 * @throws ProblemError when there is no such table or unit, the viewer may not see it, the rows of all units are more
 * than one file should hold, or the table is not divided in the way asked for.
 */
export function chooseDownload(
  catalogue: Catalogue,
  viewer: Viewer,
  name: string,
  { format = 'csv', separator = ';', unit, day }: AskedDownload,
): WantedDownload {
  const table = tables.find((each) => each.name === name);
  if (!table) throw tableUnknown(name, tableNames);
  const { layout } = table;
  if (layout === 'day' && viewer.role === 'province') throw tableForbidden(name);
  if (layout !== 'day' && day !== undefined) throw undivided(name, 'day');
  const isByUnit = layout === 'unit' || layout === 'submission';
  if (!isByUnit && unit !== undefined) throw undivided(name, 'unit');
  const isOfAll = !isByUnit || (layout === 'unit' && unit === undefined && viewer.role !== 'province');
  return {
    table,
    unit: isOfAll ? undefined : chooseUnit(catalogue, viewer, unit),
    day,
    format,
    separator: separator === 'tab' ? '\t' : separator,
  };
}

/** A query asks for a part of a table that has no such parts. */
function undivided(name: string, parameter: 'day' | 'unit'): ProblemError {
  const parts = { day: { vi: 'ngày', en: 'day' }, unit: { vi: 'đơn vị', en: 'unit' } }[parameter];
  return requestInvalid([
    {
      vi: `${parameter}: bảng ${name} không chia theo ${parts.vi}`,
      en: `${parameter}: the table ${name} is not divided by ${parts.en}`,
    },
  ]);
}
