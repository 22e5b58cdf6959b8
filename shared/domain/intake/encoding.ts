import { chooseEightBit } from './eight-bit.ts';
import { readBytes, type SourceFile } from './source-file.ts';
import { Utf8Scan, Utf16Scan } from './unicode-scan.ts';

/** The encodings that are read, by the names the receipt states. */
export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1258', 'tcvn3'] as const;
export type Encoding = (typeof encodings)[number];

/** What the bytes of a file are, or why they are not text we read. `offset` counts bytes from 0. */
export type EncodingFinding =
  | { encoding: Encoding; bom: boolean }
  | { code: 'file-format-unsupported'; format: string }
  | { code: 'encoding-invalid'; offset: number }
  | { code: 'encoding-ambiguous' };

/** Files that are often sent under the wrong name, by their first bytes. */
const magic: readonly (readonly [string, readonly number[]])[] = [
  ['xlsx / zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['zip', [0x50, 0x4b, 0x07, 0x08]],
  ['xls / doc', [0xd0, 0xcf, 0x11, 0xe0]],
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['gzip', [0x1f, 0x8b]],
  ['rar', [0x52, 0x61, 0x72, 0x21]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf]],
  ['png', [0x89, 0x50, 0x4e, 0x47]],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['rtf', [0x7b, 0x5c, 0x72, 0x74, 0x66]],
  ['html / xml', [0x3c]],
];

/**
 * Reads the whole file to tell its encoding. A byte order mark decides; without one, text that is UTF-8
 * throughout is UTF-8, and text that is UTF-8 somewhere but not throughout is `encoding-invalid` at its
 * first bad byte. Only a file without any valid non-ASCII UTF-8 sequence may be in an 8-bit encoding.
 */
export async function detectEncoding(file: SourceFile): Promise<EncodingFinding> {
  const head = await readHead(file, 8);
  const format = magic.find(([, bytes]) => bytes.every((byte, index) => head[index] === byte));
  if (format) return { code: 'file-format-unsupported', format: format[0] };
  if (head[0] === 0xff && head[1] === 0xfe) return scanUtf16(file, 'utf-16le');
  if (head[0] === 0xfe && head[1] === 0xff) return scanUtf16(file, 'utf-16be');

  const bom = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
  const scan = new Utf8Scan();
  for await (const piece of readBytes(file)) scan.write(piece);
  scan.end();
  if (scan.firstBadOffset === undefined) return { encoding: 'utf-8', bom };
  if (bom || scan.hasSequence) return { code: 'encoding-invalid', offset: scan.firstBadOffset };
  const choice = await chooseEightBit(file);
  if (choice === 'ambiguous') return { code: 'encoding-ambiguous' };
  if (choice === 'none') return { code: 'encoding-invalid', offset: scan.firstBadOffset };
  return { encoding: choice, bom: false };
}

async function scanUtf16(file: SourceFile, encoding: 'utf-16le' | 'utf-16be'): Promise<EncodingFinding> {
  const scan = new Utf16Scan(encoding === 'utf-16le');
  for await (const piece of readBytes(file)) scan.write(piece);
  scan.end();
  if (scan.firstBadOffset === undefined) return { encoding, bom: true };
  return { code: 'encoding-invalid', offset: scan.firstBadOffset };
}

async function readHead(file: SourceFile, length: number): Promise<number[]> {
  const head: number[] = [];
  for await (const piece of readBytes(file)) {
    for (const byte of piece) {
      if (head.length === length) return head;
      head.push(byte);
    }
  }
  return head;
}
