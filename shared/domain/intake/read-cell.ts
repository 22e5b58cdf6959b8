import type { IssueCode, Place } from '../issue-codes.ts';
import type { Field } from './columns.ts';
import { type Cell, placeOf, type SourceRow } from './source-row.ts';

/** A cell read: a value, nothing (`blank`), or something at fault that has been reported (`bad`). */
export type Read<T> = { state: 'value'; value: T } | { state: 'blank' } | { state: 'bad' };

/** Notes an issue on the cell of a field, with what it says; without such a column, on the row. */
export type Report = (code: IssueCode, field: Field, expected?: string) => void;

/** The reading of a cell that says nothing, or of no cell. */
export const blank = { state: 'blank' } as const;
/** The reading of a cell at fault. */
export const bad = { state: 'bad' } as const;

/** Where a field of a row stands; without such a column, the row. */
export function placeOfField(row: SourceRow, field: Field): Place {
  const cell = row.cells.get(field);
  return cell ? placeOf(row.row, cell) : { row: row.row };
}

/** The value read, or `otherwise`. */
export function valueOr<T>(read: Read<T>, otherwise: T): T {
  return read.state === 'value' ? read.value : otherwise;
}

/** The cell of a field, if there is one that says something. */
export function cellOf(row: SourceRow, field: Field): Read<Cell> {
  const cell = row.cells.get(field);
  if (!cell) return blank;
  if (cell.isFaulty) return bad;
  return cell.text === '' ? blank : { state: 'value', value: cell };
}
