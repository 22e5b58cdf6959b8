import { describe, expect, it } from 'vitest';
import { checkFile, seriesOf } from '../../../shared/domain/intake/check-file.ts';
import { context, sourceOf } from './sources.ts';

const header = 'indicator;period;area;numerator;denominator;value;completed_on;evidence;note\n';

/** The codes found in rows written with `;`, by row; the as-at day is 5 July 2022. */
async function codesOf(...rows: string[]): Promise<string[]> {
  const { issues } = await checkFile(sourceOf(header + rows.join('\n')), context);
  return issues.map(({ code, row, cell }) => `${code} ${cell ?? row}`);
}

const seriesIn = async (...rows: string[]) =>
  seriesOf(await checkFile(sourceOf(header + rows.join('\n')), context));

describe('the figures of a row', () => {
  it.each([
    // value beside its ratio 2/3 = 66.666…: rounded or cut at its own decimals
    ['II.9.1;2022-06;;2;3;66', []],
    ['II.9.1;2022-06;;2;3;67', []],
    ['II.9.1;2022-06;;2;3;66,6', []],
    ['II.9.1;2022-06;;2;3;66,7', []],
    ['II.9.1;2022-06;;2;3;66,67', []],
    ['II.9.1;2022-06;;2;3;65', ['value-contradicts-ratio F2']],
    ['II.9.1;2022-06;;2;3;68', ['value-contradicts-ratio F2']],
    ['II.9.1;2022-06;;2;3;66,60', ['value-contradicts-ratio F2']],
    ['II.9.1;2022-06;;1;8;12,5', []],
    ['II.9.1;2022-06;;1;8;13', []],
    ['II.9.1;2022-06;;99996;100000;100', []],
    ['II.9.1;2022-06;;99996;100000;100,00', []],
    ['II.9.1;2022-06;;99994;100000;100,00', ['value-contradicts-ratio F2']],
    // part of a whole
    ['II.9.1;2022-06;;2;3', []],
    ['II.9.1;2022-06;;3;3', []],
    ['II.9.1;2022-06;;4;3', ['numerator-exceeds-denominator D2']],
    ['II.9.1;2022-06;;0;1', []],
    ['II.9.1;2022-06;;;3', ['value-required D2']],
    // ranges
    ['II.9.1;2022-06;;;;0', []],
    ['II.9.1;2022-06;;;;-0,01', ['out-of-range F2']],
    ['II.9.1;2022-06;;;;100', []],
    ['II.9.1;2022-06;;;;100,000000000000000000001', ['out-of-range F2']],
    ['1.b.1;2022-06;;;;9007199254740991', []],
    ['1.b.1;2022-06;;;;9007199254740992', ['out-of-range F2']],
    ['1.b.1;2022-06;;;;12,5', ['not-an-integer F2']],
    ['1.b.1;2022-06;;;;12,0', []],
    ['1.b.1;2022-06;;;;27.000,00', []],
    ['1.b.1;2022-06;;;;27.000,50', ['not-an-integer F2']],
    // a sum below the table
    ['Tổng cộng;;;;;10', ['indicator-unknown A2']],
    ['Cộng;', ['indicator-unknown A2']],
    ['Cộng;x', ['indicator-unknown A2', 'period-invalid B2']],
    ['Khác;;;;;10', ['indicator-unknown A2', 'period-invalid B2']],
    ['1.c.1;2022-06;;;;-250,5', []],
    ['1.c.1;2022-06;;;;3 %', []],
    [`1.b.1;2022-06;;;;${'9'.repeat(400)}`, ['out-of-range F2']],
    // a milestone
    ['1.d.1;2022-06;;;;99,99', []],
    ['1.d.1;2022-06;;;;0', []],
    ['1.d.1;2022-06;;;;100;;VB 1', []],
    ['1.d.1;2022-06;;;;100,0', ['evidence-missing H2']],
    ['1.d.1;2022-06;;;;;2022-06-15', ['evidence-missing H2']],
    ['1.d.1;2022-06;;;;;2022-07-05;VB 1', []],
    ['1.d.1;2022-06;;;;;2022-07-06;VB 1', ['date-in-future G2']],
    ['1.d.1;2022-06;;;;100;2022-06-15;VB 1', []],
    ['1.d.1;2022-06;;;;99;2022-06-15;VB 1', ['value-conflict F2']],
    ['1.d.1;2022-06', ['value-required F2']],
    // texts
    [`II.9.1;2022-06;;;;50;;;${'đ'.repeat(2000)}`, []],
    [`II.9.1;2022-06;;;;50;;;${'𝓧'.repeat(2000)}`, []],
    [`II.9.1;2022-06;;;;50;;;${'𝓧'.repeat(2001)}`, ['text-too-long I2']],
    [`II.9.1;2022-06;;;;50;;;${'ế'.normalize('NFD').repeat(2000)}`, []],
    // periods
    ['II.9.1;2020-12-31;;;;50', ['out-of-range B2']],
    ['II.9.1;2021-01;;;;50', []],
    ['II.9.1;2022-07-05;;;;50', []],
    ['II.9.1;2022-07-06;;;;50', ['period-in-future B2']],
    ['II.9.1;2022-Q3;;;;50', []],
    ['II.9.1;2022-Q4;;;;50', ['period-in-future B2']],
    ['II.9.1;;;;;50', ['period-invalid B2']],
    // areas
    ['II.9.1;2022-06;718;1;2', []],
    ['II.9.1;2022-06;25741;1;2', []],
    ['II.9.1;2022-06;74;1;2', ['area-unknown C2']],
    ['II.9.1;2022-06;001;1;2', ['area-outside-unit C2']],
    ['II.9.1;2022-06;718;;;50', ['value-required D2']],
    // indicators
    ['1.đ.1;2022-06;;;;50', ['indicator-unknown A2']],
    ['II.9.1 ;2022-06;;;;50', []],
    // two mistakes are two issues, and what follows from one is none
    [
      'II.9.1;2022-13;7;x;0;101',
      ['period-invalid B2', 'area-unknown C2', 'not-a-number D2', 'out-of-range E2', 'out-of-range F2'],
    ],
    ['II.9.1;2022-06;;x;2;50', ['not-a-number D2']],
    ['1.d.1;2022-06;;;;x', ['not-a-number F2']],
    ['1.d.1;2022-06;;;;;31/06/2022;VB', ['date-invalid G2']],
  ])('%s are found to have %j', async (row, expected) => {
    expect(await codesOf(row)).toEqual(expected);
  });

  it.each([
    ['1.đ.1', '1.dd.1'],
    ['1.Đ', '1.dd.1'],
    ['1b1', '1.b.1'],
    ['ii.9.1', 'II.9.1'],
    ['II-9-1', 'II.9.1'],
    ['II.9', 'II.9.1'],
    ['1.a', '1.a.1'],
    ['II.9.2', 'II.9.1'],
    ['II.8.2', undefined],
    ['X', undefined],
  ])('for the indicator %s suggest %s', async (indicator, expected) => {
    const { issues } = await checkFile(sourceOf(`${header}${indicator};2022-06;;;;50`), context);
    expect(issues[0]).toMatchObject({ code: 'indicator-unknown' });
    expect(issues[0]?.expected).toBe(expected);
  });
});

