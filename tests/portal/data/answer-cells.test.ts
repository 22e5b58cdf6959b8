import { describe, expect, it } from 'vitest';
import {
  cellText,
  cutNumber,
  headingOf,
  isCut,
  shownColumns,
  shownNumber,
  unitNameOf,
  unitSignOf,
} from '../../../portal/pages/data/answer-cells.ts';
import { countText } from '../../../portal/pages/data/count-text.ts';
import { loadCatalogue } from '../../../shared/catalogue/load-catalogue.ts';

const percent = { unit: { vi: '%', en: '%' } };

describe('a number', () => {
  it.each([
    ['98.7', '98.7'],
    ['98.76', '98.76'],
    ['98.769', '98.76'],
    ['97.0001', '97.00'],
    ['-0.001', '-0.01'],
    ['168452', '168452'],
    ['1e9', '1e9'],
  ])('%s is cut to %s', (number, cut) => {
    expect(cutNumber(number)).toBe(cut);
  });

  it('has two places where it is a percentage', () => {
    expect(['100', '98.7', '99.999'].map((number) => shownNumber(number, percent))).toEqual([
      '100.00',
      '98.70',
      '99.99',
    ]);
  });

  it('is said to be cut only where it is', () => {
    const columns = [
      { name: 'value', type: 'number' },
      { name: 'note', type: 'text' },
    ] as const;
    expect(
      isCut({
        columns: [...columns],
        rows: [
          ['98.76', '1.2345'],
          [null, null],
        ],
      }),
    ).toBe(false);
    expect(isCut({ columns: [...columns], rows: [['98.769', '']] })).toBe(true);
  });
});

describe('a cell', () => {
  it.each([
    ['1234.5', { type: 'number' }, '1.234,5', '1,234.5'],
    ['2022-06-30', { type: 'day' }, '30/06/2022', '30/06/2022'],
    ['2022-06-30T17:30:00.000Z', { type: 'instant' }, '00:30 01/07/2022', '00:30 01/07/2022'],
    ['false', { type: 'boolean' }, 'Không', 'No'],
    ['=1+1', { type: 'text' }, '=1+1', '=1+1'],
    [null, { type: 'number' }, '', ''],
  ] as const)('%s of %j is written %s, in English %s', (cell, column, vi, en) => {
    expect([cellText(cell, column, 'vi'), cellText(cell, column, 'en')]).toEqual([vi, en]);
  });
});

describe('the columns of an answer', () => {
  const text = (name: string) => ({ name, type: 'text' }) as const;

  it('are shown in the language of the page, where they are in both', () => {
    const columns = [text('title_vi'), text('title_en'), text('reason_vi')];
    const names = (language: 'vi' | 'en') =>
      shownColumns(columns, language).map(({ name, index }) => [name, index]);
    expect(names('vi')).toEqual([
      ['title_vi', 0],
      ['reason_vi', 2],
    ]);
    expect(names('en')).toEqual([
      ['title_en', 1],
      ['reason_vi', 2],
    ]);
  });

  it('have names beside ids of units, unless a column has them', () => {
    const named = (...names: string[]) =>
      shownColumns(names.map(text), 'vi')
        .filter(({ isNamed }) => isNamed)
        .map(({ name }) => name);
    expect(named('unit_id', 'period')).toEqual(['unit_id']);
    expect(named('unit_id', 'unit_name')).toEqual([]);
    expect(named('body', 'body_name')).toEqual([]);
  });

  it('have headings without details', () => {
    const heading = (vi: string) => headingOf({ name: 'area_id', title: { vi, en: 'Area' } }, 'vi');
    expect(heading('Mã huyện (3 số) hoặc xã (5 số); rỗng (null) là cả đơn vị')).toBe('Mã huyện hoặc xã');
    expect(heading('Giá trị: tử số / mẫu số × 100')).toBe('Giá trị');
    expect(headingOf({ name: 'area_id' }, 'vi')).toBe('area_id');
  });

  it('have the sign of their unit of measure, not a sentence', () => {
    expect(unitSignOf(percent, 'vi')).toBe('%');
    expect(unitSignOf({ unit: { vi: '%, hoặc số lượng', en: '%, or a number' } }, 'vi')).toBeUndefined();
    expect(unitSignOf({}, 'vi')).toBeUndefined();
  });
});

it('names units in the language of the page, and nothing else', () => {
  const catalogue = loadCatalogue();
  expect(unitNameOf(catalogue, '01', 'vi')).toBe('Hà Nội');
  expect(unitNameOf(catalogue, '01', 'en')).toBe('Hanoi');
  expect(unitNameOf(catalogue, 'các bộ', 'vi')).toBeUndefined();
  expect(unitNameOf(catalogue, null, 'vi')).toBeUndefined();
});

it.each([
  [1, 1, '1 row'],
  [999, 999, '999 rows'],
  [1000, 1001, 'The first 1000 of 1001 rows; the download has all'],
  [1000, undefined, 'The first 1000 rows; the download has all'],
])('says of %s rows of %s: %s', (shown, all, en) => {
  expect(countText(shown, all, String).en).toBe(en);
});
