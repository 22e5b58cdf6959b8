import {
  type DuckDBMaterializedResult,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
  JsonDuckDBValueConverter,
} from '@duckdb/node-api';
import { type CsvColumn, csvRow } from '../shared/domain/csv-writer.ts';
import type { Printer } from './command-error.ts';
import { tableLines } from './text-table.ts';

/** A table on the screen ends here: nobody reads on, and its columns are as wide as their widest cell. */
const maxRowsShown = 1000;

interface Column {
  name: string;
  type: DuckDBType;
}

/** An answer for people: aligned columns, numbers to the right, then how many rows there are. */
export async function printTable(answer: DuckDBMaterializedResult, { print }: Printer): Promise<void> {
  const columns = columnsOf(answer);
  const rows: string[][] = [];
  for await (const chunk of answer.yieldRows()) {
    rows.push(...chunk.slice(0, maxRowsShown - rows.length).map((row) => row.map(shownText)));
    if (rows.length === maxRowsShown) break;
  }
  const right = columns.flatMap(({ type }, index) => (isNumber(type) ? [index] : []));
  const lines = tableLines([columns.map(({ name }) => name), ...rows], { right, rule: true });
  print([...lines, '', countText(rows.length, answer.rowCount)].join('\n'));
}

/**
 * An answer for other programs: comma-separated, decimals with a point, absent cells empty. Cells of text that
 * spreadsheets would run as a formula are made harmless.
 */
export async function printCsv(answer: DuckDBMaterializedResult, { print }: Printer): Promise<void> {
  const columns = columnsOf(answer);
  const written = columns.map(
    ({ type }, index): CsvColumn<readonly DuckDBValue[]> => ({
      name: '',
      type: isNumber(type) ? 'number' : 'text',
      cell: (row) => plainText(row[index] ?? null),
    }),
  );
  const heading = columns.map(({ name }): CsvColumn<null> => ({ name, type: 'text', cell: () => name }));
  const lines = [csvRow(heading, null, ',')];
  for await (const chunk of answer.yieldRows()) {
    for (const row of chunk) lines.push(csvRow(written, row, ','));
    printWhole(lines.splice(0), print);
  }
  printWhole(lines, print);
}

/**
 * An answer as an array of objects, one a line. Whole numbers and decimals are JSON numbers with all of their digits,
 * days and instants text (`2022-06-30`, `2022-06-30 10:00:00`).
 */
export async function printJson(answer: DuckDBMaterializedResult, { print }: Printer): Promise<void> {
  const columns = columnsOf(answer);
  if (answer.rowCount === 0) {
    print('[]');
    return;
  }
  let rowsLeft = answer.rowCount;
  print('[');
  for await (const chunk of answer.yieldRows()) {
    const lines = chunk.map((row) => {
      const fields = columns.map(
        ({ name, type }, index) => `${JSON.stringify(name)}:${jsonText(row[index] ?? null, type)}`,
      );
      rowsLeft -= 1;
      return `{${fields.join(',')}}${rowsLeft > 0 ? ',' : ''}`;
    });
    if (lines.length > 0) print(lines.join('\n'));
  }
  print(']');
}

/** How many rows there are, and that not all of them are shown. */
function countText(shown: number, all: number): string {
  const count = all.toLocaleString('vi-VN');
  if (shown === all) return `${count} dòng · ${all === 1 ? 'row' : 'rows'}`;
  return `${shown.toLocaleString('vi-VN')} dòng đầu trong ${count}; --csv, --json in tất cả · the first of ${count} rows; --csv and --json print all`;
}

/** Each row has its end, CR and LF; `print` adds the LF of the last one. */
function printWhole(lines: readonly string[], print: Printer['print']): void {
  if (lines.length > 0) print(lines.join('').replace(/\r\n$/, '\r'));
}

function columnsOf(answer: DuckDBMaterializedResult): Column[] {
  return answer.deduplicatedColumnNames().map((name, index) => ({ name, type: answer.columnType(index) }));
}

const wholeNumbers: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.UHUGEINT,
]);

function isExact({ typeId }: DuckDBType): boolean {
  return typeId === DuckDBTypeId.DECIMAL || wholeNumbers.has(typeId);
}

function isNumber(type: DuckDBType): boolean {
  return isExact(type) || type.typeId === DuckDBTypeId.DOUBLE || type.typeId === DuckDBTypeId.FLOAT;
}

/** A cell as text; `undefined` when it is null. Very small and large fractions are written out: no exponent. */
function plainText(value: DuckDBValue): string | undefined {
  if (value === null) return undefined;
  const text = String(value);
  if (typeof value !== 'number' || !text.includes('e')) return text;
  return value.toLocaleString('en-US', { useGrouping: false, maximumSignificantDigits: 17 });
}

/** A cell on the screen, in one line and without what a terminal would obey. */
function shownText(value: DuckDBValue): string {
  return (plainText(value) ?? '').replace(/\p{Cc}+/gu, ' ');
}

function jsonText(value: DuckDBValue, type: DuckDBType): string {
  if (value === null) return 'null';
  if (isExact(type)) return String(value);
  return JSON.stringify(JsonDuckDBValueConverter(value, type, JsonDuckDBValueConverter));
}
