import { isAnnotation } from './columns.ts';

/** A longer name, however it is written, is none of ours. */
const maxKeyCharacters = 200;

/**
 * - `pass`: text goes on as it comes.
 * - `hold`: behind `{` or `,` it is kept back until one knows whether the name of our field follows.
 * - `drop`: our field's value is left out, up to the `,` or `}` behind it; only the white space before that stays.
 */
type Mode = 'pass' | 'hold' | 'drop';

/**
 * Takes the fields that an earlier annotated copy added out of a JSON text that arrives in pieces. Everything
 * else stays as it is, sound JSON or not.
 */
export class JsonWithoutAnnotations {
  #mode: Mode = 'pass';
  #held = '';
  #key: string | undefined;
  #isInString = false;
  #isEscaped = false;
  /** Open brackets within the value that is dropped. */
  #depth = 0;
  #isFirst = false;

  write(text: string): string {
    let kept = '';
    for (const character of text) kept += this.#next(character);
    return kept;
  }

  end(): string {
    return this.#mode === 'hold' ? this.#release() : '';
  }

  #next(character: string): string {
    const wasInString = this.#isInString;
    if (this.#isInString) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (character === '\\') this.#isEscaped = true;
      else if (character === '"') this.#isInString = false;
    } else if (character === '"') this.#isInString = true;
    const isStructure = !wasInString && character !== '"';
    if (this.#mode === 'drop') return this.#drop(character, isStructure);
    if (this.#mode === 'hold') return this.#hold(character, isStructure);
    if (!isStructure || (character !== '{' && character !== ',')) return character;
    this.#startHolding(character, character === '{');
    return '';
  }

  #startHolding(held: string, isFirst: boolean): void {
    this.#mode = 'hold';
    this.#held = held;
    this.#key = undefined;
    this.#isFirst = isFirst;
  }

  #hold(character: string, isStructure: boolean): string {
    if (!isStructure && this.#key === undefined) this.#key = '';
    if (!isStructure) {
      this.#key += character;
      this.#held += character;
      return this.#held.length > maxKeyCharacters ? this.#release() : '';
    }
    if (isJsonSpace(character) && this.#held.length <= maxKeyCharacters) {
      this.#held += character;
      return '';
    }
    if (character === ':' && this.#key !== undefined && isOurs(this.#key)) {
      const kept = this.#isFirst ? this.#held.slice(0, this.#held.indexOf('"')) : '';
      this.#mode = 'drop';
      this.#depth = 0;
      this.#held = '';
      return kept;
    }
    const released = this.#release();
    if (character !== '{' && character !== ',') return released + character;
    this.#startHolding(character, character === '{');
    return released;
  }

  #release(): string {
    this.#mode = 'pass';
    return this.#held;
  }

  #drop(character: string, isStructure: boolean): string {
    if (isStructure && this.#depth === 0 && character === ',') {
      // The first field leaves with the comma behind it, any other with the one before.
      this.#startHolding(this.#isFirst ? '' : ',', this.#isFirst);
      return '';
    }
    if (isStructure && this.#depth === 0 && character === '}') return this.#release() + character;
    if (isStructure && (character === '{' || character === '[')) this.#depth += 1;
    if (isStructure && (character === '}' || character === ']')) this.#depth -= 1;
    const isSpace = isStructure && isJsonSpace(character);
    this.#held = isSpace && this.#held.length <= maxKeyCharacters ? this.#held + character : '';
    return '';
  }
}

function isOurs(key: string): boolean {
  try {
    const name: unknown = JSON.parse(key);
    return typeof name === 'string' && isAnnotation(name);
  } catch {
    return false;
  }
}

function isJsonSpace(character: string): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t';
}
