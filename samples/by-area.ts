import { type Area, communesOf, districtsOf } from '../shared/catalogue/load-catalogue.ts';
import { randomFor } from './random.ts';

/** How far a figure is broken down. */
export type Level = 'district' | 'commune';

/** A count of a count in one area. */
export interface AreaRatio {
  area: string;
  numerator: number;
  denominator: number;
}

/** The areas of a province at a level, in the order of their codes; districts without communes are left out. */
export function areasOf(province: string, level: Level): readonly Area[] {
  const districts = districtsOf(province).filter(({ code }) => communesOf(code).length > 0);
  return level === 'district' ? districts : districts.flatMap(({ code }) => communesOf(code));
}

/** How many communes a province has in each area of a level: one in a commune. Wards count where asked for. */
export function communeCounts(province: string, level: Level, hasWards: boolean): number[] {
  return areasOf(province, level).map(({ code }) => {
    if (level === 'commune') return 1;
    return communesOf(code).filter(({ name }) => hasWards || !name.startsWith('Phường')).length;
  });
}

/** Splits a total over areas in shares that stay the same from month to month; each gets at least one. */
export function splitTotal(name: string, total: number, parts: number): number[] {
  const random = randomFor(`${name}:total`);
  const weights = Array.from({ length: parts }, () => random.between(40, 160));
  const limits = weights.map(() => total);
  return apportion(total - parts, weights, limits).map((share) => share + 1);
}

/**
 * Splits a ratio over areas. What is still missing falls on the same areas each month, so that each area
 * rises with the whole; the parts add up exactly. `denominators` are those of the areas, in their order.
 */
export function splitRatio(
  name: string,
  areas: readonly Area[],
  numerator: number,
  denominators: readonly number[],
): AreaRatio[] {
  const random = randomFor(`${name}:missing`);
  const total = denominators.reduce((sum, denominator) => sum + denominator, 0);
  const weights = denominators.map((denominator) => denominator * random.between(20, 180));
  const missing = apportion(total - numerator, weights, denominators);
  return areas.map(({ code }, index) => {
    const denominator = denominators[index] ?? 0;
    return { area: code, numerator: denominator - (missing[index] ?? 0), denominator };
  });
}

/** Whole shares of `amount` by weight, none above its limit, the largest remainders served first. */
function apportion(amount: number, weights: readonly number[], limits: readonly number[]): number[] {
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0);
  const exact = weights.map((weight) => (amount * weight) / weightSum);
  const shares = exact.map((share, index) => Math.min(Math.floor(share), limits[index] ?? 0));
  const order = exact
    .map((share, index) => ({ index, remainder: share - (shares[index] ?? 0) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  let left = amount - shares.reduce((sum, share) => sum + share, 0);
  while (left > 0) {
    const before = left;
    for (const { index } of order) {
      const share = shares[index] ?? 0;
      if (left === 0 || share >= (limits[index] ?? 0)) continue;
      shares[index] = share + 1;
      left -= 1;
    }
    if (left === before) throw new RangeError('the limits leave no room for the amount');
  }
  return shares;
}
