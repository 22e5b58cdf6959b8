import type { Issue } from '../issue.ts';
import { createIssue } from '../issue-codes.ts';
import { type Field, fieldOf, isOwnColumn, suggestField } from './columns.ts';
import { CsvReader, type CsvRow, columnLetters, isBlank, maxColumns } from './csv-reader.ts';
import { cleanText } from './source-row.ts';

/** The delimiters a CSV file can have, in the order they are tried. */
export const delimiters = [',', ';', '\t'] as const;
export type Delimiter = (typeof delimiters)[number];

/** How a CSV file is laid out. `headerRow` is the last row of its header; figures stand below it. */
export interface CsvLayout {
  delimiter: Delimiter;
  /** A first line `sep=;`, which Excel takes in and does not show. */
  hasSepLine: boolean;
  headerRow: number;
  /** The column names, without blank ones and our own at the end. */
  names: readonly string[];
  /** Our own columns, whose cells say nothing. */
  ownColumns: readonly { index: number; name: string }[];
  columns: ReadonlyMap<Field, { index: number; name: string }>;
  /** What is wrong or remarkable about the header. */
  issues: Issue[];
}

/** How many rows, title lines and all, may stand above the end of the header. */
export const maxHeaderRows = 100;

/** How many characters are read before it is seen whether there are rows enough. */
const searchedAtOnce = 4096;

interface HeaderCandidate {
  row: number;
  names: string[];
  /** Positions of names that are badly written, which is reported where their row is read. */
  faulty: ReadonlySet<number>;
}

/**
 * Finds the delimiter and the header in the beginning of a file: the delimiter that shows the most known
 * columns. `undefined` when no line names one. `isWhole` says that the text is all there is.
 */
export function findCsvLayout(text: string, isWhole: boolean): CsvLayout | undefined {
  const declared = declaredDelimiter(text);
  let best: { delimiter: Delimiter; header: HeaderCandidate; rank: number } | undefined;
  for (const delimiter of declared ? [declared] : delimiters) {
    const header = findHeader(firstRows(text, delimiter, isWhole));
    const rank = header ? rankOf(header.names) : 0;
    if (header && rank > (best?.rank ?? 0)) best = { delimiter, header, rank };
  }
  if (!best) return undefined;
  const { delimiter, header } = best;
  const shift = declared ? 1 : 0;
  return {
    delimiter,
    hasSepLine: shift === 1,
    headerRow: header.row - shift,
    ...readNames(header, header.row - shift),
  };
}

/** The delimiter that a first line such as `sep=;` sets for Excel; `undefined` when there is no such line. */
export function declaredDelimiter(text: string): Delimiter | undefined {
  const sep = /^"?sep=([,;\t])"?[ \t]*(?:\r|\n|$)/i.exec(text);
  return delimiters.find((delimiter) => delimiter === sep?.[1]);
}

/** The first rows that are not blank, as many as are searched. No more of the text is read than that takes. */
function firstRows(text: string, delimiter: Delimiter, isWhole: boolean): CsvRow[] {
  const reader = new CsvReader(delimiter);
  const rows: CsvRow[] = [];
  for (let from = 0; from < text.length && rows.length < maxHeaderRows; from += searchedAtOnce) {
    rows.push(...reader.write(text.slice(from, from + searchedAtOnce)).filter((row) => !isBlank(row)));
  }
  if (isWhole && rows.length < maxHeaderRows) rows.push(...reader.end().filter((row) => !isBlank(row)));
  return rows.slice(0, maxHeaderRows);
}

/** A header that has both required columns outranks any that has not; then the number of known columns. */
function rankOf(names: readonly string[]): number {
  const known = knownFields(names);
  return known.size + (isComplete(known) ? 1000 : 0);
}

function isComplete(known: ReadonlySet<Field>): boolean {
  return known.has('indicator') && known.has('period');
}

function knownFields(names: readonly string[]): Set<Field> {
  return new Set(names.map(fieldOf).filter((field) => field !== undefined));
}

