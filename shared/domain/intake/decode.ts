import type { Encoding } from './encoding.ts';
import { readBytes, type SourceFile } from './source-file.ts';
import { decodeTcvn3 } from './tcvn3.ts';

/**
 * The text of a file whose encoding is known to hold, in pieces, without its byte order mark. Not yet
 * composed (NFC): that is done cell by cell, where no piece boundary can split a letter from its mark.
 */
export async function* readText(file: SourceFile, encoding: Encoding): AsyncGenerator<string> {
  if (encoding === 'tcvn3') {
    for await (const piece of readBytes(file)) yield decodeTcvn3(piece);
    return;
  }
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const piece of readBytes(file)) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}
