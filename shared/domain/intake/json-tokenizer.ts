import { maxCellCharacters } from './csv-reader.ts';

/** The deepest nesting read. */
export const maxJsonDepth = 32;
/** The longest name of a field, in characters. All names of an object are held, to find the ones given twice. */
export const maxKeyCharacters = 1000;

/** What is wrong with a string although its syntax holds. */
export type TextFault = 'text-too-long' | 'character-invalid';
export type ScalarKind = 'string' | 'number' | 'word';

/** Is told what the text consists of, in order. Words are `true`, `false` and `null`. */
export interface JsonHandler {
  open(bracket: '{' | '['): void;
  close(): void;
  key(text: string, fault: TextFault | undefined): void;
  scalar(kind: ScalarKind, text: string, fault: TextFault | undefined): void;
}

type Expecting = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end';
type Token = 'none' | 'string' | 'escape' | 'unicode' | 'number' | 'word';

const escapes: Record<string, string> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const numberPattern = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * A strict tokenizer of RFC 8259 text, or of several values one after the other, that arrives in pieces cut
 * anywhere. Numbers keep their text. At the first mistake it notes `fault` and reads no further.
 */
export class JsonTokenizer {
  fault: 'json-invalid' | 'json-too-deep' | undefined;
  #handler: JsonHandler;
  #stack: ('{' | '[')[] = [];
  #expecting: Expecting = 'value';
  #token: Token = 'none';
  #text = '';
  #unicode = '';
  #textFault: TextFault | undefined;
  #line = 1;
  #character = 0;

  constructor(handler: JsonHandler) {
    this.#handler = handler;
  }

  /** Line and character reached, each from 1: `3:15`. */
  get position(): string {
    return `${this.#line}:${Math.max(this.#character, 1)}`;
  }

  get line(): number {
    return this.#line;
  }

  write(text: string): void {
    for (let index = 0; index < text.length && !this.fault; index++) {
      const character = text[index] ?? '';
      if (character === '\n') {
        this.#line += 1;
        this.#character = 0;
      } else this.#character += 1;
      this.#next(character);
    }
  }

  end(): void {
    if (this.fault) return;
    if (this.#token === 'number' || this.#token === 'word') this.#endBare();
    if (this.#token !== 'none' || this.#stack.length > 0) this.fail();
  }

  /** Notes a mistake at the position reached; for handlers that want other content. */
  fail(fault: 'json-invalid' | 'json-too-deep' = 'json-invalid'): void {
    this.fault ??= fault;
  }

  #next(character: string): void {
    if (this.#token === 'string') this.#string(character);
    else if (this.#token === 'escape') this.#escape(character);
    else if (this.#token === 'unicode') this.#unicodeDigit(character);
    else if (this.#token !== 'none' && /[0-9A-Za-z+\-.]/.test(character)) this.#keep(character);
    else {
      if (this.#token !== 'none') this.#endBare();
      if (!this.fault) this.#structure(character);
    }
  }

  #structure(character: string): void {
    if (character === ' ' || character === '\n' || character === '\r' || character === '\t') return;
    const expecting = this.#expecting;
    const wantsValue = expecting === 'value' || expecting === 'value-or-end';
    if (character === '"' && (wantsValue || this.#wantsKey())) this.#start('string');
    else if ((character === '{' || character === '[') && wantsValue) this.#open(character);
    else if (character === '}' && this.#canClose('{', expecting === 'key-or-end')) this.#close();
    else if (character === ']' && this.#canClose('[', expecting === 'value-or-end')) this.#close();
    else if (character === ':' && expecting === 'colon') this.#expecting = 'value';
    else if (character === ',' && expecting === 'comma-or-end') {
      this.#expecting = this.#stack.at(-1) === '{' ? 'key' : 'value';
    } else if (/[-0-9]/.test(character) && wantsValue) this.#start('number', character);
    else if (/[a-z]/.test(character) && wantsValue) this.#start('word', character);
    else this.fail();
  }

  #wantsKey(): boolean {
    return this.#expecting === 'key' || this.#expecting === 'key-or-end';
  }

  #canClose(bracket: '{' | '[', isEmpty: boolean): boolean {
    return this.#stack.at(-1) === bracket && (isEmpty || this.#expecting === 'comma-or-end');
  }

  #open(bracket: '{' | '['): void {
    if (this.#stack.length === maxJsonDepth) {
      this.fail('json-too-deep');
      return;
    }
    this.#stack.push(bracket);
    this.#expecting = bracket === '{' ? 'key-or-end' : 'value-or-end';
    this.#handler.open(bracket);
  }

  #close(): void {
    this.#handler.close();
    this.#stack.pop();
    this.#endValue();
  }

  #endValue(): void {
    this.#expecting = this.#stack.length > 0 ? 'comma-or-end' : 'value';
  }

  #start(token: Token, text = ''): void {
    this.#token = token;
    this.#text = text;
    this.#textFault = undefined;
  }

  #string(character: string): void {
    if (character === '"') this.#endString();
    else if (character === '\\') this.#token = 'escape';
    else if (character === '\0') this.#textFault ??= 'character-invalid';
    else if (character < ' ') this.fail();
    else this.#keep(character);
  }

  #escape(character: string): void {
    this.#token = 'string';
    const meant = escapes[character];
    if (meant !== undefined) this.#keep(meant);
    else if (character === 'u') {
      this.#token = 'unicode';
      this.#unicode = '';
    } else this.fail();
  }

  #unicodeDigit(character: string): void {
    if (!/[0-9a-fA-F]/.test(character)) this.fail();
    this.#unicode += character;
    if (this.#unicode.length < 4) return;
    this.#token = 'string';
    if (this.#unicode === '0000') this.#textFault ??= 'character-invalid';
    else this.#keep(String.fromCharCode(Number.parseInt(this.#unicode, 16)));
  }

  #keep(character: string): void {
    const limit = this.#wantsKey() ? maxKeyCharacters : maxCellCharacters;
    if (this.#text.length < limit) this.#text += character;
    else this.#textFault ??= 'text-too-long';
  }

  #endString(): void {
    this.#token = 'none';
    if (!this.#text.isWellFormed()) this.#textFault ??= 'character-invalid';
    if (this.#wantsKey()) {
      this.#expecting = 'colon';
      this.#handler.key(this.#text, this.#textFault);
      return;
    }
    this.#handler.scalar('string', this.#text, this.#textFault);
    this.#endValue();
  }

  #endBare(): void {
    const kind = this.#token === 'number' ? 'number' : 'word';
    this.#token = 'none';
    const isValid =
      kind === 'number' ? numberPattern.test(this.#text) : /^(true|false|null)$/.test(this.#text);
    if (isValid || this.#textFault) this.#handler.scalar(kind, this.#text, this.#textFault);
    else this.fail();
    this.#endValue();
  }
}