describe('rows of one indicator and period', () => {
  it.each([
    ['agree in both counts', ['II.9.1;2022-06;;3;5', 'II.9.1;2022-06;718;1;2', 'II.9.1;2022-06;721;2;3'], []],
    [
      'differ in the numerator',
      ['II.9.1;2022-06;;2;5', 'II.9.1;2022-06;718;1;2', 'II.9.1;2022-06;721;2;3'],
      ['total-contradicts-areas D2'],
    ],
    [
      'differ in the denominator',
      ['II.9.1;2022-06;;3;6', 'II.9.1;2022-06;718;1;2', 'II.9.1;2022-06;721;2;3'],
      ['total-contradicts-areas E2'],
    ],
    [
      'agree as a percentage',
      ['II.9.1;2022-06;;;;60', 'II.9.1;2022-06;718;1;2', 'II.9.1;2022-06;721;2;3'],
      [],
    ],
    [
      'differ as a percentage',
      ['II.9.1;2022-06;;;;61', 'II.9.1;2022-06;718;1;2', 'II.9.1;2022-06;721;2;3'],
      ['total-contradicts-areas F2'],
    ],
    [
      'have the total last',
      ['1.b.1;2022-06;718;;;1', '1.b.1;2022-06;721;;;2', '1.b.1;2022-06;;;;4'],
      ['total-contradicts-areas F4'],
    ],
    [
      'agree as a milestone',
      ['1.d.1;2022-06;;;;50', '1.d.1;2022-06;718;;;10', '1.d.1;2022-06;721;;;100;;VB'],
      [],
    ],
    [
      'are complete without one area',
      ['1.d.1;2022-06;;;;;2022-06-01;VB', '1.d.1;2022-06;718;;;10', '1.d.1;2022-06;721;;;100;;VB'],
      ['total-contradicts-areas G2'],
    ],
    ['are twice the same', ['1.b.1;2022-06;718;;;1', '1.b.1;2022-06;718;;;1'], ['observation-duplicate 3']],
    [
      'are the same in another form of the period',
      ['1.b.1;2022-06;;;;1', '1.b.1;T6/2022;;;;1'],
      ['observation-duplicate 3'],
    ],
    ['are of other periods', ['1.b.1;2022-06;;;;1', '1.b.1;2022-05;;;;1'], []],
    [
      'lack one that is misspelt',
      ['1.b.1;2022-06;;;;3', '1.b.1;2022-06;718;;;1', '1b1;2022-06;721;;;2'],
      ['indicator-unknown A4'],
    ],
    [
      'lack one without a period',
      ['1.b.1;2022-06;;;;3', '1.b.1;2022-06;718;;;1', '1.b.1;06;721;;;2'],
      ['period-invalid B4'],
    ],
    [
      'lack one that is too long',
      ['1.b.1;2022-06;;;;3', '1.b.1;2022-06;718;;;1', '1.b.1;2022-06;721;;;2;;;;x'],
      ['row-too-long J4'],
    ],
  ])('%s', async (_, rows, expected) => {
    expect(await codesOf(...rows)).toEqual(expected);
  });

  it.each([
    [
      'the communes where they are reported',
      [
        'II.9.1;2022-06;718;5;10',
        'II.9.1;2022-06;25741;2;4',
        'II.9.1;2022-06;25744;3;6',
        'II.9.1;2022-06;721;1;10',
      ],
      { numerator: 6, denominator: 20, value: '30.00', areas: 3 },
    ],
    [
      'the communes of a district without a row',
      ['II.9.1;2022-06;25741;2;4', 'II.9.1;2022-06;721;1;10'],
      { numerator: 3, denominator: 14, value: '21.42', areas: 2 },
    ],
    ['counts', ['1.b.1;2022-06;718;;;5', '1.b.1;2022-06;721;;;6'], { value: '11.00', areas: 2 }],
    [
      'areas complete',
      ['1.d.1;2022-06;718;;;99', '1.d.1;2022-06;721;;;100;;VB', '1.d.1;2022-06;725;;;;2022-06-01;VB'],
      { numerator: 2, denominator: 3, value: '66.66', areas: 3 },
    ],
  ])('sum up %s', async (_, rows, expected) => {
    const [entry, ...others] = await seriesIn(...rows);
    expect(others).toEqual([]);
    const { indicator: _id, period: _period, asAt: _asAt, ...figure } = entry ?? {};
    expect(figure).toEqual(expected);
  });

  it.each([
    [
      'the last day of its areas',
      ['1.d.1;2022-06;718;;;;2022-05-01;VB', '1.d.1;2022-06;721;;;;2022-06-02;VB'],
      '2022-06-02',
    ],
    [
      'no day when an area does not say its own',
      ['1.d.1;2022-06;718;;;100;;VB', '1.d.1;2022-06;721;;;;2022-06-02;VB'],
      undefined,
    ],
    [
      'the total’s day when an area does not say its own',
      ['1.d.1;2022-06;;;;;2022-06-09;VB', '1.d.1;2022-06;718;;;100;;VB'],
      '2022-06-09',
    ],
    [
      'no day while one is incomplete',
      ['1.d.1;2022-06;718;;;50', '1.d.1;2022-06;721;;;;2022-06-02;VB'],
      undefined,
    ],
  ])('are complete on %s', async (_, rows, expected) => {
    const { figures } = await checkFile(sourceOf(header + rows.join('\n')), context);
    expect(figures).toHaveLength(1);
    expect(figures[0]?.completedOn).toBe(expected);
  });
});

