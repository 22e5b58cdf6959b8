import { type CsvColumn, writeCsv } from './csv-writer.ts';
import { CsvReader, type CsvRow } from './intake/csv-reader.ts';
import { type CellType, readCell } from './query-cells.ts';

/** A row of an answer: each cell as text in the form of its column's type, or null. */
export type AnswerRow = readonly (string | null)[];

/**
 * The rows of an answer as Athena writes it: comma-separated, a row of names first, every value between quotes and
 * null without. `isWhole` says whether the text is all of the file; what a cut leaves of a row is dropped.
 */
export function readAnswerCsv(text: string, types: readonly CellType[], isWhole: boolean): AnswerRow[] {
  const reader = new CsvReader(',');
  const rows = reader.write(text);
  if (isWhole) rows.push(...reader.end());
  return rows.slice(1).map((row) => types.map((type, index) => cellOf(row, type, index)));
}

function cellOf({ cells, quoted }: CsvRow, type: CellType, index: number): string | null {
  return quoted?.has(index) ? readCell(type, cells[index] ?? '') : null;
}

/** An answer for Excel in Vietnam: byte order mark, semicolons, decimal commas, and no cell that it would run. */
export function excelCsv(
  columns: readonly { name: string; type: CellType }[],
  rows: Iterable<AnswerRow>,
): string {
  const written = columns.map(
    ({ name, type }, index): CsvColumn<AnswerRow> => ({
      name,
      type: type === 'number' ? 'number' : 'text',
      cell: (row) => row[index] ?? undefined,
    }),
  );
  return writeCsv(written, rows, ';');
}
