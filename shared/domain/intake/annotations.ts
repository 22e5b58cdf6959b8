import type { Issue } from '../issue.ts';

/** How many issues an annotated copy carries in full; a file with more is not mended row by row. */
export const maxAnnotations = 100_000;
/** How many characters these may have together, which those of an ordinary file do not reach: 40 MB. */
export const maxAnnotationCharacters = 20_000_000;
/** The most issues told in one cell, and the most characters of each: together they fit in a cell of Excel. */
export const maxAnnotationsInCell = 20;
const maxNoteCharacters = 1500;
const maxColumnCharacters = 60;

const between = ' | ';

interface Notes {
  texts: string[];
  /** Those beyond the most that one cell tells. */
  left: number;
}

/**
 * What an annotated copy says where: the issues of a check, as sentences in Vietnamese with their codes in
 * brackets, by row. `add` is made to be the check's `onIssue`. Holds at most a hundred thousand sentences of twenty
 * million characters, however many issues there are and whatever they show.
 */
export class Annotations {
  #byRow = new Map<number, Notes>();
  #ofFile: Notes = { texts: [], left: 0 };
  #count = 0;
  #characters = 0;
  #left = 0;

  constructor(issues: Iterable<Issue> = []) {
    for (const issue of issues) this.add(issue);
  }

  readonly add = (issue: Issue): void => {
    this.#count += 1;
    if (issue.row === undefined) keep(this.#ofFile, noteOf(issue));
    else if (this.#count > maxAnnotations || this.#characters >= maxAnnotationCharacters) this.#left += 1;
    else {
      const note = noteOf(issue);
      this.#characters += note.length;
      const notes = this.#byRow.get(issue.row) ?? { texts: [], left: 0 };
      this.#byRow.set(issue.row, notes);
      keep(notes, note);
    }
  };

  /** What is said about one row; empty when nothing is. */
  ofRow(row: number): string {
    return textOf(this.#byRow.get(row));
  }

  /**
   * What is said about the file as a whole and about the rows that have no place for it; empty when nothing is.
   */
  ofFile(hasNoPlace: (row: number) => boolean = () => false): string {
    const rows = [...this.#byRow.keys()].filter(hasNoPlace).sort((a, b) => a - b);
    const all: Notes = { texts: [], left: this.#ofFile.left };
    for (const notes of [this.#ofFile, ...rows.map((row) => this.#byRow.get(row))]) {
      for (const text of notes?.texts ?? []) keep(all, text);
      if (notes && notes !== this.#ofFile) all.left += notes.left;
    }
    const beyond = `Còn ${this.#left} mục ở các dòng sau không ghi trong bản này; xem danh sách lỗi đầy đủ.`;
    return [textOf(all), ...(this.#left > 0 ? [beyond] : [])].filter((text) => text !== '').join(between);
  }
}

function keep(notes: Notes, text: string): void {
  if (notes.texts.length < maxAnnotationsInCell) notes.texts.push(text);
  else notes.left += 1;
}

/** `C3: “x” không phải là số. Hãy … [not-a-number]`. */
function noteOf({ code, severity, row, column, cell, message }: Issue): string {
  const name =
    column && column.length > maxColumnCharacters ? `${column.slice(0, maxColumnCharacters)}…` : column;
  const place = cell ?? (name ? `“${name}”` : undefined);
  const text = `${severity === 'warning' ? 'Cảnh báo: ' : ''}${message.vi}`.slice(0, maxNoteCharacters);
  return `${place && row !== undefined ? `${place}: ` : ''}${text} [${code}]`.toWellFormed();
}

function textOf(notes: Notes | undefined): string {
  if (!notes) return '';
  const left = notes.left > 0 ? [`và ${notes.left} mục nữa; xem danh sách lỗi đầy đủ`] : [];
  return [...notes.texts, ...left].join(between);
}
