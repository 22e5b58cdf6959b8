import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { join } from './written-file.ts';
import { anyLines, anyStyle, cellsOf, header, writeRows } from './written-table.ts';

const folder = new URL('../../fixtures/intake/', import.meta.url);

/** The fixtures, by name: files that are right and files that have each one mistake. */
export const fixtureFiles: ReadonlyMap<string, Uint8Array> = new Map(
  readdirSync(folder)
    .filter((name) => /\.(csv|json)$/.test(name) && !name.endsWith('.expected.json'))
    .map((name) => [name, new Uint8Array(readFileSync(new URL(name, folder)))]),
);

/** Bytes that mean something to a reader of tables. */
const tellingBytes = [0, 0x09, 0x0a, 0x0d, 0x22, 0x2c, 0x2e, 0x30, 0x3b, 0x5b, 0x5c, 0x5d, 0x7b, 0x7d, 0xe1];
const anyByte = fc.oneof(fc.nat(255), fc.constantFrom(...tellingBytes));

type Change = (bytes: Uint8Array) => Uint8Array;

const at = (bytes: Uint8Array, place: number) => place % (bytes.length + 1);
const anyChange: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(fc.nat(), anyByte).map(
    ([place, byte]): Change =>
      (bytes) =>
        join(bytes.subarray(0, at(bytes, place)), Uint8Array.of(byte), bytes.subarray(at(bytes, place) + 1)),
  ),
  fc.tuple(fc.nat(), fc.uint8Array({ maxLength: 6 })).map(
    ([place, more]): Change =>
      (bytes) =>
        join(bytes.subarray(0, at(bytes, place)), more, bytes.subarray(at(bytes, place))),
  ),
  fc.tuple(fc.nat(), fc.nat(40)).map(
    ([place, length]): Change =>
      (bytes) =>
        join(bytes.subarray(0, at(bytes, place)), bytes.subarray(at(bytes, place) + length)),
  ),
  fc.tuple(fc.nat(), fc.nat(80), fc.nat()).map(
    ([place, length, to]): Change =>
      (bytes) =>
        join(
          bytes.subarray(0, at(bytes, to)),
          bytes.subarray(at(bytes, place), at(bytes, place) + length),
          bytes.subarray(at(bytes, to)),
        ),
  ),
  fc.nat().map(
    (place): Change =>
      (bytes) =>
        bytes.slice(0, at(bytes, place)),
  ),
  fc.constantFrom(...fixtureFiles.values()).map(
    (other): Change =>
      (bytes) =>
        join(bytes, other),
  ),
);

/** A file with up to six of its bytes or stretches changed, moved, left out, or cut off. */
const mutated = (file: fc.Arbitrary<Uint8Array>, minLength = 1) =>
  fc
    .tuple(file, fc.array(anyChange, { minLength, maxLength: 6 }))
    .map(([bytes, changes]) => changes.reduce((changed, change) => change(changed), bytes));

/** Cells as slips and malice make them. */
const oddCell = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '1.234',
    '98,7',
    '98,7%',
    '-1',
    '0',
    '1e400',
    '9'.repeat(400),
    '2022-13',
    '31/02/2022',
    'T6/2022',
    '718',
    '25741',
    '001',
    'II.9.2',
    '1.d.1',
    '=HYPERLINK("http://x";"y")',
    '+1',
    '@SUM(A1)',
    '__proto__',
    'constructor',
    '\u200f1',
    'a\nb',
    '"',
    'Bình Dương',
    'ộ'.normalize('NFD'),
  ),
  fc.string({ maxLength: 12 }),
);
const oddName = fc.constantFrom(
  'area',
  'Địa bàn',
  'unit',
  'completed_on',
  'evidence',
  'period',
  'value',
  '__proto__',
  '',
  'tiendo: lỗi',
);
const oddRow = fc.oneof(
  fc.constant<string[]>([]),
  fc.constant<string[]>(['sep=;']),
  fc.constant<string[]>(['BÁO CÁO']),
  fc.array(oddCell, { maxLength: 9 }),
);

const withCell = (cells: string[], column: number, cell: string) =>
  cells.map((old, index) => (index === column ? cell : old));

