import { acknowledgements, alerts, notifications } from './tables/alert-tables.ts';
import { assessments } from './tables/assessment-table.ts';
import { areas, coordinatingBodies, indicators, tasks, units } from './tables/catalogue-tables.ts';
import { observations, points } from './tables/figure-tables.ts';
import { submissionIssues, submissions } from './tables/submission-tables.ts';
import type { ColumnType, Table } from './tables/table.ts';

/**
 * The one list of tables and columns: the Parquet files, the Glue tables, the local views and the dictionary are made
 * from it. Columns are in the order of the files.
 */
export const tables = [
  observations,
  points,
  submissions,
  submissionIssues,
  assessments,
  alerts,
  acknowledgements,
  notifications,
  units,
  areas,
  tasks,
  indicators,
  coordinatingBodies,
] as const satisfies readonly Table[];

/** The name of a table. */
export type TableName = (typeof tables)[number]['name'];
/** The names of all tables, in the order of the list. */
export const tableNames: readonly TableName[] = tables.map(({ name }) => name);

/** The definition of a table. */
export function tableOf(name: TableName): Table {
  const found = tables.find((table) => table.name === name);
  if (!found) throw new RangeError(`There is no table ${name}`);
  return found;
}

type CellOf<Type extends ColumnType> = Type extends 'BOOLEAN'
  ? boolean
  : Type extends 'BIGINT'
    ? number
    : string;

type ColumnsOf<Name extends TableName> = Extract<(typeof tables)[number], { name: Name }>['columns'][number];

/** One row of a table: a cell for each of its columns. */
export type RowOf<Name extends TableName> = {
  [C in ColumnsOf<Name> as C['name']]: CellOf<C['type']> | (C['isNullable'] extends true ? null : never);
};
