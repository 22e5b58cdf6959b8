import { csvText } from '../csv-writer.ts';
import type { Annotations } from './annotations.ts';
import { annotationColumn, annotationDash, isAnnotation } from './columns.ts';
import type { CsvLayout } from './csv-layout.ts';
import { CsvTrace } from './csv-trace.ts';

/** Where a copy's column of messages stands. */
export interface AnnotationPlace {
  /** Its position from 0. */
  index: number;
  /** The file is an annotated copy itself: what the column said before is replaced. */
  isThere: boolean;
  /** The last row, when it has no end because a quote in it is never closed: nothing can be added to it. */
  unclosedRow?: number;
}

/**
 * Looks through a CSV file for the place of the messages: the column that is there from an earlier copy, or the
 * first one beyond the header and everything that stands below it.
 */
export class AnnotationSearch {
  #layout: CsvLayout;
  #trace: CsvTrace;
  #row: number;
  #cell = 0;
  #width: number;

  constructor(layout: CsvLayout) {
    this.#layout = layout;
    this.#trace = new CsvTrace(layout.delimiter);
    this.#row = layout.hasSepLine ? 0 : 1;
    this.#width = Math.max(layout.names.length, ...layout.ownColumns.map(({ index }) => index + 1));
  }

  write(text: string): void {
    for (let index = 0; index < text.length; index++) {
      const step = this.#trace.step(text.charCodeAt(index));
      if (step === 'cell-end') this.#cell += 1;
      else if (step === 'row-end') {
        this.#cell = 0;
        this.#row += 1;
      } else if (step === 'content' && this.#cell >= this.#width && this.#row > this.#layout.headerRow) {
        if ((text[index] ?? '').trim() !== '') this.#width = this.#cell + 1;
      }
    }
  }

  /** To be asked when the whole file has been written. */
  get place(): AnnotationPlace {
    const earlier = this.#layout.ownColumns.find(({ name }) => isAnnotation(name));
    return {
      index: earlier?.index ?? this.#width,
      isThere: earlier !== undefined,
      ...(this.#trace.isInQuotes ? { unclosedRow: this.#row } : {}),
    };
  }
}

/**
 * Turns the text of a CSV file, in pieces, into that of its annotated copy. The sender's text is passed on as
 * it is, quotes and line ends included; only rows about which something is to be said become longer.
 */
export class CsvAnnotator {
  #layout: CsvLayout;
  #place: AnnotationPlace;
  #annotations: Annotations;
  #trace: CsvTrace;
  #row: number;
  #cell = 0;
  #hasBegun = false;
  /** What the column of messages shall say in this row; `undefined` leaves the row as it is. */
  #note: string | undefined;

  constructor(layout: CsvLayout, place: AnnotationPlace, annotations: Annotations) {
    this.#layout = layout;
    this.#place = place;
    this.#annotations = annotations;
    this.#trace = new CsvTrace(layout.delimiter);
    this.#row = layout.hasSepLine ? 0 : 1;
    this.#note = this.#noteOf(this.#row);
  }

  write(text: string): string {
    let copy = '';
    let from = 0;
    for (let index = 0; index < text.length; index++) {
      const step = this.#trace.step(text.charCodeAt(index));
      if (step === 'line-feed') continue;
      if (step === 'content' || step === 'quote') {
        this.#hasBegun = true;
        if (!this.#isReplaced) continue;
        copy += text.slice(from, index);
        from = index + 1;
        continue;
      }
      copy += text.slice(from, index) + this.#addition(step === 'row-end');
      from = index;
      if (step === 'row-end') this.#startRow();
      else this.#cell += 1;
    }
    return copy + text.slice(from);
  }

  end(): string {
    return this.#hasBegun || this.#cell > 0 ? this.#addition(true) : '';
  }

  /** Whether the cell reached gives way to what is to be said. */
  get #isReplaced(): boolean {
    return this.#note !== undefined && this.#cell === this.#place.index;
  }

  /** What is to be written before the delimiter or line end reached. */
  #addition(isRowEnd: boolean): string {
    if (this.#isReplaced) return csvText(this.#note ?? '');
    const missing = this.#place.index - this.#cell;
    if (!isRowEnd || missing < 0 || !this.#note) return '';
    return this.#layout.delimiter.repeat(missing) + csvText(this.#note);
  }

  #startRow(): void {
    this.#row += 1;
    this.#cell = 0;
    this.#hasBegun = false;
    this.#note = this.#noteOf(this.#row);
  }

  #noteOf(row: number): string | undefined {
    const { headerRow } = this.#layout;
    const { unclosedRow, isThere } = this.#place;
    if (row < headerRow || row === unclosedRow) return undefined;
    if (row > headerRow) return this.#annotations.ofRow(row) || (isThere ? '' : undefined);
    const ofFile = this.#annotations.ofFile((other) => other <= headerRow || other === unclosedRow);
    return ofFile === '' ? annotationColumn : annotationColumn + annotationDash + ofFile;
  }
}
