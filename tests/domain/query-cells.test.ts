import { describe, expect, it } from 'vitest';
import { cellTypeOf, readCell } from '../../shared/domain/query-cells.ts';
import { excelCsv, readAnswerCsv } from '../../shared/domain/query-csv.ts';

describe('a cell of Athena', () => {
  it.each([
    ['98.700000000000', '98.7'],
    ['9.87E1', '98.7'],
    ['1.0E7', '10000000'],
    ['1.23456789E3', '1234.56789'],
    ['1.64E-3', '0.00164'],
    ['-22.50', '-22.5'],
    ['5.0', '5'],
    ['0.0', '0'],
    ['-0.0', '0'],
    ['9007199254740991', '9007199254740991'],
    ['NaN', 'NaN'],
  ])('is the number %s in plain notation, every digit kept: %s', (written, plain) => {
    expect(readCell('number', written)).toBe(plain);
  });

  it.each([
    ['2022-06-30 10:00:00.000', '2022-06-30T10:00:00.000Z'],
    ['2022-06-30 10:00:00', '2022-06-30T10:00:00.000Z'],
    ['2022-06-30 16:59:59.999', '2022-06-30T16:59:59.999Z'],
    ['soon', 'soon'],
  ])('is the instant %s in UTC: %s', (written, instant) => {
    expect(readCell('instant', written)).toBe(instant);
  });

  it.each([
    ['decimal', 'number'],
    ['double', 'number'],
    ['bigint', 'number'],
    ['date', 'day'],
    ['timestamp', 'instant'],
    ['boolean', 'boolean'],
    ['varchar', 'text'],
    ['array', 'text'],
  ])('of the type %s is a %s', (athenaType, type) => {
    expect(cellTypeOf(athenaType)).toBe(type);
  });
});

describe('an answer of Athena', () => {
  const csv = '"name","value"\n"=1+1, ""a""\nb","98.70"\n"",\n,"-5"\n';
  const types = ['text', 'number'] as const;

  it('tells null from an empty text, and takes quoted lines and quotes as one cell', () => {
    expect(readAnswerCsv(csv, types, true)).toEqual([
      ['=1+1, "a"\nb', '98.7'],
      ['', null],
      [null, '-5'],
    ]);
  });

  it.each([
    [csv.length, 3],
    [csv.length - 1, 2],
    [csv.indexOf('""a') + 1, 0],
  ])('cut off after %i characters has the %i rows that are whole', (length, count) => {
    expect(readAnswerCsv(csv.slice(0, length), types, false)).toHaveLength(count);
  });

  it('becomes a file for Excel: semicolons, decimal commas, nothing that runs', () => {
    const columns = [
      { name: 'name', type: 'text' },
      { name: 'value', type: 'number' },
    ] as const;
    expect(excelCsv(columns, readAnswerCsv(csv, types, true))).toBe(
      '\ufeffname;value\r\n"\'=1+1, ""a""\nb";98,7\r\n;\r\n;-5\r\n',
    );
  });
});
