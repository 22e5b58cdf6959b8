import { readBytes, type SourceFile } from './source-file.ts';
import { decodeTcvn3 } from './tcvn3.ts';
import { isVietnameseWord } from './vietnamese-word.ts';

export type EightBitEncoding = 'windows-1258' | 'tcvn3';

/** A reading whose words with diacritics are Vietnamese in at least this share may be believed. */
const believableShare = 0.75;
/** Longer runs of letters are no words of any language; they count as one wrong word. */
const maxWordCharacters = 40;

/**
 * Tells by content which 8-bit encoding a file is in: the reading in which more of the words that carry
 * diacritics are Vietnamese syllables. `ambiguous` when both are equally good, `none` when neither is
 * believable.
 */
export async function chooseEightBit(file: SourceFile): Promise<EightBitEncoding | 'ambiguous' | 'none'> {
  const windows = new WordCount();
  const tcvn3 = new WordCount();
  const decoder = new TextDecoder('windows-1258');
  for await (const piece of readBytes(file)) {
    windows.write(decoder.decode(piece, { stream: true }));
    tcvn3.write(decodeTcvn3(piece));
  }
  windows.end();
  tcvn3.end();
  if (!windows.isBelievable && !tcvn3.isBelievable) return 'none';
  if (windows.vietnamese === tcvn3.vietnamese) return 'ambiguous';
  const [encoding, count] =
    windows.vietnamese > tcvn3.vietnamese
      ? (['windows-1258', windows] as const)
      : (['tcvn3', tcvn3] as const);
  return count.isBelievable ? encoding : 'none';
}

/** Counts the words with diacritics in a text, and how many of them are Vietnamese. */
class WordCount {
  words = 0;
  vietnamese = 0;
  #word = '';

  get isBelievable(): boolean {
    return this.vietnamese > 0 && this.vietnamese >= this.words * believableShare;
  }

  write(text: string): void {
    const words = (this.#word + text).replace(/[\u00a0‘’“”–—…•]/g, ' ');
    const parts = words.split(/[^A-Za-z\u0080-\uffff]+/);
    const open = parts.pop() ?? '';
    // Of a word too long to be one nothing matters but whether it carries diacritics, wherever it is cut.
    const isTooLong = open.length > maxWordCharacters;
    this.#word = isTooLong ? (hasDiacritics(open) ? 'ộ' : 'o').repeat(maxWordCharacters + 1) : open;
    for (const part of parts) this.#count(part);
  }

  end(): void {
    this.#count(this.#word);
    this.#word = '';
  }

  #count(word: string): void {
    if (!hasDiacritics(word)) return;
    this.words += 1;
    if (word.length <= maxWordCharacters && isVietnameseWord(word)) this.vietnamese += 1;
  }
}

function hasDiacritics(word: string): boolean {
  return /[\u0080-\uffff]/.test(word);
}
