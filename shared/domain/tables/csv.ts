import { type CsvColumn, csvHeading, csvRow } from '../csv-writer.ts';
import type { Delimiter } from '../intake/csv-layout.ts';
import { type Cell, type Column, decimalOf, type Row, type Table } from './table.ts';

/** How many characters are handed on at a time. */
const chunkCharacters = 64 * 1024;

/** A table as a CSV file for Excel, piece by piece. Instants are in UTC, days as `2022-06-30`. */
export async function* tableCsv(
  { columns }: Table,
  rows: AsyncIterable<Row>,
  separator: Delimiter,
): AsyncGenerator<string> {
  const csvColumns = columns.map(csvColumn);
  let text = csvHeading(csvColumns, separator);
  for await (const row of rows) {
    text += csvRow(csvColumns, row, separator);
    if (text.length < chunkCharacters) continue;
    yield text;
    text = '';
  }
  yield text;
}

function csvColumn({ name, type }: Column): CsvColumn<Row> {
  const isNumber = type === 'BIGINT' || decimalOf(type) !== undefined;
  return { name, type: isNumber ? 'number' : 'text', cell: (row) => textOf(row[name]) };
}

function textOf(cell: Cell | undefined): string | number | undefined {
  if (cell === null || cell === undefined) return undefined;
  return typeof cell === 'boolean' ? String(cell) : cell;
}
