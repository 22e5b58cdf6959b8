import type { Catalogue, Unit } from './catalogue.ts';

/**
 * The letters and digits of a text, lower case and without diacritics: `Mã chỉ tiêu` → `machitieu`,
 * `Đắk Lắk` → `daklak`. Two texts that fold alike are the same name to us.
 */
export function foldName(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/[^a-z0-9]/g, '');
}

/** A unit's name folded, without a leading Tỉnh, Thành phố or TP: `TP. Hồ Chí Minh` → `hochiminh`. */
export function foldUnitName(text: string): string {
  const folded = foldName(text);
  return folded.replace(/^(tinh|thanhpho|tp)(?=.)/, '');
}

/**
 * Whether a text names the unit, by id, name or alias. Case, diacritics, spacing, punctuation and a
 * leading Tỉnh / Thành phố / TP do not matter; anything beyond that is another name.
 */
export function isNameOf(unit: Unit, text: string): boolean {
  const folded = foldUnitName(text);
  return folded !== '' && namesOf(unit).some((name) => foldUnitName(name) === folded);
}

/** The unit a text names (in the sense of `isNameOf`); `undefined` when it names none. */
export function findUnitByName(catalogue: Catalogue, text: string): Unit | undefined {
  return catalogue.units.find((unit) => isNameOf(unit, text));
}

/** The unit with a name at most two letters from a text that names none, to suggest, never to accept. */
export function suggestUnit(catalogue: Catalogue, text: string): Unit | undefined {
  const folded = foldUnitName(text);
  // Any two letters are near some id.
  if (folded.length < 4 || folded.length > 60) return undefined;
  return nearest(folded, catalogue.units, (unit) => namesOf(unit).map(foldUnitName));
}

/**
 * The candidate with a name at most `limit` single-letter changes from the text; `undefined` when there is
 * none or when two are equally near.
 */
export function nearest<T>(
  text: string,
  candidates: readonly T[],
  namesOfCandidate: (candidate: T) => readonly string[],
  limit = 2,
): T | undefined {
  let best: T | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    const distance = Math.min(
      ...namesOfCandidate(candidate).map((name) => editDistance(text, name, bestDistance + 1)),
    );
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
    else if (distance === bestDistance) best = undefined;
  }
  return best;
}

function namesOf(unit: Unit): string[] {
  return [unit.id, unit.name, ...unit.aliases];
}

/** Levenshtein distance, cut off at `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(change, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return Math.min(previous[b.length] ?? limit, limit);
}
