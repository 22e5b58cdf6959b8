import type { Annotations } from './annotations.ts';
import { annotationColumn } from './columns.ts';
import { JsonRows } from './json-rows.ts';

const trailingSpace = /[ \t\r\n]*$/;
/** Longer runs of white space are passed on before one knows what follows. */
const maxHeldSpace = 1000;

/**
 * Turns the text of a JSON file, in pieces, into that of its annotated copy: the sender's text as it is, with one
 * more field at the end of each observation about which something is to be said. The first observation also has
 * what is said about the file. The text must be free of earlier annotations. Where the syntax breaks, the rest is
 * passed on as it is.
 */
export class JsonAnnotator {
  #annotations: Annotations;
  #rows = new JsonRows();
  #held = '';
  /** The last character passed on that is no white space: `{` before the end of an object without fields. */
  #last = '';
  #isFirst = true;

  constructor(annotations: Annotations) {
    this.#annotations = annotations;
  }

  write(text: string): string {
    const parts = (this.#held + text).split('}');
    const rest = parts.pop() ?? '';
    let copy = '';
    for (const part of parts) copy += this.#closeObject(part);
    const space = trailingSpace.exec(rest)?.[0] ?? '';
    this.#held = space.length > maxHeldSpace ? '' : space;
    const passed = rest.slice(0, rest.length - this.#held.length);
    this.#rows.write(passed);
    this.#pass(passed);
    return copy + passed;
  }

  end(): string {
    return this.#held;
  }

  /** The text up to and including a closing brace, which may end an observation, some other object, or nothing. */
  #closeObject(part: string): string {
    this.#rows.write(part);
    const observation = this.#rows.write('}').find(({ isData }) => isData);
    const note = observation ? this.#noteOf(observation.row) : '';
    const space = trailingSpace.exec(part)?.[0] ?? '';
    const body = part.slice(0, part.length - space.length);
    this.#pass(body);
    const comma = this.#last === '{' ? '' : ', ';
    const field = note ? `${comma}${JSON.stringify(annotationColumn)}: ${JSON.stringify(note)}` : '';
    this.#pass('}');
    return `${body}${field}${space}}`;
  }

  #pass(text: string): void {
    this.#last = text.trimEnd().at(-1) ?? this.#last;
  }

  #noteOf(row: number): string {
    const ofFile = this.#isFirst ? this.#annotations.ofFile() : '';
    this.#isFirst = false;
    return [ofFile, this.#annotations.ofRow(row)].filter((text) => text !== '').join(' | ');
  }
}
