import type { Issue } from '../../shared/domain/issue.ts';
import { showText } from '../../shared/domain/issue-codes.ts';
import type { Sheet, SheetColumn } from '../check/sheet.ts';

/** What was found at a row: under a column by its position, or at the row as a whole. */
export interface RowMarks {
  all: Issue[];
  byColumn: Map<number, Issue[]>;
}

/** What was found at the rows that a table shows, by row. */
export function marksOf({ columns, rows }: Sheet, issues: readonly Issue[]): Map<number, RowMarks> {
  const marks = new Map(rows.map(({ row }): [number, RowMarks] => [row, { all: [], byColumn: new Map() }]));
  for (const issue of issues) {
    const ofRow = issue.row === undefined ? undefined : marks.get(issue.row);
    if (!ofRow) continue;
    ofRow.all.push(issue);
    const index = columns.findIndex((column) => isAt(issue, column));
    if (index >= 0) ofRow.byColumn.set(index, [...(ofRow.byColumn.get(index) ?? []), issue]);
  }
  return marks;
}

/** The place of an issue in the page: of a cell, else of its row; `undefined` where the table does not show it. */
export function placeIdOf(
  { columns }: Sheet,
  marks: ReadonlyMap<number, RowMarks>,
  issue: Issue,
): string | undefined {
  if (issue.row === undefined || !marks.has(issue.row)) return undefined;
  const index = columns.findIndex((column) => isAt(issue, column));
  return index < 0 ? rowId(issue.row) : cellId(issue.row, index);
}

/** The identifier of a row in the page. */
export function rowId(row: number): string {
  return `row-${row}`;
}

/** The identifier of a cell in the page. */
export function cellId(row: number, index: number): string {
  return `cell-${row}-${index}`;
}

function isAt({ cell, column }: Issue, { letters, name }: SheetColumn): boolean {
  if (letters !== undefined) return cell !== undefined && /^[A-Z]+/.exec(cell)?.[0] === letters;
  return column !== undefined && showText(column) === name;
}
