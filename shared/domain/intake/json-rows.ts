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

/** What a JSON file may be, in short. */
export const jsonShapes = '[{…}, …], {"observations": […]}, {…}';

/**
 * Turns the text of a JSON file, in pieces, into rows. A row's number is its observation's position from 1.
 *
 * An object with `observations` may say more beside them, before or behind: `{"unit":"74","observations":[…]}`.
 * `unit` is what it is in an observation, said once for all: it must be the sender's, and comes as a last row that is
 * no data. All else is passed over with a warning, whatever it holds and also when it is named like a column: a
 * `period` there is no observation's, for none is filled in that an observation does not say itself.
 */
export class JsonRows implements JsonHandler {
  #tokenizer = new JsonTokenizer(this);
  #container: Container = 'none';
  #depth = 0;
  #keys: Set<string>[] = [];
  #key = '';
  #position = 0;
  #open: { cells: Map<Field, Cell>; issues: Issue[]; isReadable: boolean } | undefined;
  #isInObservations = false;
  /** How the wrapper writes `observations`. */
  #observationsKey = '';
  /** What the wrapper, or an object that may still turn out to be one, says of its unit. */
  #unit: SourceRow | undefined;
  /** A list in the first object that is under another name than `observations`, and where it begins. */
  #otherList: { column: string; value: string } | undefined;
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
    if (this.#container === 'wrapper' && this.#unit) this.#rows.push(this.#unit);
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
    } else if (this.#container === 'object' && this.#depth === 2 && !isObject && this.#isObservationsKey()) {
      this.#openWrapper();
    } else {
      if (this.#depth === 2) this.#noteUnit('', 'json-invalid');
      if (this.#open?.isReadable && this.#depth === fieldDepth[this.#container] + 1) this.#nested(!isObject);
      else if (this.#container === 'wrapper' && this.#depth === 2) this.#passOver(this.#key);
    }
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
    const content = kind === 'word' && text === 'null' ? '' : text;
    if (this.#depth === 0) this.#tokenizer.fail();
    else if (this.#isItem(this.#depth)) {
      this.#startRow();
      this.#rejectRow();
      this.#endRow();
    } else {
      if (this.#depth === 1) this.#noteUnit(content, fault);
      if (this.#open?.isReadable && this.#depth === fieldDepth[this.#container]) {
        if (this.#isObservationsKey()) this.#rejectRow();
        else this.#addCell(content, kind === 'number', fault);
      } else if (this.#container === 'wrapper' && this.#depth === 1) this.#passOver(this.#key);
    }
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

  /** What was taken for the fields of an observation stands beside observations. */
  #openWrapper(): void {
    const issues = this.#open?.issues ?? [];
    this.#container = 'wrapper';
    this.#isInObservations = true;
    this.#observationsKey = this.#key;
    this.#position = 0;
    this.#open = undefined;
    this.#ignored.clear();
    for (const { row: _, ...issue } of issues) {
      if (issue.code === 'json-duplicate-key') this.#fileIssues.push(issue);
    }
    for (const key of this.#keys[0] ?? []) this.#passOver(key);
  }

  /** A key beside the observations. What it says of the unit is noted where its value is read. */
  #passOver(key: string): void {
    if (key === this.#observationsKey) return;
    if (isObservations(key)) this.#report('header-duplicate', key, this.#observationsKey);
    else if (fieldOf(key) !== 'unit') this.#ignore(key);
  }

  #noteUnit(text: string, fault: TextFault | 'json-invalid' | undefined): void {
    const isBeside = this.#container === 'object' || this.#container === 'wrapper';
    if (!isBeside || fieldOf(this.#key) !== 'unit') return;
    const column = this.#key;
    const earlier = this.#unit?.cells.get('unit');
    if (earlier) {
      const facts = { value: column, expected: earlier.column };
      if (earlier.column !== column)
        this.#unit?.issues.push(createIssue('header-duplicate', { column }, facts));
      return;
    }
    const cell = { text: cleanText(text), column, isLiteral: false, isFaulty: fault !== undefined };
    const issues = fault ? [createIssue(fault, { column }, this.#factsOf(fault))] : [];
    this.#unit = { row: 0, cells: new Map([['unit', cell]]), issues, isReadable: true, isData: false };
  }

  /** A field of an observation that holds an object or a list. */
  #nested(isList: boolean): void {
    if (this.#isObservationsKey() || fieldOf(this.#key)) this.#rejectRow();
    else {
      if (isList && this.#container === 'object' && !isOwnColumn(this.#key)) {
        this.#otherList ??= { column: this.#key, value: this.#tokenizer.position };
      }
      this.#ignore(this.#key);
    }
  }

  #isObservationsKey(): boolean {
    return this.#container !== 'array' && isObservations(this.#key);
  }

  #startRow(): void {
    this.#placeFileIssues();
    this.#position += 1;
    this.#key = '';
    this.#open = { cells: new Map(), issues: [], isReadable: true };
  }

  #endRow(): void {
    if (!this.#open) return;
    const isWrapped = this.#container === 'object' && this.#otherList && !hasFigures(this.#open.cells);
    if (this.#container === 'object') this.#container = 'lines';
    if (isWrapped) this.#rejectWrapper();
    this.#rows.push({ row: this.#position, isData: true, ...this.#open });
    this.#open = undefined;
  }

  /** The object is no observation: it wraps a list under a name that is not `observations`. */
  #rejectWrapper(): void {
    const { column, value = '' } = this.#otherList ?? {};
    const facts = { value, expected: '{"observations": […]}' };
    const issue = createIssue('json-invalid', this.#place(column), facts);
    this.#open = { cells: new Map(), issues: [issue], isReadable: false };
  }

  /** The observation, or the field it has come to, is no such thing. */
  #rejectRow(): void {
    if (!this.#open?.isReadable) return;
    this.#open.isReadable = false;
    this.#open.issues.push(createIssue('json-invalid', this.#place(), this.#factsOf('json-invalid')));
  }

  #addCell(text: string, isLiteral: boolean, fault: TextFault | undefined): void {
    const field = fieldOf(this.#key);
    if (!field || !this.#open) {
      this.#ignore(this.#key);
      return;
    }
    const { cells, issues } = this.#open;
    if (fault) issues.push(createIssue(fault, this.#place(), this.#factsOf(fault)));
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
    const issue = createIssue(code, this.#place(value), {
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
    (this.#open?.issues ?? this.#fileIssues).push(createIssue('column-ignored', this.#place(key), facts));
  }

  #place(key = this.#key): { row?: number; column?: string } {
    return { ...(this.#open ? { row: this.#position } : {}), ...(key ? { column: key } : {}) };
  }

  /** What else is to be said of a value at fault. */
  #factsOf(fault: TextFault | 'json-invalid'): { value?: string; expected?: string } {
    if (fault === 'text-too-long') return { expected: String(maxCellCharacters) };
    if (fault === 'character-invalid') return {};
    return { value: this.#tokenizer.position, expected: this.#key ? 'string, number, null' : '{…}' };
  }

  /** What was found beside the rows stands between them where it was found, however the text came in pieces. */
  #placeFileIssues(): void {
    if (this.#fileIssues.length === 0) return;
    this.#rows.push({
      row: this.#position,
      cells: new Map(),
      issues: this.#fileIssues,
      isReadable: false,
      isData: false,
    });
    this.#fileIssues = [];
  }

  #take(): SourceRow[] {
    const { fault, position } = this.#tokenizer;
    if (fault && !this.#hasEnded) {
      this.#hasEnded = true;
      const expected = fault === 'json-too-deep' ? String(maxJsonDepth) : jsonShapes;
      const place = this.#open ? { row: this.#position } : {};
      this.#fileIssues.push(createIssue(fault, place, { value: position, expected }));
    }
    this.#placeFileIssues();
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }
}

/** Whether anything but the unit is said in the fields of the file format. */
function hasFigures(cells: ReadonlyMap<Field, Cell>): boolean {
  return [...cells.keys()].some((field) => field !== 'unit');
}

function isObservations(key: string): boolean {
  return foldName(key.slice(0, 40)) === 'observations';
}
