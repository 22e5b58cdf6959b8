import { createIssue, type Place } from '../issue-codes.ts';
import type { Field } from './columns.ts';
import type { CsvLayout } from './csv-layout.ts';
import {
  type CellFault,
  CsvReader,
  type CsvRow,
  columnLetters,
  isBlank,
  maxCellCharacters,
} from './csv-reader.ts';
import { type Cell, cleanText, placeOf, type SourceRow } from './source-row.ts';
import { findSplitNumbers, type SplitNumber } from './split-number.ts';

/** Turns the text of a CSV file, in pieces, into rows under known columns. Blank rows are passed over. */
export class CsvRows {
  #layout: CsvLayout;
  #reader: CsvReader;
  /** Columns without a name that have held nothing so far. */
  #nameless: Set<number>;

  constructor(layout: CsvLayout) {
    this.#layout = layout;
    this.#reader = new CsvReader(layout.delimiter);
    this.#nameless = new Set(layout.names.flatMap((name, index) => (name === '' ? [index] : [])));
  }

  write(text: string): SourceRow[] {
    return this.#rows(this.#reader.write(text));
  }

  end(): SourceRow[] {
    return this.#rows(this.#reader.end());
  }

  #rows(rows: CsvRow[]): SourceRow[] {
    const found: SourceRow[] = [];
    for (const row of rows) {
      if (this.#layout.hasSepLine) row.row -= 1;
      if (row.row > this.#layout.headerRow) {
        const splits = findSplitNumbers(row, this.#layout);
        for (const { index } of this.#layout.ownColumns) forgetCell(row, index);
        if (!isBlank(row)) found.push(this.#read(row, splits));
      } else if (row.faults) found.push(faultyRow(row, this.#layout));
    }
    return found;
  }

  #read(row: CsvRow, splits: readonly SplitNumber[]): SourceRow {
    const { names, columns } = this.#layout;
    const faulty = faultyRow(row, this.#layout);
    if ([...(row.faults?.values() ?? [])].includes('csv-unclosed-quote')) return faulty;
    for (const index of this.#nameless) {
      if ((row.cells[index] ?? '').trim() === '') continue;
      this.#nameless.delete(index);
      faulty.issues.push(createIssue('column-ignored', cellPlace(row.row, index)));
    }
    const cells = new Map<Field, Cell>();
    for (const [field, { index, name }] of columns) {
      cells.set(field, {
        text: cleanText(row.cells[index] ?? ''),
        column: name,
        index,
        isLiteral: false,
        isFaulty: row.faults?.has(index) ?? false,
      });
    }
    const beyond = row.cells.findIndex((value, index) => index >= names.length && value.trim() !== '');
    if (beyond < 0) {
      for (const split of splits) rejectSplit(row.row, split, cells, faulty.issues);
      return { ...faulty, cells, isReadable: true };
    }
    const issue = createIssue('row-too-long', cellPlace(row.row, beyond), { value: row.cells[beyond] ?? '' });
    return { ...faulty, cells, issues: [...faulty.issues, issue] };
  }
}

/** Reports a number that may have been cut in two; neither reading of it is taken. */
function rejectSplit(
  row: number,
  { field, text }: SplitNumber,
  cells: Map<Field, Cell>,
  issues: SourceRow['issues'],
): void {
  const cell = cells.get(field);
  if (!cell || cell.isFaulty) return;
  cells.set(field, { ...cell, isFaulty: true });
  const facts = { value: text, expected: `"${text}" | ${readingOf(text)}` };
  issues.push(createIssue('number-ambiguous', placeOf(row, cell), facts));
}

/** How the number is written without a comma: `98,7` → `98.7`; three digits more likely are thousands, `1,234` → `1234`. */
function readingOf(text: string): string {
  return /^\D?\d{1,3},\d{3}$/.test(text) ? text.replace(',', '') : text.replace(',', '.');
}

/** Empties a cell of ours, whatever is wrong with it; an unclosed quote stays, since it swallows what follows. */
function forgetCell(row: CsvRow, index: number): void {
  if (index < row.cells.length) row.cells[index] = '';
  if (row.faults?.get(index) !== 'csv-unclosed-quote') row.faults?.delete(index);
  if (row.faults?.size === 0) delete row.faults;
}

/** The row with nothing but what is wrong with how its cells are written. */
function faultyRow(row: CsvRow, { names, headerRow }: Pick<CsvLayout, 'names' | 'headerRow'>): SourceRow {
  const issues = [...(row.faults ?? [])].map(([index, fault]) => {
    const column = names[index];
    const place = column ? placeOf(row.row, { column, index }) : cellPlace(row.row, index);
    return createIssue(fault, place, factsOf(fault));
  });
  return { row: row.row, cells: new Map(), issues, isReadable: false, isData: row.row > headerRow };
}

/** Where a cell stands that is under no column's name. */
function cellPlace(row: number, index: number): Place {
  return { row, cell: `${columnLetters(index)}${row}` };
}

function factsOf(fault: CellFault): { expected?: string } {
  return fault === 'text-too-long' ? { expected: String(maxCellCharacters) } : {};
}
