/** The decimal sign of a file's numbers. */
export type DecimalSign = ',' | '.';

/**
 * How a number is written. `clear` can be read in one way only; `proves` is the decimal sign that reading
 * shows, if it shows one. `either` is one or the other: `1.234` is 1234 or 1.234. Texts are in plain
 * notation with a decimal point and keep their decimals: `98,70 %` → `98.70`.
 */
export type NumberShape =
  | { kind: 'clear'; text: string; proves?: DecimalSign; isPercent: boolean }
  | { kind: 'either'; grouped: string; decimal: string; sign: DecimalSign; isPercent: boolean }
  | { kind: 'none' };

/** Longer texts are no figures of anything. */
const maxNumberCharacters = 60;

const none: NumberShape = { kind: 'none' };

/** For each of the two signs, `point`, what it can be: a decimal sign, or a separator of thousands. */
const styles = (
  [
    ['.', ','],
    [',', '.'],
  ] as const
).map(([point, other]) => ({
  point,
  other,
  either: new RegExp(`^[1-9]\\d{0,2}\\${point}\\d{3}$`),
  decimal: new RegExp(`^\\d+\\${point}\\d+$`),
  groups: new RegExp(`^[1-9]\\d{0,2}(\\${point}\\d{3}){2,}$`),
  groupsAndDecimal: new RegExp(`^[1-9]\\d{0,2}(\\${point}\\d{3})+\\${other}\\d+$`),
}));

/** Reads a number as people write it: `1640`, `1.640.000`, `98,7`, `98.7 %`, `-3,5`. */
export function readNumber(written: string): NumberShape {
  if (written.length > maxNumberCharacters) return none;
  const match = /^([+\-\u2212]?)([0-9][0-9.,]*)\s*(%?)$/.exec(written);
  if (!match) return none;
  const [, sign = '', body = '', percent = ''] = match;
  const minus = sign === '-' || sign === '\u2212' ? '-' : '';
  const isPercent = percent !== '';
  const clear = (text: string, proves?: DecimalSign): NumberShape => ({
    kind: 'clear',
    text: minus + text,
    ...(proves ? { proves } : {}),
    isPercent,
  });

  if (/^\d+$/.test(body)) return clear(body);
  for (const { point, other, either, decimal, groups, groupsAndDecimal } of styles) {
    if (either.test(body)) {
      const [whole = '', rest = ''] = body.split(point);
      return {
        kind: 'either',
        grouped: minus + whole + rest,
        decimal: `${minus}${whole}.${rest}`,
        sign: point,
        isPercent,
      };
    }
    if (decimal.test(body)) return clear(body.replace(point, '.'), point);
    if (groups.test(body)) return clear(body.replaceAll(point, ''), other);
    if (groupsAndDecimal.test(body)) return clear(body.replaceAll(point, '').replace(other, '.'), other);
  }
  return none;
}

/**
 * A JSON number in plain notation: `1e3` → `1000`, `98.70` as it is. `undefined` when it is too large or too
 * fine to be a figure (`1e400`).
 */
export function expandJsonNumber(literal: string): string | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(literal);
  if (!match || literal.length > maxNumberCharacters) return undefined;
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match;
  const exponent = Number(exponentText);
  if (Math.abs(exponent) > maxNumberCharacters) return undefined;
  if (exponent === 0) return `${sign}${whole}${fraction && `.${fraction}`}`;
  const digits = `${'0'.repeat(Math.max(0, -exponent))}${whole}${fraction}${'0'.repeat(Math.max(0, exponent - fraction.length))}`;
  const decimals = Math.max(0, fraction.length - exponent);
  const split = digits.length - decimals;
  return `${sign}${digits.slice(0, split).replace(/^0+(?=\d)/, '')}${decimals > 0 ? `.${digits.slice(split)}` : ''}`;
}

/** A decimal without needless zeros: `098.70` → `98.7`, `-0.0` → `0`. */
export function plainDecimal(text: string): string {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)0*(\d+?)(?:\.(\d*?)0*)?$/.exec(text) ?? [];
  const digits = `${whole}${fraction && `.${fraction}`}`;
  return digits === '0' ? '0' : sign + digits;
}
