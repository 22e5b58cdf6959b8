import type { Issue } from '../issue.ts';
import type { Place } from '../issue-codes.ts';
import type { Field } from './columns.ts';
import { columnLetters } from './csv-reader.ts';

/** A cell under a known column. `text` is NFC without surrounding white space. */
export interface Cell {
  text: string;
  /** The column's name as the file writes it. */
  column: string;
  /** Position from 0 in CSV; absent in JSON. */
  index?: number;
  /** A JSON number: always with a decimal point. */
  isLiteral: boolean;
  /** Something is wrong with how the cell is written and has been reported; its content says nothing. */
  isFaulty: boolean;
}

/**
 * A row of figures before any rule has looked at it, from CSV or JSON alike. `issues` are about how it is
 * written. When it is not `isReadable` nothing else is to be said about it; its cells only hint at what it was
 * meant to be. When it is not `isData` it is no row of figures: what is wrong with the header, or with the
 * brackets around the observations, or the unit a JSON file names beside them.
 */
export interface SourceRow {
  row: number;
  cells: ReadonlyMap<Field, Cell>;
  issues: Issue[];
  isReadable: boolean;
  isData: boolean;
}

/** Where a cell stands: row, column name and, in CSV, Excel's coordinate. */
export function placeOf(row: number, cell: Pick<Cell, 'column' | 'index'>): Place {
  return cell.index === undefined
    ? { row, column: cell.column }
    : { row, column: cell.column, cell: `${columnLetters(cell.index)}${row}` };
}

/** The text of a cell as the rules see it. */
export function cleanText(text: string): string {
  return text.normalize('NFC').trim();
}
