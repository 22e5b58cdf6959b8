import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkFile, readObservations } from '../../../shared/domain/intake/check-file.ts';
import { type Delimiter, delimiters } from '../../../shared/domain/intake/csv-layout.ts';
import { type Encoding, encodings } from '../../../shared/domain/intake/encoding.ts';
import { issueCodes } from '../../../shared/domain/issue-codes.ts';
import { context, sourceOf } from './sources.ts';
import { encodeText, join, markOf } from './written-file.ts';

const numberStyles = ['decimal point', 'decimal comma', 'thousands dots'] as const;
type NumberStyle = (typeof numberStyles)[number];
const dateStyles = ['ISO', 'dd/mm/yyyy'] as const;
type DateStyle = (typeof dateStyles)[number];

interface Style {
  encoding: Encoding;
  hasMark: boolean;
  delimiter: Delimiter;
  number: NumberStyle;
  date: DateStyle;
}

interface Line {
  indicator: string;
  day: string;
  numerator?: number;
  denominator?: number;
  value?: string;
}

const writeNumber = (plain: string, style: NumberStyle) => {
  const [whole = '', fraction] = plain.split('.');
  const grouped = style === 'thousands dots' ? whole.replace(/\B(?=(\d{3})+$)/g, '.') : whole;
  return grouped + (fraction === undefined ? '' : `${style === 'decimal point' ? '.' : ','}${fraction}`);
};

const writeDay = (day: string, style: DateStyle) =>
  style === 'ISO' ? day : day.split('-').reverse().join('/');

function write(lines: readonly Line[], { encoding, hasMark, delimiter, number, date }: Style): Uint8Array {
  const cell = (text: string) => (text.includes(delimiter) ? `"${text}"` : text);
  const rows = lines.map(({ indicator, day, numerator, denominator, value }) => [
    indicator,
    writeDay(day, date),
    numerator === undefined ? '' : writeNumber(String(numerator), number),
    denominator === undefined ? '' : writeNumber(String(denominator), number),
    value === undefined ? '' : writeNumber(value, number),
    'Tỷ lệ hộ gia đình có địa chỉ số',
  ]);
  const header = ['Mã chỉ tiêu', 'Kỳ báo cáo', 'Tử số', 'Mẫu số', 'Giá trị', 'Ghi chú'];
  const text = [header, ...rows].map((row) => row.map(cell).join(delimiter)).join('\r\n');
  const bytes = encodeText(text, encoding);
  return hasMark ? join(markOf(encoding), bytes) : bytes;
}

const everyEncoding: Pick<Style, 'encoding' | 'hasMark'>[] = encodings.flatMap<
  Pick<Style, 'encoding' | 'hasMark'>
>((encoding) => {
  if (encoding === 'utf-8')
    return [
      { encoding, hasMark: false },
      { encoding, hasMark: true },
    ];
  return [{ encoding, hasMark: encoding.startsWith('utf-16') }];
});
const everyStyle: Style[] = everyEncoding.flatMap((how) =>
  delimiters.flatMap((delimiter) =>
    numberStyles.flatMap((number) => dateStyles.map((date) => ({ ...how, delimiter, number, date }))),
  ),
);

describe('one table written in every style', () => {
  const table: Line[] = [
    { indicator: 'II.9.1', day: '2022-05-15', numerator: 1_234, denominator: 1_640_000 },
    { indicator: '1.b.1', day: '2022-05-31', value: '2345678' },
    { indicator: '1.a.1', day: '2022-06-30', value: '98.7' },
    { indicator: '1.c.1', day: '2022-06-30', value: '1.25' },
  ];

  it('is written in 108 of them', () => {
    expect(everyStyle).toHaveLength(108);
  });

  it.each(everyStyle)(
    '$encoding (mark: $hasMark) $delimiter $number $date gives the same figures',
    async (style) => {
      const plain = await checkFile(
        sourceOf(
          write(table, {
            encoding: 'utf-8',
            hasMark: false,
            delimiter: ',',
            number: 'decimal point',
            date: 'ISO',
          }),
        ),
        context,
      );
      const check = await checkFile(sourceOf(write(table, style)), context);
      expect(check).toMatchObject({ verdict: 'accepted', figures: plain.figures, issues: [] });
      expect(check.file).toMatchObject({ encoding: style.encoding, delimiter: style.delimiter });
      expect(check.figures).toHaveLength(4);
    },
  );
});

