import type { Issue } from '../issue.ts';
import { createIssue } from '../issue-codes.ts';
import { foldName } from '../unit-names.ts';
import { type Field, fieldOf, isOwnColumn, suggestField } from './columns.ts';
import { maxCellCharacters, maxColumns } from './csv-reader.ts';
import {
  type JsonHandler,
  JsonTokenizer,
  maxJsonDepth,
  maxKeyCharacters,
  type ScalarKind,
  type TextFault,
} from './json-tokenizer.ts';
import { type Cell, cleanText, type SourceRow } from './source-row.ts';

/**
 * How the observations are held: in a top-level array, in the array `observations` of an object, or one
 * object after the other on lines of their own. `object` is the first object until one knows which.
 */
type Container = 'none' | 'array' | 'object' | 'wrapper' | 'lines';

/** Depth, counting open brackets, of the fields of an observation. */
const fieldDepth: Record<Container, number> = { none: 0, array: 2, object: 1, wrapper: 3, lines: 1 };

const shapes = '[{…}, …], {"observations": […]}, {…}';

/** Turns the text of a JSON file, in pieces, into rows. A row's number is its observation's position from 1. */
export class JsonRows implements JsonHandler {
  #tokenizer = new JsonTokenizer(this);
  #container: Container = 'none';
  #depth = 0;
  #keys: Set<string>[] = [];
  #key = '';
  #position = 0;
  #open: { cells: Map<Field, Cell>; issues: Issue[]; isReadable: boolean } | undefined;
  #isInObservations = false;
  #lastLine = 0;
  #ignored = new Set<string>();
  #fileIssues: Issue[] = [];
  #rows: SourceRow[] = [];
  #hasEnded = false;

  write(text: string): SourceRow[] {
    this.#tokenizer.write(text);
    return this.#take();
  }

  end(): SourceRow[] {
    this.#tokenizer.end();
    return this.#take();
  }