/**
 * The header among the first rows: the first row that has both required columns, together with the row above
 * or below where the two are one header; else the first two rows that have them together; else the row with
 * the most known columns.
 */
function findHeader(rows: readonly CsvRow[]): HeaderCandidate | undefined {
  const singles = rows.map(single);
  const pairs = rows.map((row, index) => pair(row, rows[index + 1]));
  const complete = singles.findIndex(({ names }) => isComplete(knownFields(names)));
  if (complete >= 0) {
    const [above, own, below] = [pairs[complete - 1], singles[complete], pairs[complete]];
    const addsColumns = knownFields(above?.names ?? []).size > knownFields(own?.names ?? []).size;
    return addsColumns ? above : (below ?? own);
  }
  const together = pairs.find((candidate) => candidate && isComplete(knownFields(candidate.names)));
  if (together) return together;
  const candidates = singles.map((candidate, index) => pairs[index] ?? candidate);
  const [best] = candidates.sort((a, b) => knownFields(b.names).size - knownFields(a.names).size);
  return best && knownFields(best.names).size > 0 ? best : undefined;
}

function single(row: CsvRow): HeaderCandidate {
  return { row: row.row, names: row.cells.map(cleanText), faulty: new Set(row.faults?.keys()) };
}

/**
 * Two rows as one header, as merged cells leave them: `Số liệu;;Ghi chú` over `Tử số;Mẫu số;`. Only when the
 * lower row names columns and contradicts none of the upper row's.
 */
function pair(upper: CsvRow, lower: CsvRow | undefined): HeaderCandidate | undefined {
  if (!lower) return undefined;
  const above = upper.cells.map(cleanText);
  const below = lower.cells.map(cleanText);
  let named = 0;
  for (const [index, name] of below.entries()) {
    const field = fieldOf(name);
    const fieldAbove = fieldOf(above[index] ?? '');
    if (field) named += 1;
    if (fieldAbove && name !== '' && field !== fieldAbove) return undefined;
  }
  if (named === 0) return undefined;
  const width = Math.max(above.length, below.length);
  const names = Array.from({ length: width }, (_, index) => {
    const [over = '', under = ''] = [above[index], below[index]];
    if (fieldOf(over) || under === '') return over;
    return under;
  });
  const faulty = new Set([...(upper.faults?.keys() ?? []), ...(lower.faults?.keys() ?? [])]);
  return { row: lower.row, names, faulty };
}

function readNames(
  { names: allNames, faulty }: HeaderCandidate,
  row: number,
): Pick<CsvLayout, 'names' | 'ownColumns' | 'columns' | 'issues'> {
  const isSenders = (name: string) => name !== '' && !isOwnColumn(name);
  const names = allNames.slice(0, allNames.findLastIndex(isSenders) + 1);
  const ownColumns = allNames.flatMap((name, index) =>
    isOwnColumn(name) && index < maxColumns ? [{ index, name }] : [],
  );
  const columns = new Map<Field, { index: number; name: string }>();
  const issues: Issue[] = [];
  for (const [index, name] of names.entries()) {
    const field = fieldOf(name);
    const place = { row, column: name, cell: `${columnLetters(index)}${row}` };
    const earlier = field && columns.get(field);
    if (earlier) issues.push(createIssue('header-duplicate', place, { value: name, expected: earlier.name }));
    else if (field) columns.set(field, { index, name });
    else if (isSenders(name) && !faulty.has(index)) {
      const suggestion = suggestField(name);
      issues.push(
        createIssue('column-ignored', place, {
          value: name,
          ...(suggestion ? { expected: suggestion } : {}),
        }),
      );
    }
  }
  // A name with a NUL in it is reported where its row is read; that its column is missing would be a second issue.
  for (const index of faulty) {
    const name = names[index] ?? '';
    const field = fieldOf(name.replaceAll('\0', ''));
    if (field && !columns.has(field)) columns.set(field, { index, name });
  }
  for (const field of ['indicator', 'period'] as const) {
    if (!columns.has(field)) issues.push(createIssue('column-missing', { row }, { expected: field }));
  }
  return { names, ownColumns, columns, issues };
}
