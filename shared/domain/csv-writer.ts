import type { Delimiter } from './intake/csv-layout.ts';

/** Stands at the beginning of a CSV file so that Excel reads it as UTF-8. */
export const byteOrderMark = '\ufeff';
/** How every row ends. */
export const rowEnd = '\r\n';

/**
 * A column of a CSV file we write. Its type decides, for all of its cells, whether `-5` is a number or a text
 * that Excel must not take for a formula. A number is a whole or decimal number in plain notation, as a number
 * or as its digits (`98.7`); a cell of a number column that is none is written as text.
 */
export interface CsvColumn<Row> {
  name: string;
  type: 'text' | 'number';
  cell: (row: Row) => string | number | undefined;
}

/** What Excel, LibreOffice and Google Sheets take for the beginning of a formula, as is and in full width. */
const formulaStart = /^[=+\-@\t\r\n＝＋－＠]/;

/** The file's beginning: the byte order mark and the row of column names. */
export function csvHeading(columns: readonly Pick<CsvColumn<never>, 'name'>[], separator: Delimiter): string {
  return (
    byteOrderMark +
    csvLine(
      columns.map(({ name }) => csvText(name)),
      separator,
    )
  );
}

/** One row, with its end. Absent cells are empty. */
export function csvRow<Row>(columns: readonly CsvColumn<Row>[], row: Row, separator: Delimiter): string {
  const cells = columns.map(({ type, cell }) => {
    const content = cell(row);
    if (content === undefined) return '';
    return type === 'number' ? csvNumber(content, separator) : csvText(String(content));
  });
  return csvLine(cells, separator);
}

/** A whole file, for tables that are small enough to be held. */
export function writeCsv<Row>(
  columns: readonly CsvColumn<Row>[],
  rows: Iterable<Row>,
  separator: Delimiter,
): string {
  let text = csvHeading(columns, separator);
  for (const row of rows) text += csvRow(columns, row, separator);
  return text;
}

/**
 * A cell of text that Excel shows and does not run: `'` is put before `=`, `+`, `-`, `@`, their full-width
 * forms, a tab and a line break, and quotes around whatever any separator, quote or line end would break.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvText(text: string): string {
  const safe = formulaStart.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]|^\s|\s$/.test(safe) ? quoted(safe) : safe;
}

/** With a comma between columns decimals have a point, else the comma that Excel in Vietnam expects. */
function csvNumber(content: string | number, separator: Delimiter): string {
  const text = String(content);
  if (!/^-?\d+(\.\d+)?$/.test(text)) return csvText(text);
  return separator === ',' ? text : text.replace('.', ',');
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

function csvLine(cells: readonly string[], separator: Delimiter): string {
  return cells.join(separator) + rowEnd;
}