type Edit = (rows: string[][]) => string[][];

const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(fc.nat(), fc.nat(7), oddCell).map(
    ([row, column, cell]): Edit =>
      (rows) =>
        rows.map((cells, index) => (index === row % rows.length ? withCell(cells, column, cell) : cells)),
  ),
  fc.tuple(fc.nat(), oddRow).map(
    ([row, cells]): Edit =>
      (rows) =>
        rows.toSpliced(row % (rows.length + 1), 0, cells),
  ),
  fc.nat().map(
    (row): Edit =>
      (rows) =>
        rows.toSpliced(row % rows.length, 0, rows[row % rows.length] ?? []),
  ),
  fc.nat().map(
    (row): Edit =>
      (rows) =>
        rows.length > 1 ? rows.toSpliced(row % rows.length, 1) : rows,
  ),
  fc.tuple(fc.nat(6), oddName, oddCell).map(
    ([column, name, cell]): Edit =>
      (rows) =>
        rows.map((cells, index) => cells.toSpliced(column, 0, index === 0 ? name : cell)),
  ),
  fc.nat(6).map(
    (column): Edit =>
      (rows) =>
        rows.map((cells) => cells.toSpliced(column, 1)),
  ),
);

/** A table that was right, in any style, with up to four edits a person could make. */
const editedTable = fc
  .tuple(anyLines, anyStyle, fc.array(anyEdit, { maxLength: 4 }))
  .map(([lines, style, edits]) => {
    const rows = edits.reduce((edited, edit) => edit(edited), [header, ...cellsOf(lines, style)]);
    try {
      return writeRows(rows, style);
    } catch {
      // An edit has a character that the 8-bit encoding has not.
      return writeRows(rows, { ...style, encoding: 'utf-8', hasMark: false });
    }
  });

const oddJson = fc.oneof(
  fc.constantFrom<unknown>(null, true, -1, 1e20, 1.5, [], {}, [1], { value: 1 }, '\ud800', '\0', '\u200f'),
  oddCell,
);

/** Observations as JSON in one of the three forms, some of their fields odd. */
const jsonFile = fc
  .tuple(
    anyLines,
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('indicator', 'period', 'value', 'x', '__proto__'), oddJson), {
      maxLength: 3,
    }),
    fc.constantFrom('array', 'wrapper', 'lines'),
  )
  .map(([lines, odd, form]) => {
    const items = lines.map(({ day, value, ...line }) => ({
      ...line,
      period: day,
      ...(value === undefined ? {} : { value: Number(value) }),
    }));
    const texts = items.map((item, index) => {
      const extra = odd
        .filter(([place]) => place % items.length === index)
        .map(([, key, value]) => `,${JSON.stringify(key)}:${JSON.stringify(value)}`);
      return `${JSON.stringify(item).slice(0, -1)}${extra.join('')}}`;
    });
    if (form === 'lines') return texts.join('\n');
    return form === 'array' ? `[${texts.join(',')}]` : `{"observations":[${texts.join(',')}]}`;
  })
  .map((text) => new TextEncoder().encode(text));

const soup = fc
  .array(
    fc.constantFrom(
      'indicator',
      'period',
      'value',
      'II.9.1',
      '2022-06',
      '1.234',
      '9,5',
      ...[',', ';', '\t', '\n', '\r', '"', '{', '}', '[', ']', ':', '\\', '\0', 'ệ', '\ud800'],
    ),
    { maxLength: 40 },
  )
  .map((parts) => new TextEncoder().encode(parts.join('')));

/**
 * Anything that can arrive: bytes, words of the format in no order, fixtures and good files with changed
 * bytes, tables and JSON with edits a person or a program could make.
 */
export const anyFile: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  { weight: 1, arbitrary: soup },
  { weight: 3, arbitrary: mutated(fc.constantFrom(...fixtureFiles.values())) },
  { weight: 2, arbitrary: editedTable },
  { weight: 1, arbitrary: mutated(editedTable) },
  { weight: 1, arbitrary: jsonFile },
  { weight: 1, arbitrary: mutated(jsonFile) },
);
