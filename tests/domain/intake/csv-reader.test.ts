import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CsvReader,
  columnLetters,
  maxCellCharacters,
  maxColumns,
} from '../../../shared/domain/intake/csv-reader.ts';

function read(text: string, delimiter = ',', cuts: readonly number[] = []) {
  const reader = new CsvReader(delimiter);
  const rows = [];
  let from = 0;
  for (const cut of cuts) {
    rows.push(...reader.write(text.slice(from, cut)));
    from = cut;
  }
  rows.push(...reader.write(text.slice(from)), ...reader.end());
  return rows;
}

const cells = (text: string) => read(text).map((row) => row.cells);
const faults = (text: string) =>
  read(text).flatMap((row) => [...(row.faults ?? [])].map((fault) => [row.row, ...fault]));

describe('the CSV reader', () => {
  it.each([
    ['nothing', '', []],
    ['one cell', 'a', [['a']]],
    ['a line end at the end', 'a,b\n', [['a', 'b']]],
    ['CR LF, CR and LF', 'a\r\nb\rc\n\nd', [['a'], ['b'], ['c'], [''], ['d']]],
    [
      'empty cells',
      ',a,\n,',
      [
        ['', 'a', ''],
        ['', ''],
      ],
    ],
    ['an empty quoted cell at the end', '""', [['']]],
    ['quotes', '"a,b","say ""yes""","c\r\nd"\n', [['a,b', 'say "yes"', 'c\r\nd']]],
    ['text after a doubled quote', '"a"" b"', [['a" b']]],
  ])('reads %s', (_, text, expected) => {
    expect(cells(text)).toEqual(expected);
    expect(faults(text)).toEqual([]);
  });

  it.each([
    ['a quote within a cell', 'a,b"c', [[1, 1, 'csv-stray-quote']]],
    ['text after a quoted stretch', 'a\n"b"c', [[2, 0, 'csv-stray-quote']]],
    ['a space before a quote', ' "a"', [[1, 0, 'csv-stray-quote']]],
    ['a quote never closed', 'a\n"b\nc', [[2, 0, 'csv-unclosed-quote']]],
    ['a quote never closed after a doubled one', '"a""', [[1, 0, 'csv-unclosed-quote']]],
    ['NUL', 'a\n\0', [[2, 0, 'character-invalid']]],
  ])('notes %s at its cell', (_, text, expected) => {
    expect(faults(text)).toEqual(expected);
  });

  it.each([
    [maxCellCharacters, []],
    [maxCellCharacters + 1, [[1, 1, 'text-too-long']]],
  ])('holds %i characters of a cell and no more', (length, expected) => {
    const text = `a,${'x'.repeat(length)},b`;
    expect(faults(text)).toEqual(expected);
    expect(cells(text)[0]?.map((cell) => cell.length)).toEqual([1, maxCellCharacters, 1]);
  });

  it('holds as many columns as Excel has, and of the rest whether anything stands there', () => {
    expect(cells(','.repeat(maxColumns + 5))[0]).toHaveLength(maxColumns);
    expect(cells(`${','.repeat(maxColumns + 5)}x`)[0]?.slice(maxColumns)).toEqual(['x']);
  });

  it('reads back what was written, wherever it is cut', () => {
    const table = fc.array(
      fc.array(fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\t', '\n', '\r', ' ', 'ộ') }), {
        minLength: 1,
        maxLength: 4,
      }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(table, fc.constantFrom(',', ';', '\t'), fc.array(fc.nat(60)), (rows, delimiter, cuts) => {
        const text = rows
          .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter))
          .join('\n');
        const found = read(
          text,
          delimiter,
          cuts.sort((a, b) => a - b),
        );
        const quoted = (cells: readonly string[]) => new Set(cells.keys());
        expect(found).toEqual(
          rows.map((row, index) => ({ row: index + 1, cells: row, quoted: quoted(row) })),
        );
      }),
    );
  });

  it.each([
    ['a,b\n', undefined],
    ['a,"b",c,""\n', [1, 3]],
    ['a ,b"c"\n', undefined],
  ])('tells of %j which cells are quoted: %j', (text, quoted) => {
    const [row] = read(text);
    expect(row?.quoted && [...row.quoted]).toEqual(quoted);
  });
});

it.each([
  [0, 'A'],
  [25, 'Z'],
  [26, 'AA'],
  [701, 'ZZ'],
  [702, 'AAA'],
  [16_383, 'XFD'],
])('column %i is %s', (index, letters) => {
  expect(columnLetters(index)).toBe(letters);
});
