import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteOrderMark, type CsvColumn, csvText, writeCsv } from '../../shared/domain/csv-writer.ts';
import { type Delimiter, delimiters } from '../../shared/domain/intake/csv-layout.ts';
import { CsvReader } from '../../shared/domain/intake/csv-reader.ts';

interface Row {
  text?: string;
  number?: string | number;
}
const columns: CsvColumn<Row>[] = [
  { name: 'Nội dung', type: 'text', cell: ({ text }) => text },
  { name: 'Số', type: 'number', cell: ({ number }) => number },
];
const line = (row: Row, separator: Delimiter = ';') =>
  writeCsv(columns, [row], separator).split('\r\n').slice(1).join('\r\n');

const read = (text: string, separator: Delimiter) => {
  const reader = new CsvReader(separator);
  return [...reader.write(text), ...reader.end()];
};

describe('a CSV file we write', () => {
  it('begins with the mark that makes Excel read UTF-8, and ends every row as Windows does', () => {
    expect(writeCsv(columns, [{ text: 'Bình Dương', number: 1 }], ';')).toBe(
      '\ufeffNội dung;Số\r\nBình Dương;1\r\n',
    );
  });

  it('leaves a cell without content empty', () => {
    expect(line({})).toBe(';\r\n');
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+84', "'+84"],
    ['-5', "'-5"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['＝1', "'＝1"],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠a', "'＠a"],
    ['\t=1', '"\'\t=1"'],
    ['\r=1', '"\'\r=1"'],
    ['\n=1', '"\'\n=1"'],
    ['=HYPERLINK("http://a.example";"b")', '"\'=HYPERLINK(""http://a.example"";""b"")"'],
    ['1-5', '1-5'],
    ["'=1", "'=1"],
    ['a=1', 'a=1'],
    ['−5', '−5'],
    ['', ''],
  ])('writes the text %j as %j, which no spreadsheet runs', (text, expected) => {
    expect(csvText(text)).toBe(expected);
  });

  it.each([
    ['a"b', '"a""b"'],
    ['a;b', '"a;b"'],
    ['a,b', '"a,b"'],
    ['a\tb', '"a\tb"'],
    ['a\nb', '"a\nb"'],
    ['a\rb', '"a\rb"'],
    [' a', '" a"'],
    ['a ', '"a "'],
    ['a b', 'a b'],
    ['a.b', 'a.b'],
  ])('quotes %j only where it must: %j', (text, expected) => {
    expect(csvText(text)).toBe(expected);
  });

  it.each<[number | string, Delimiter, string]>([
    [-5, ';', '-5'],
    ['-98.70', ';', '-98,70'],
    ['-98.70', '\t', '-98,70'],
    ['-98.70', ',', '-98.70'],
    [0, ';', '0'],
    [9007199254740991, ';', '9007199254740991'],
  ])('leaves the number %s intact after %j: %s', (number, separator, expected) => {
    expect(line({ number }, separator)).toBe(`${separator}${expected}\r\n`);
  });

  it.each([
    ['-5+1', "'-5+1"],
    ['=1', "'=1"],
    ['-', "'-"],
    ['1e5', '1e5'],
    ['--5', "'--5"],
  ])('does not believe that %j in a column of numbers is one', (number, expected) => {
    expect(line({ number })).toBe(`;${expected}\r\n`);
  });

  it('is read back as it was, but for the mark before a formula', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom('=', '-', '"', "'", ';', ',', '\t', '\r', '\n', ' ', 'ệ') }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(anyText, fc.integer()), { minLength: 1, maxLength: 5 }),
        fc.constantFrom(...delimiters),
        (rows, separator) => {
          const written = writeCsv(
            columns,
            rows.map(([text, number]) => ({ text, number })),
            separator,
          );
          const found = read(written.replace(byteOrderMark, ''), separator).slice(1);
          expect(
            found.map(({ cells }) => [cells[0]?.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, ''), cells[1]]),
          ).toEqual(
            rows.map(([text, number]) => [text.replace(/^'(?=[=+\-@\t\r\n＝＋－＠])/, ''), String(number)]),
          );
          for (const { cells, faults } of found) {
            expect(faults).toBeUndefined();
            expect(cells[0]).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
