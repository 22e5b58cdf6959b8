/** Excel's own limits: characters in a cell and columns in a sheet. Nothing beyond them is held. */
export const maxCellCharacters = 32_767;
export const maxColumns = 16_384;

export type CellFault = 'csv-stray-quote' | 'csv-unclosed-quote' | 'character-invalid' | 'text-too-long';

/** One row as Excel counts it: a line break inside quotes does not start a new one. Cells are as written. */
export interface CsvRow {
  row: number;
  cells: string[];
  /** By position of the cell, where something is wrong with how it is written. */
  faults?: Map<number, CellFault>;
  /** The positions of cells that begin with a quote; left out when there is none. */
  quoted?: Set<number>;
}

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

type State = 'cell-start' | 'plain' | 'quoted' | 'quote-in-quoted';

/**
 * A strict reader of RFC 4180 text with a chosen delimiter. Rows end with CR LF, LF or CR. Text arrives in
 * pieces cut anywhere; `write` and `end` return the rows completed. What is wrong is noted on the cell and
 * reading goes on.
 */
export class CsvReader {
  #delimiter: number;
  #state: State = 'cell-start';
  #text = '';
  #row = 1;
  #rows: CsvRow[] = [];
  #cells: string[] = [];
  #faults: Map<number, CellFault> | undefined;
  #quoted: Set<number> | undefined;
  #afterReturn = false;

  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  write(text: string): CsvRow[] {
    let from = 0;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code === 0) this.#fault('character-invalid');
      const wasAfterReturn = this.#afterReturn;
      this.#afterReturn = false;
      if (wasAfterReturn && code === lineFeed) {
        from = index + 1;
        continue;
      }
      if (this.#state === 'quoted') {
        if (code !== quote) continue;
        this.#keep(text, from, index);
        this.#state = 'quote-in-quoted';
        from = index + 1;
      } else if (code === quote) {
        from = this.#quote(from, index);
      } else if (code === this.#delimiter || code === lineFeed || code === carriageReturn) {
        this.#keep(text, from, index);
        this.#endCell();
        if (code !== this.#delimiter) this.#endRow();
        this.#afterReturn = code === carriageReturn;
        from = index + 1;
      } else if (this.#state !== 'plain') {
        if (this.#state === 'quote-in-quoted') this.#fault('csv-stray-quote');
        this.#state = 'plain';
      }
    }
    this.#keep(text, from, text.length);
    return this.#take();
  }

  end(): CsvRow[] {
    if (this.#state === 'quoted') this.#fault('csv-unclosed-quote');
    if (this.#cells.length > 0 || this.#text !== '' || this.#state !== 'cell-start') {
      this.#endCell();
      this.#endRow();
    }
    return this.#take();
  }

  /** A quote outside a quoted stretch: it opens one, doubles the one before, or stands where none may. */
  #quote(from: number, index: number): number {
    if (this.#state === 'cell-start') {
      this.#state = 'quoted';
      this.#quoted ??= new Set();
      this.#quoted.add(this.#cells.length);
      return index + 1;
    }
    if (this.#state === 'quote-in-quoted') {
      this.#state = 'quoted';
      return index;
    }
    this.#fault('csv-stray-quote');
    return from;
  }

  #keep(text: string, from: number, to: number): void {
    const room = maxCellCharacters - this.#text.length;
    if (to - from > room) {
      this.#fault('text-too-long');
      this.#text += text.slice(from, from + room);
    } else if (to > from) this.#text += text.slice(from, to);
  }

  #endCell(): void {
    // Beyond Excel's last column only the fact that something stands there is kept.
    if (this.#cells.length < maxColumns) this.#cells.push(this.#text);
    else if (this.#text.trim() !== '') this.#cells[maxColumns] = this.#text;
    this.#text = '';
    this.#state = 'cell-start';
  }

  #endRow(): void {
    const row: CsvRow = { row: this.#row, cells: this.#cells };
    if (this.#faults) row.faults = this.#faults;
    if (this.#quoted) row.quoted = this.#quoted;
    this.#rows.push(row);
    this.#row += 1;
    this.#cells = [];
    this.#faults = undefined;
    this.#quoted = undefined;
  }

  /** The first fault of a cell is the one to mend. An unclosed quote outweighs all: it swallowed the rest. */
  #fault(fault: CellFault): void {
    this.#faults ??= new Map();
    const position = this.#cells.length;
    if (fault === 'csv-unclosed-quote' || !this.#faults.has(position)) this.#faults.set(position, fault);
  }

  #take(): CsvRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }
}

/** Whether no cell of the row holds anything but white space. */
export function isBlank(row: CsvRow): boolean {
  return row.cells.every((cell) => cell.trim() === '') && !row.faults;
}

/** Excel's letters of a column, counted from 0: `0` → `A`, `26` → `AA`. */
export function columnLetters(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? columnLetters(rest - 1) : '') + String.fromCharCode(65 + (index % 26));
}
