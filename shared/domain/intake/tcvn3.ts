/**
 * TCVN 5712:1993 VN3, the encoding of the "ABC" fonts (.VnTime and others). Capital letters with a tone
 * have no code of their own: offices typed the small letter in a capital font, so it decodes small.
 * Word processors kept Windows punctuation in 0x80–0x9F. Unassigned bytes become U+FFFD.
 */
const letters: readonly (readonly [number, string])[] = [
  [0x85, '…'],
  [0x91, '‘’“”•–—'],
  [0xa0, '\u00a0ĂÂÊÔƠƯĐăâêôơưđ'],
  [0xb5, 'àảãáạ'],
  [0xbb, 'ằẳẵắ'],
  [0xc6, 'ặầẩẫấậè'],
  [0xce, 'ẻẽéẹềểễếệìỉ'],
  [0xdc, 'ĩíịò'],
  [0xe1, 'ỏõóọồổỗốộờởỡớợù'],
  [0xf1, 'ủũúụừửữứựỳỷỹýỵ'],
];

const table = Array.from({ length: 256 }, (_, byte) => (byte < 0x80 ? String.fromCharCode(byte) : '\ufffd'));
for (const [first, run] of letters) {
  for (const [index, letter] of [...run].entries()) table[first + index] = letter;
}

/** The text of bytes in TCVN3; every byte is one character. */
export function decodeTcvn3(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += table[byte];
  return text;
}

/** The bytes of a text in TCVN3, or `undefined` when it has a character TCVN3 has not. */
export function encodeTcvn3(text: string): Uint8Array | undefined {
  const bytes = [...text.normalize('NFC')].map((letter) => table.indexOf(letter));
  return bytes.includes(-1) ? undefined : Uint8Array.from(bytes);
}
