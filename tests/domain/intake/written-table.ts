import fc from 'fast-check';
import { type Delimiter, delimiters } from '../../../shared/domain/intake/csv-layout.ts';
import { type Encoding, encodings } from '../../../shared/domain/intake/encoding.ts';
import { encodeText, join, markOf } from './written-file.ts';

const numberStyles = ['decimal point', 'decimal comma', 'thousands dots'] as const;
type NumberStyle = (typeof numberStyles)[number];
const dateStyles = ['ISO', 'dd/mm/yyyy'] as const;
type DateStyle = (typeof dateStyles)[number];

/** How an office writes a table: the combinations a file is to mean the same in. */
export interface Style {
  encoding: Encoding;
  hasMark: boolean;
  delimiter: Delimiter;
  number: NumberStyle;
  date: DateStyle;
}

/** A row of figures, numbers in plain notation, for a day. */
export interface Line {
  indicator: string;
  day: string;
  numerator?: number;
  denominator?: number;
  value?: string;
}

/** UTF-8 without and with its mark, both UTF-16 with theirs, and the two 8-bit encodings. */
const everyEncoding: readonly Pick<Style, 'encoding' | 'hasMark'>[] = encodings.flatMap((encoding) =>
  (encoding === 'utf-8' ? [false, true] : [encoding.startsWith('utf-16')]).map((hasMark) => ({
    encoding,
    hasMark,
  })),
);

/** 6 encodings × 3 delimiters × 3 ways with numbers × 2 with dates. */
export const everyStyle: readonly Style[] = everyEncoding.flatMap((how) =>
  delimiters.flatMap((delimiter) =>
    numberStyles.flatMap((number) => dateStyles.map((date) => ({ ...how, delimiter, number, date }))),
  ),
);

/** The style nothing has to be found out about. */
export const plainStyle: Style = {
  encoding: 'utf-8',
  hasMark: false,
  delimiter: ',',
  number: 'decimal point',
  date: 'ISO',
};

export const header = ['Mã chỉ tiêu', 'Kỳ báo cáo', 'Tử số', 'Mẫu số', 'Giá trị', 'Ghi chú'];

/** The cells of the lines, as the style writes numbers and dates. */
export function cellsOf(lines: readonly Line[], { number, date }: Style): string[][] {
  return lines.map(({ indicator, day, numerator, denominator, value }) => [
    indicator,
    date === 'ISO' ? day : day.split('-').reverse().join('/'),
    numerator === undefined ? '' : writeNumber(String(numerator), number),
    denominator === undefined ? '' : writeNumber(String(denominator), number),
    value === undefined ? '' : writeNumber(value, number),
    'Tỷ lệ hộ gia đình có địa chỉ số',
  ]);
}

/** A table as a CSV file; cells are quoted only where they must be. */
export function writeRows(
  rows: readonly (readonly string[])[],
  { encoding, hasMark, delimiter }: Style,
): Uint8Array {
  const cell = (text: string) =>
    text.includes(delimiter) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const bytes = encodeText(rows.map((row) => row.map(cell).join(delimiter)).join('\r\n'), encoding);
  return hasMark ? join(markOf(encoding), bytes) : bytes;
}

/** The lines as a CSV file under their header. */
export function writeTable(lines: readonly Line[], style: Style): Uint8Array {
  return writeRows([header, ...cellsOf(lines, style)], style);
}

function writeNumber(plain: string, style: NumberStyle): string {
  const [whole = '', fraction] = plain.split('.');
  const grouped = style === 'thousands dots' ? whole.replace(/\B(?=(\d{3})+$)/g, '.') : whole;
  return grouped + (fraction === undefined ? '' : `${style === 'decimal point' ? '.' : ','}${fraction}`);
}

const day = fc.integer({ min: 1, max: 31 }).map((number) => `2022-05-${String(number).padStart(2, '0')}`);
const count = fc.oneof(
  fc.integer({ min: 1, max: 9_999_999 }),
  fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
);
const decimal = fc
  .tuple(fc.integer({ min: 0, max: 99 }), fc.option(fc.stringMatching(/^\d{1,4}$/), { nil: undefined }))
  .map(([whole, fraction]) => (fraction === undefined ? String(whole) : `${whole}.${fraction}`));
const anyLine: fc.Arbitrary<Line> = fc.oneof(
  fc.record({ indicator: fc.constant('II.9.1'), day, numerator: count, denominator: count }).map((one) => ({
    ...one,
    numerator: Math.min(one.numerator, one.denominator),
  })),
  fc.record({ indicator: fc.constant('1.a.1'), day, value: decimal }),
  fc.record({ indicator: fc.constant('1.b.1'), day, value: count.map(String) }),
);

/** One to eight lines that are right together. */
export const anyLines: fc.Arbitrary<Line[]> = fc.uniqueArray(anyLine, {
  minLength: 1,
  maxLength: 8,
  selector: (one) => `${one.indicator} ${one.day}`,
});

export const anyStyle: fc.Arbitrary<Style> = fc.constantFrom(...everyStyle);
