/**
 * The alphabet of text messages. A message in GSM-7 has 160 characters; one character outside it, such as
 * `đ`, makes the whole message UCS-2 with 70.
 * @see 3GPP TS 23.038, sections 6.2.1 and 6.2.3
 */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
    '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Characters sent behind an escape: each takes the room of two. */
const extension = new Set('\f^{}\\[~]|€');

const substitutes: Readonly<Record<string, string>> = {
  đ: 'd',
  Đ: 'D',
  '≥': '>=',
  '≤': '<=',
  '≈': '~',
  '–': '-',
  '—': '-',
  '−': '-',
  '·': '-',
  '…': '...',
  '‘': "'",
  '’': "'",
  '“': '"',
  '”': '"',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\t': ' ',
};

/**
 * A text in GSM-7: diacritics dropped (`Đà Nẵng` → `Da Nang`), typographic signs written plainly, whatever
 * else the alphabet lacks replaced by `?`.
 */
export function foldToGsm7(text: string): string {
  const bare = text.normalize('NFD').replace(/\p{Mn}/gu, '');
  return Array.from(bare, (character) => {
    const plain = substitutes[character] ?? character;
    return isGsm7(plain) ? plain : '?';
  }).join('');
}

/** How many text messages a text takes: 160 or 153 a part in GSM-7, 70 or 67 in UCS-2; 0 for an empty text. */
export function smsParts(text: string): number {
  if (isGsm7(text)) return partsOf(Array.from(text, septets), 160, 153);
  return partsOf(
    Array.from(text, (character) => character.length),
    70,
    67,
  );
}

function isGsm7(text: string): boolean {
  return Array.from(text).every((character) => basic.has(character) || extension.has(character));
}

function septets(character: string): number {
  return extension.has(character) ? 2 : 1;
}

/** Fills parts in order; an escaped or surrogate pair is never divided between two. */
function partsOf(sizes: readonly number[], single: number, part: number): number {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= single) return total > 0 ? 1 : 0;
  let parts = 1;
  let filled = 0;
  for (const size of sizes) {
    if (filled + size > part) {
      parts += 1;
      filled = 0;
    }
    filled += size;
  }
  return parts;
}
