import type { IndicatorKind } from '../catalogue.ts';
import { compare, parseDecimal, rational } from '../rational.ts';
import type { Field } from './columns.ts';
import { expandJsonNumber, readNumber } from './number-text.ts';
import { bad, cellOf, type Read, type Report } from './read-cell.ts';
import type { Rules } from './rules.ts';
import type { SourceRow } from './source-row.ts';

const percentRange = [rational(0n), rational(100n)] as const;
const growthRange = [
  rational(-BigInt(Number.MAX_SAFE_INTEGER)),
  rational(BigInt(Number.MAX_SAFE_INTEGER)),
] as const;

/** A whole number of things, 0 to 2^53−1 (a denominator: from 1), as its digits. */
export function readCount(
  row: SourceRow,
  field: 'numerator' | 'denominator',
  rules: Rules,
  report: Report,
): Read<string> {
  const read = readDecimal(row, field, false, rules, report);
  if (read.state !== 'value') return read;
  const low = field === 'denominator' ? 1 : 0;
  return wholeInRange(read.value, field, low, report);
}

/** A percentage from 0 to 100, a count, or a growth, as the indicator's kind has it; the number alone without one. */
export function readValue(
  row: SourceRow,
  kind: IndicatorKind | undefined,
  rules: Rules,
  report: Report,
): Read<string> {
  const read = readDecimal(row, 'value', kind !== 'count', rules, report);
  if (read.state !== 'value' || kind === undefined) return read;
  if (kind === 'count') return wholeInRange(read.value, 'value', 0, report);
  const isPercent = kind === 'percent' || kind === 'milestone';
  const number = parseDecimal(read.value);
  const [low, high] = isPercent ? percentRange : growthRange;
  if (compare(number, low) >= 0 && compare(number, high) <= 0) return read;
  report('out-of-range', 'value', isPercent ? '0–100' : '±(2^53−1)');
  return bad;
}

/** The digits of a whole number, which spreadsheets may have written with decimals of zero: `27000.00`. */
function wholeInRange(decimal: string, field: Field, low: number, report: Report): Read<string> {
  const digits = decimal.replace(/\.0+$/, '');
  if (digits.includes('.')) report('not-an-integer', field);
  else if (BigInt(digits) < BigInt(low) || BigInt(digits) > BigInt(Number.MAX_SAFE_INTEGER)) {
    report('out-of-range', field, `${low}–${Number.MAX_SAFE_INTEGER}`);
  } else return { state: 'value', value: digits };
  return bad;
}

/** A number in plain notation with the decimals it was written with. */
function readDecimal(
  row: SourceRow,
  field: Field,
  mayBePercent: boolean,
  rules: Rules,
  report: Report,
): Read<string> {
  const cell = cellOf(row, field);
  if (cell.state !== 'value') return cell;
  const value = cell.value.text;
  if (cell.value.isLiteral) {
    const expanded = expandJsonNumber(value);
    if (expanded !== undefined) return { state: 'value', value: expanded };
    report('out-of-range', field, `≤ ${Number.MAX_SAFE_INTEGER}`);
    return bad;
  }
  const shape = readNumber(value);
  const { decimal, proof } = rules.style;
  if (shape.kind === 'none' && /^-?\d{20,}$/.test(value)) {
    report('out-of-range', field, `≤ ${Number.MAX_SAFE_INTEGER}`);
  } else if (shape.kind === 'none' || (shape.isPercent && !mayBePercent)) report('not-a-number', field);
  else if (shape.kind === 'either') {
    if (decimal) return { state: 'value', value: shape.sign === decimal ? shape.decimal : shape.grouped };
    report('number-ambiguous', field);
  } else if (shape.proves && shape.proves !== decimal) {
    report('number-ambiguous', field, proof);
  } else return { state: 'value', value: shape.text };
  return bad;
}
