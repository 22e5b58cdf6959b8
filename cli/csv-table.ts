import { CsvReader, type CsvRow, isBlank } from '../shared/domain/intake/csv-reader.ts';
import { foldName } from '../shared/domain/unit-names.ts';
import { CommandError } from './command-error.ts';

/** A row under the header of a table. `row` is the row Excel shows. */
export interface TableRow<C extends string> {
  row: number;
  /** A quote stands where none may: the cells cannot be trusted. */
  isBroken: boolean;
  /** The text of a column, trimmed; empty where the row or the table does not have it. */
  cell(column: C): string;
}

/** How spreadsheets separate cells. */
const delimiters = [',', ';', '\t'];

/**
 * Reads the table of a CSV file in UTF-8 whose first row names columns, in any order and spelling `names` knows
 * folded (`thudientu`); other columns are ignored, blank rows skipped. `undefined` when a required column is
 * missing. Throws `CommandError` (2) when the file is not UTF-8.
 */
export function readCsvTable<C extends string>(
  bytes: Uint8Array,
  names: ReadonlyMap<string, C>,
  required: readonly C[],
): TableRow<C>[] | undefined {
  const text = decode(bytes);
  for (const delimiter of delimiters) {
    const [header, ...rows] = readRows(text, delimiter);
    const positions = new Map(header?.cells.map((name, index) => [names.get(foldName(name)), index]));
    if (!required.every((column) => positions.has(column))) continue;
    return rows.map(({ row, cells, faults }) => ({
      row,
      isBroken: faults !== undefined,
      cell: (column) => (cells[positions.get(column) ?? -1] ?? '').trim(),
    }));
  }
  return undefined;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CommandError('Tệp phải ở bảng mã UTF-8.', 'The file must be in UTF-8.', 2);
  }
}

function readRows(text: string, delimiter: string): CsvRow[] {
  const reader = new CsvReader(delimiter);
  return [...reader.write(text), ...reader.end()].filter((row) => !isBlank(row));
}