  open(bracket: '{' | '['): void {
    this.#depth += 1;
    const isObject = bracket === '{';
    this.#keys.push(new Set());
    if (this.#depth === 1) this.#openTop(isObject);
    else if (this.#isItem(this.#depth - 1)) {
      this.#startRow();
      if (!isObject) this.#rejectRow();
    } else if (this.#open?.isReadable && this.#depth === fieldDepth[this.#container] + 1)
      this.#nested(isObject);
    else if (this.#container === 'wrapper' && this.#depth === 2) this.#ignore(this.#key);
  }

  close(): void {
    this.#keys.pop();
    const isItemEnd =
      this.#open && (this.#depth === fieldDepth[this.#container] || this.#isItem(this.#depth - 1));
    if (isItemEnd) this.#endRow();
    if (this.#depth === 2) this.#isInObservations = false;
    if (this.#depth === 1) this.#lastLine = this.#tokenizer.line;
    this.#depth -= 1;
  }

  key(text: string, fault: TextFault | undefined): void {
    this.#key = text;
    const keys = this.#keys.at(-1);
    const facts = fault === 'text-too-long' ? { expected: String(maxKeyCharacters) } : {};
    if (fault && this.#open) this.#open.issues.push(createIssue(fault, this.#place(), facts));
    if (keys?.size === maxColumns) this.#tokenizer.fail();
    else if (keys?.has(text)) this.#report('json-duplicate-key', text);
    else keys?.add(text);
  }

  scalar(kind: ScalarKind, text: string, fault: TextFault | undefined): void {
    if (this.#depth === 0) this.#tokenizer.fail();
    else if (this.#isItem(this.#depth)) {
      this.#startRow();
      this.#rejectRow();
      this.#endRow();
    } else if (this.#open?.isReadable && this.#depth === fieldDepth[this.#container]) {
      if (this.#isObservationsKey()) this.#rejectRow();
      else this.#addCell(kind === 'word' && text === 'null' ? '' : text, kind === 'number', fault);
    } else if (this.#container === 'wrapper' && this.#depth === 1) this.#ignore(this.#key);
  }

  /** Whether something directly inside the given depth is meant to be an observation. */
  #isItem(depth: number): boolean {
    if (this.#container === 'array') return depth === 1;
    return this.#container === 'wrapper' && this.#isInObservations && depth === 2;
  }

  #openTop(isObject: boolean): void {
    const follows = this.#container === 'lines' && isObject && this.#tokenizer.line > this.#lastLine;
    if (this.#container !== 'none' && !follows) this.#tokenizer.fail();
    else if (!isObject) this.#container = 'array';
    else {
      this.#container = follows ? 'lines' : 'object';
      this.#startRow();
    }
  }

  #nested(isObject: boolean): void {
    if (this.#container === 'object' && this.#isObservationsKey() && !isObject) {
      this.#container = 'wrapper';
      this.#isInObservations = true;
      this.#position = 0;
      // What was taken for the fields of an observation are other keys of the wrapper.
      this.#fileIssues.push(
        ...(this.#open?.issues ?? []).filter(({ code }) => code === 'json-duplicate-key'),
      );
      this.#open = undefined;
      this.#ignored.clear();
      for (const key of this.#keys[0] ?? []) if (key !== this.#key) this.#ignore(key);
      return;
    }
    if (this.#isObservationsKey() || fieldOf(this.#key)) this.#rejectRow();
    else this.#ignore(this.#key);
  }

  #isObservationsKey(): boolean {
    return this.#container !== 'array' && foldName(this.#key.slice(0, 40)) === 'observations';
  }

  #startRow(): void {
    this.#position += 1;
    this.#key = '';
    this.#open = { cells: new Map(), issues: [], isReadable: true };
  }

  #endRow(): void {
    if (!this.#open) return;
    if (this.#container === 'object') this.#container = 'lines';
    this.#rows.push({ row: this.#position, isData: true, ...this.#open });
    this.#open = undefined;
  }

  /** The observation, or the field it has come to, is no such thing. */
  #rejectRow(): void {
    if (!this.#open?.isReadable) return;
    this.#open.isReadable = false;
    const facts = { value: this.#tokenizer.position, expected: this.#key ? 'string, number, null' : '{…}' };
    this.#open.issues.push(createIssue('json-invalid', this.#place(), facts));
  }

  #addCell(text: string, isLiteral: boolean, fault: TextFault | undefined): void {
    const field = fieldOf(this.#key);
    if (!field || !this.#open) {
      this.#ignore(this.#key);
      return;
    }
    const { cells, issues } = this.#open;
    if (fault) issues.push(createIssue(fault, this.#place(), limitOf(fault)));
    const earlier = cells.get(field);
    if (!earlier) {
      cells.set(field, {
        text: cleanText(text),
        column: this.#key,
        isLiteral,
        isFaulty: fault !== undefined,
      });
    } else if (earlier.column !== this.#key) this.#report('header-duplicate', this.#key, earlier.column);
  }

  #report(code: 'json-duplicate-key' | 'header-duplicate', value: string, expected?: string): void {
    const issue = createIssue(code, this.#place(), {
      value,
      ...(expected === undefined ? {} : { expected }),
    });
    (this.#open?.issues ?? this.#fileIssues).push(issue);
  }

  #ignore(key: string): void {
    if (isOwnColumn(key) || this.#ignored.size >= maxColumns || this.#ignored.has(key)) return;
    this.#ignored.add(key);
    const suggestion = fieldOf(key) ? undefined : suggestField(key);
    const facts = { value: key, ...(suggestion ? { expected: suggestion } : {}) };
    (this.#open?.issues ?? this.#fileIssues).push(createIssue('column-ignored', this.#place(), facts));
  }

  #place(): { row?: number; column?: string } {
    return { ...(this.#open ? { row: this.#position } : {}), ...(this.#key ? { column: this.#key } : {}) };
  }

  #take(): SourceRow[] {
    const { fault, position } = this.#tokenizer;
    if (fault && !this.#hasEnded) {
      this.#hasEnded = true;
      const expected = fault === 'json-too-deep' ? String(maxJsonDepth) : shapes;
      const place = this.#open ? { row: this.#position } : {};
      this.#fileIssues.push(createIssue(fault, place, { value: position, expected }));
    }
    if (this.#fileIssues.length > 0) {
      this.#rows.push({
        row: this.#position,
        cells: new Map(),
        issues: this.#fileIssues,
        isReadable: false,
        isData: false,
      });
      this.#fileIssues = [];
    }
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }
}

function limitOf(fault: TextFault): { expected?: string } {
  return fault === 'text-too-long' ? { expected: String(maxCellCharacters) } : {};
}
