import type { FileFacts } from '../../shared/domain/intake/check-file.ts';
import type { CsvLayout } from '../../shared/domain/intake/csv-layout.ts';
import { CsvReader, type CsvRow, columnLetters } from '../../shared/domain/intake/csv-reader.ts';
import { readText } from '../../shared/domain/intake/decode.ts';
import { type Encoding, encodings } from '../../shared/domain/intake/encoding.ts';
import { findLayout, readRows } from '../../shared/domain/intake/layout.ts';
import type { SourceFile } from '../../shared/domain/intake/source-file.ts';
import type { SourceRow } from '../../shared/domain/intake/source-row.ts';
import type { Issue } from '../../shared/domain/issue.ts';
import { showText } from '../../shared/domain/issue-codes.ts';
import { maxSheetColumns, maxSheetRows, type Sheet } from './sheet.ts';

/**
 * Reads the rows of a checked file again that something was found at: those with errors before those with warnings,
 * at most `maxSheetRows`, and the header. Reads no further than the last of them. `undefined` when the rows of the
 * file could not be told apart, or no issue names one.
 */
export async function readSheet(
  file: SourceFile,
  { format, encoding: found }: FileFacts,
  issues: readonly Issue[],
): Promise<Sheet | undefined> {
  const encoding = encodings.find((known) => known === found);
  const atFault = new Set(issues.flatMap(({ row }) => (row === undefined || row === 0 ? [] : [row])));
  if (!encoding || format === 'unknown' || atFault.size === 0) return undefined;
  const wanted = new Set([...atFault].slice(0, maxSheetRows));
  const layout = await findLayout(file, encoding);
  const rowsLeft = atFault.size - wanted.size;
  if (layout.format === 'csv')
    return { ...(await readCsvRows(file, encoding, layout.csv, wanted)), rowsLeft };
  if (layout.format === 'json') return { ...(await readJsonRows(file, encoding, wanted)), rowsLeft };
  return undefined;
}

async function readCsvRows(
  file: SourceFile,
  encoding: Encoding,
  { delimiter, hasSepLine, headerRow, names }: CsvLayout,
  wanted: ReadonlySet<number>,
): Promise<Omit<Sheet, 'rowsLeft'>> {
  const last = Math.max(headerRow, ...wanted);
  const found: CsvRow[] = [];
  const keep = (rows: CsvRow[]) => {
    for (const row of rows) {
      if (hasSepLine) row.row -= 1;
      if (row.row === headerRow || wanted.has(row.row)) found.push(row);
    }
  };
  const reader = new CsvReader(delimiter);
  let isWhole = true;
  for await (const piece of readText(file, encoding)) {
    keep(reader.write(piece));
    isWhole = found.at(-1)?.row !== last;
    if (!isWhole) break;
  }
  if (isWhole) keep(reader.end());
  const width = Math.max(names.length, ...found.map(({ cells }) => filledWidth(cells)));
  const columns = Array.from({ length: Math.min(width, maxSheetColumns) }, (_, index) => ({
    letters: columnLetters(index),
    name: showText(names[index] ?? ''),
  }));
  const rows = found.map(({ row, cells }) => ({
    row,
    isHeader: row === headerRow,
    cells: columns.map((_, index) => cellText(cells[index] ?? '')),
  }));
  return { format: 'csv', columns, rows };
}

async function readJsonRows(
  file: SourceFile,
  encoding: Encoding,
  wanted: ReadonlySet<number>,
): Promise<Omit<Sheet, 'rowsLeft'>> {
  const last = Math.max(...wanted);
  const found: SourceRow[] = [];
  for await (const rows of readRows(file, encoding, { format: 'json' })) {
    found.push(...rows.filter(({ row, isData }) => isData && wanted.has(row)));
    if ((found.at(-1)?.row ?? 0) >= last) break;
  }
  const names = new Set(found.flatMap(({ cells }) => [...cells.values()].map(({ column }) => column)));
  const columns = [...names].slice(0, maxSheetColumns);
  const rows = found.map(({ row, cells }) => {
    const texts = new Map([...cells.values()].map(({ column, text }) => [column, text]));
    return { row, isHeader: false, cells: columns.map((name) => cellText(texts.get(name) ?? '')) };
  });
  return { format: 'json', columns: columns.map((name) => ({ name: showText(name) })), rows };
}

/** As issues show a text, but with its lines. */
function cellText(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(showText)
    .join('\n');
}

function filledWidth(cells: readonly string[]): number {
  return cells.findLastIndex((cell) => cell.trim() !== '') + 1;
}
