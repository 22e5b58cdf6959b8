import type { Delimiter } from './csv-layout.ts';

/**
 * What a character of a CSV file is: content of a cell, a quote around content, the end of a cell, the end of a
 * row (and of its last cell), or the line feed after the carriage return that ended a row.
 */
export type CsvTraceStep = 'content' | 'quote' | 'cell-end' | 'row-end' | 'line-feed';

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Follows where the cells and rows of a CSV text end, exactly as `CsvReader` reads them, and keeps nothing. */
export class CsvTrace {
  #delimiter: number;
  #state: 'cell-start' | 'plain' | 'quoted' | 'quote-in-quoted' = 'cell-start';
  #afterReturn = false;

  constructor(delimiter: Delimiter) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  /** Whether the text so far ends inside quotes. */
  get isInQuotes(): boolean {
    return this.#state === 'quoted';
  }

  /** Goes on by one character (UTF-16 code unit). */
  step(code: number): CsvTraceStep {
    const wasAfterReturn = this.#afterReturn;
    this.#afterReturn = false;
    if (wasAfterReturn && code === lineFeed) return 'line-feed';
    if (this.#state === 'quoted') {
      if (code !== quote) return 'content';
      this.#state = 'quote-in-quoted';
      return 'quote';
    }
    if (code === quote && this.#state !== 'plain') {
      const isDoubled = this.#state === 'quote-in-quoted';
      this.#state = 'quoted';
      return isDoubled ? 'content' : 'quote';
    }
    if (code === this.#delimiter || code === lineFeed || code === carriageReturn) {
      this.#state = 'cell-start';
      this.#afterReturn = code === carriageReturn;
      return code === this.#delimiter ? 'cell-end' : 'row-end';
    }
    this.#state = 'plain';
    return 'content';
  }
}