const arbitraryStyle = fc.constantFrom(...everyStyle);
const day = fc.integer({ min: 1, max: 31 }).map((number) => `2022-05-${String(number).padStart(2, '0')}`);
const count = fc.oneof(
  fc.integer({ min: 1, max: 9_999_999 }),
  fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
);
const decimal = fc
  .tuple(fc.integer({ min: 0, max: 99 }), fc.option(fc.stringMatching(/^\d{1,4}$/), { nil: undefined }))
  .map(([whole, fraction]) => (fraction === undefined ? String(whole) : `${whole}.${fraction}`));
const line: fc.Arbitrary<Line> = fc.oneof(
  fc.record({ indicator: fc.constant('II.9.1'), day, numerator: count, denominator: count }).map((one) => ({
    ...one,
    numerator: Math.min(one.numerator, one.denominator),
  })),
  fc.record({ indicator: fc.constant('1.a.1'), day, value: decimal }),
  fc.record({ indicator: fc.constant('1.b.1'), day, value: count.map(String) }),
);
const lines = fc.uniqueArray(line, {
  minLength: 1,
  maxLength: 8,
  selector: (one) => `${one.indicator} ${one.day}`,
});

describe('any table', () => {
  it('gives the same figures in every style, or is refused for an ambiguous number', async () => {
    await fc.assert(
      fc.asyncProperty(
        lines,
        arbitraryStyle,
        fc.integer({ min: 1, max: 50 }),
        async (table, style, pieceBytes) => {
          const literal = table.map(({ indicator, day: period, numerator, denominator, value }) => ({
            indicator,
            period,
            numerator,
            denominator,
            value: value === undefined ? undefined : Number(value),
          }));
          const exact = await checkFile(sourceOf(JSON.stringify(literal)), context);
          const check = await checkFile(sourceOf(write(table, style), pieceBytes), context);
          expect(exact.verdict).toBe('accepted');
          if (check.verdict === 'accepted') expect(check.figures).toEqual(exact.figures);
          else expect(Object.keys(check.issueCounts)).toEqual(['number-ambiguous']);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('anything at all', () => {
  const folder = new URL('../../fixtures/intake/', import.meta.url);
  const seeds = readdirSync(folder)
    .filter((name) => /^(good|all).*\.(csv|json)$/.test(name) && !name.endsWith('.expected.json'))
    .map((name) => new Uint8Array(readFileSync(new URL(name, folder))));
  const mutated = fc
    .tuple(
      fc.constantFrom(...seeds),
      fc.array(
        fc.tuple(fc.nat(), fc.oneof(fc.nat(255), fc.constantFrom(0x22, 0x0a, 0x2c, 0x3b, 0x5b, 0x7b, 0x5c))),
        { minLength: 1, maxLength: 6 },
      ),
      fc.option(fc.nat(), { nil: undefined }),
    )
    .map(([seed, changes, cut]) => {
      const bytes = Uint8Array.from(seed);
      for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
      return cut === undefined ? bytes : bytes.slice(0, cut % (bytes.length + 1));
    });
  const syntax = fc
    .array(
      fc.constantFrom(
        'indicator',
        'period',
        'value',
        'II.9.1',
        '2022-06',
        '1.234',
        '9,5',
        ',',
        ';',
        '\t',
        '\n',
        '\r',
        '"',
        '{',
        '}',
        '[',
        ']',
        ':',
        '\0',
        'ệ',
        '\ud800',
      ),
      { maxLength: 40 },
    )
    .map((parts) => new TextEncoder().encode(parts.join('')));

  it('is accepted, or rejected with codes of the registry, and cut anywhere gives the same', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.uint8Array({ maxLength: 200 }), mutated, syntax),
        fc.integer({ min: 1, max: 9 }),
        async (bytes, pieceBytes) => {
          const check = await checkFile(sourceOf(bytes), context);
          expect(await checkFile(sourceOf(bytes, pieceBytes), context)).toEqual(check);
          for (const code of Object.keys(check.issueCounts)) expect(issueCodes).toHaveProperty([code]);
          expect(check.issues.some(({ severity }) => severity === 'error')).toBe(
            check.verdict === 'rejected',
          );
          if (check.verdict === 'rejected') return;
          expect(await Array.fromAsync(readObservations(sourceOf(bytes), check, context))).toHaveLength(
            check.rows,
          );
        },
      ),
      { numRuns: 600 },
    );
  });
});