describe('the header', () => {
  it.each([
    ['under a row that names more columns', 'TT;;;Ghi chú\n;indicator;period;;value\n1;II.9.1;2022-06;x;50'],
    [
      'over a row that names more columns',
      'indicator;period;Số liệu;\n;;numerator;denominator\nII.9.1;2022-06;1;2',
    ],
    ['in two rows together', 'indicator;;\n;period;value\nII.9.1;2022-06;50'],
    ['in two languages', 'Chỉ tiêu;Kỳ;Tỷ lệ\nindicator;period;value\nII.9.1;2022-06;50'],
    ['under a title that is no column', 'Đơn vị;Bình Dương\nindicator;period;value\nII.9.1;2022-06;50'],
  ])('is found %s', async (_, text) => {
    const check = await checkFile(sourceOf(text), context);
    expect(check).toMatchObject({ verdict: 'accepted', rows: 1, figures: [{ indicator: 'II.9.1' }] });
    expect(Object.keys(check.issueCounts).filter((code) => code !== 'column-ignored')).toEqual([]);
  });

  it('keeps the name of the row above for a column the row below leaves blank', async () => {
    const text = `Kỳ;;;Ghi chú\n;indicator;value;\nT6/2022;II.9.1;x;${'y'.repeat(2001)}`;
    const { issues } = await checkFile(sourceOf(text), context);
    expect(issues).toMatchObject([
      { code: 'not-a-number', column: 'value', cell: 'C3' },
      { code: 'text-too-long', column: 'Ghi chú', cell: 'D3' },
    ]);
  });

  it('takes in a known column that only the row above names', async () => {
    const check = await checkFile(
      sourceOf(';;Minh chứng\nindicator;period;;completed_on\n1.d.1;2022-06;VB 1;15/06/2022'),
      context,
    );
    expect(check).toMatchObject({ verdict: 'accepted', figures: [{ completedOn: '2022-06-15' }] });
  });
});

describe('the day a milestone reported by area was completed', () => {
  it.each([
    ['the last day, when every area says its own', '2022-06-10', '2022-06-20', '2022-06-20'],
    ['not known, when an area says none', '2022-06-10', '', undefined],
    ['not known, when the day said is the as-at day', '2022-06-30', '', undefined],
    [
      'the day said, when it is after the as-at day: it was not complete then',
      '2022-07-01',
      '',
      '2022-07-01',
    ],
  ])('is %s', async (_, one, other, completedOn) => {
    const file = `${header}1.d.1;2022-06;718;;;100;${one};VB 1\n1.d.1;2022-06;721;;;100;${other};VB 2\n`;
    const { figures, issues } = await checkFile(sourceOf(file), context);
    expect(issues).toEqual([]);
    expect(figures).toMatchObject([{ asAt: '2022-06-30', areas: 2 }]);
    expect(figures[0]?.completedOn).toBe(completedOn);
  });
});
