import type { Encoding } from '../../../shared/domain/intake/encoding.ts';
import { encodeTcvn3 } from '../../../shared/domain/intake/tcvn3.ts';

/** A text in an encoding, without a byte order mark. TCVN3 has no toned capitals: they become small. */
export function encodeText(text: string, encoding: Encoding): Uint8Array {
  switch (encoding) {
    case 'utf-8':
      return new TextEncoder().encode(text);
    case 'utf-16le':
    case 'utf-16be': {
      const bytes = new Uint8Array(text.length * 2);
      const view = new DataView(bytes.buffer);
      for (let index = 0; index < text.length; index++) {
        view.setUint16(index * 2, text.charCodeAt(index), encoding === 'utf-16le');
      }
      return bytes;
    }
    case 'windows-1258':
      return encodeWindows1258(text);
    case 'tcvn3': {
      const letters = [...text.normalize('NFC')].map((letter) =>
        encodeTcvn3(letter) ? letter : letter.toLowerCase(),
      );
      const bytes = encodeTcvn3(letters.join(''));
      if (!bytes) throw new RangeError(`not in TCVN3: ${text}`);
      return bytes;
    }
  }
}

const windowsLetters = new Map(
  Array.from({ length: 256 }, (_, byte) => [
    new TextDecoder('windows-1258').decode(Uint8Array.of(byte)),
    byte,
  ]),
);

/** The code page has letters and, for most tones, marks that follow them. */
function encodeWindows1258(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const letter of text.normalize('NFC')) {
    const marks = letter.normalize('NFD');
    const tone = /[\u0300\u0301\u0303\u0309\u0323]/.exec(marks)?.[0] ?? '';
    const parts = windowsLetters.has(letter) ? [letter] : [marks.replace(tone, '').normalize('NFC'), tone];
    for (const part of parts.filter(Boolean)) {
      const byte = windowsLetters.get(part);
      if (byte === undefined) throw new RangeError(`not in windows-1258: ${letter}`);
      bytes.push(byte);
    }
  }
  return Uint8Array.from(bytes);
}

/** The byte order mark of an encoding. */
export function markOf(encoding: Encoding): Uint8Array {
  return encodeText('\ufeff', encoding);
}

/** The same bytes one after the other. */
export function join(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
