import type { Bilingual, Catalogue } from '../shared/domain/catalogue.ts';
import type { Coordinator } from '../shared/domain/coordinator.ts';
import { checkCoordinators } from '../shared/domain/registry.ts';
import { CommandError } from './command-error.ts';
import { type CoordinatorColumn, coordinatorColumns, readCoordinatorCells } from './coordinator-cells.ts';
import { readCsvTable } from './csv-table.ts';

/** A coordinator and the row of the file, as Excel shows it. */
export interface CoordinatorRow {
  row: number;
  coordinator: Coordinator;
}

/** What is wrong with a row; `column` is missing where it is the row as a whole. */
export interface RowProblem {
  row: number;
  column?: CoordinatorColumn;
  detail: Bilingual;
}

const columnByName = new Map<string, CoordinatorColumn>([
  ...coordinatorColumns.map((column): [string, CoordinatorColumn] => [column.replace('_', ''), column]),
  ['ma', 'id'],
  ['madaumoi', 'id'],
  ['donvi', 'unit'],
  ['ten', 'name'],
  ['hoten', 'name'],
  ['hovaten', 'name'],
  ['ngonngu', 'language'],
  ['thudientu', 'email'],
  ['dienthoai', 'phone'],
  ['sodienthoai', 'phone'],
  ['phamvi', 'scopes'],
  ['yenlangtu', 'quiet_from'],
  ['yenlangden', 'quiet_to'],
  ['baokhongquahan', 'all_clear'],
  ['taikhoan', 'account'],
]);

/** The columns a file must have. */
const required: readonly CoordinatorColumn[] = ['id', 'unit', 'name', 'email'];

const columnOfField: Readonly<Record<string, CoordinatorColumn>> = {
  scopes: 'scopes',
  id: 'id',
  account: 'account',
};

/** The column a place within a coordinator is written in: `scopes.1` → `scopes`. */
export function columnOf(field: string): CoordinatorColumn | undefined {
  return columnOfField[field.split('.')[0] ?? ''];
}

/**
 * Reads coordinators from a CSV file in UTF-8, its columns named in English or Vietnamese, and everything that is
 * wrong with them. Throws `CommandError` (2) when the file as a whole cannot be read so.
 */
export function readCoordinatorFile(
  bytes: Uint8Array,
  catalogue: Catalogue,
): { rows: CoordinatorRow[]; problems: RowProblem[] } {
  const table = readCsvTable(bytes, columnByName, required);
  if (!table) {
    throw new CommandError(
      'Dòng đầu của tệp phải có các cột mã, đơn vị, họ tên và thư điện tử.',
      'The first row of the file must name the columns id, unit, name and email.',
      2,
    );
  }
  const rows: CoordinatorRow[] = [];
  const problems: RowProblem[] = [];
  for (const { row, isBroken, cell } of table) {
    if (isBroken) {
      const detail = { vi: 'dấu ngoặc kép đặt sai chỗ', en: 'a quote is out of place' };
      problems.push({ row, detail });
      continue;
    }
    const read = readCoordinatorCells(cell, catalogue);
    if ('coordinator' in read) rows.push({ row, coordinator: read.coordinator });
    else problems.push(...read.problems.map((problem) => ({ row, ...problem })));
  }
  const faults = checkCoordinators(
    catalogue,
    rows.map(({ coordinator }) => coordinator),
    [],
  );
  for (const { index, field, detail } of faults) {
    const column = columnOf(field);
    problems.push({ row: rows[index]?.row ?? 0, ...(column && { column }), detail });
  }
  return { rows, problems: problems.toSorted((a, b) => a.row - b.row) };
}
