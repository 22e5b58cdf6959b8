import type { Issue } from '../issue.ts';
import { createIssue } from '../issue-codes.ts';
import { type CsvLayout, declaredDelimiter, delimiters, findCsvLayout } from './csv-layout.ts';
import { type CellFault, CsvReader, columnLetters } from './csv-reader.ts';
import { CsvRows } from './csv-rows.ts';
import { readText } from './decode.ts';
import type { Encoding } from './encoding.ts';
import { JsonRows, jsonShapes } from './json-rows.ts';
import type { SourceFile } from './source-file.ts';
import type { SourceRow } from './source-row.ts';

/** What kind of table a text is: none when there is nothing in it, or no line that names its columns. */
export type Layout =
  | { format: 'json' }
  | { format: 'csv'; csv: CsvLayout }
  | { format: 'none'; issue: Issue };

/** How much of a file's beginning is searched for its header, blank lines and all. */
const searchedCharacters = 1024 * 1024;

/**
 * Finds out how to read a file: JSON by its first bracket, else CSV by its delimiter and header. A header below
 * more white space than is searched is none: `header-missing`.
 */
export async function findLayout(file: SourceFile, encoding: Encoding): Promise<Layout> {
  let text = '';
  let isWhole = true;
  let isCut = false;
  for await (const piece of readText(file, encoding)) {
    if (text.length >= searchedCharacters) {
      isWhole = text.trim() === '';
      if (!isWhole) break;
      // Nothing but white space so far: what comes after it tells JSON, but no row's number any more.
      isCut = true;
      text = '';
    }
    text += piece;
  }
  const first = text.trimStart()[0];
  if (first === undefined) return { format: 'none', issue: createIssue('file-empty', {}) };
  if (first === '{' || first === '[') return { format: 'json' };
  const csv = isCut ? undefined : findCsvLayout(text, isWhole);
  if (csv) return { format: 'csv', csv };
  if (isWhole && isJsonScalar(text)) {
    return { format: 'none', issue: createIssue('json-invalid', {}, { value: '1:1', expected: jsonShapes }) };
  }
  const facts = declaredDelimiter(text) === undefined ? {} : { value: firstLine(text) };
  return {
    format: 'none',
    issue: (await findFault(file, encoding)) ?? createIssue('header-missing', {}, facts),
  };
}

/** Whether a text is one JSON value that is neither object nor list, such as `"x"`. */
function isJsonScalar(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function firstLine(text: string): string {
  return text.split(/[\r\n]/, 1)[0]?.trim() ?? '';
}

/** The rows of a file in the order they stand, some at a time, with what is wrong with how they are written. */
export async function* readRows(
  file: SourceFile,
  encoding: Encoding,
  layout: Exclude<Layout, { format: 'none' }>,
): AsyncGenerator<SourceRow[]> {
  const rows = layout.format === 'json' ? new JsonRows() : new CsvRows(layout.csv);
  for await (const piece of readText(file, encoding)) yield rows.write(piece);
  yield rows.end();
}

/** What may have hidden the header: a quote that swallows the file, or characters that are no text. */
async function findFault(file: SourceFile, encoding: Encoding): Promise<Issue | undefined> {
  for (const delimiter of delimiters) {
    const reader = new CsvReader(delimiter);
    const faultIn = (rows: ReturnType<CsvReader['end']>) => {
      for (const { row, faults } of rows) {
        for (const [index, fault] of faults ?? []) {
          if (hides(fault)) return createIssue(fault, { row, cell: `${columnLetters(index)}${row}` });
        }
      }
      return undefined;
    };
    for await (const piece of readText(file, encoding)) {
      const issue = faultIn(reader.write(piece));
      if (issue) return issue;
    }
    const issue = faultIn(reader.end());
    if (issue) return issue;
  }
  return undefined;
}

function hides(fault: CellFault): boolean {
  return fault === 'csv-unclosed-quote' || fault === 'character-invalid';
}
