import { describe, expect, it } from 'vitest';
import { readSheet } from '../../portal/check/read-sheet.ts';
import { maxSheetRows } from '../../portal/check/sheet.ts';
import { marksOf, placeIdOf } from '../../portal/findings/sheet-marks.ts';
import { checkFile } from '../../shared/domain/intake/check-file.ts';
import { context, sourceOf } from '../domain/intake/sources.ts';

async function sheetOf(text: string) {
  const source = sourceOf(new TextEncoder().encode(text), 7);
  const { file, issues } = await checkFile(source, context);
  return { issues, sheet: await readSheet(source, file, issues) };
}

const header = 'Mã chỉ tiêu;Kỳ báo cáo;Tử số;Mẫu số;Ghi chú';

describe('the part of a sheet that is at fault', () => {
  it('has the header and the rows that issues name, by the numbers Excel shows', async () => {
    const { sheet } = await sheetOf(
      [
        'sep=;',
        'BÁO CÁO',
        '',
        header,
        'II.9.1;T5/2022;x;1000;"hai\ndòng"',
        'II.9.1;T4/2022;1;4;',
        '1.a.1;T5/2022;;;',
      ].join('\r\n'),
    );
    expect(sheet).toEqual({
      format: 'csv',
      rowsLeft: 0,
      columns: [
        { letters: 'A', name: 'Mã chỉ tiêu' },
        { letters: 'B', name: 'Kỳ báo cáo' },
        { letters: 'C', name: 'Tử số' },
        { letters: 'D', name: 'Mẫu số' },
        { letters: 'E', name: 'Ghi chú' },
      ],
      rows: [
        { row: 3, isHeader: true, cells: header.split(';') },
        { row: 4, isHeader: false, cells: ['II.9.1', 'T5/2022', 'x', '1000', 'hai\ndòng'] },
        { row: 6, isHeader: false, cells: ['1.a.1', 'T5/2022', '', '', ''] },
      ],
    });
  });

  it('shows in JSON the observations by position, under the names the file uses', async () => {
    const { sheet, issues } = await sheetOf(
      '[{"indicator":"II.9.1","period":"2022-05","value":"1"},{"indicator":"II.9.1","Kỳ":"2022-04","value":"x"}]',
    );
    expect(issues).toMatchObject([{ code: 'not-a-number', row: 2, column: 'value' }]);
    expect(sheet).toEqual({
      format: 'json',
      rowsLeft: 0,
      columns: [{ name: 'indicator' }, { name: 'Kỳ' }, { name: 'value' }],
      rows: [{ row: 2, isHeader: false, cells: ['II.9.1', '2022-04', 'x'] }],
    });
  });

  it.each([
    [maxSheetRows - 1, 0],
    [maxSheetRows, 0],
    [maxSheetRows + 1, 1],
  ])('of %i rows at fault leaves out %i', async (rows, left) => {
    const { sheet } = await sheetOf(
      [header, ...Array.from({ length: rows }, () => 'II.9.1;T5/2022;x;1;')].join('\n'),
    );
    expect(sheet?.rowsLeft).toBe(left);
    expect(sheet?.rows).toHaveLength(1 + rows - left);
  });

  it('is none where the rows cannot be told apart, or nothing is wrong at any', async () => {
    expect((await sheetOf('PK\u0003\u0004')).sheet).toBeUndefined();
    expect((await sheetOf(`${header}\nII.9.1;T5/2022;1;2;`)).sheet).toBeUndefined();
  });

  it('shows characters nobody can see by their numbers', async () => {
    const { sheet } = await sheetOf(`${header}\nII.9.1;T5/2022;x\u202e;1;`);
    expect(sheet?.rows[1]?.cells[2]).toBe('x[U+202E]');
  });
});

describe('the marks in the table', () => {
  it('stand at the cell an issue names, else at its row', async () => {
    const { sheet, issues } = await sheetOf(
      `${header};Lạ\nII.9.1;T5/2022;x;1000;\n1.a.1;T5/2022;;;\nII.9.1;T4/2022;1;2;;;thừa`,
    );
    if (!sheet) throw new Error('no sheet');
    const marks = marksOf(sheet, issues);
    expect(issues.map((issue) => [issue.code, placeIdOf(sheet, marks, issue)])).toEqual(
      expect.arrayContaining([
        ['not-a-number', 'cell-2-2'],
        ['value-required', 'row-3'],
        ['row-too-long', 'cell-4-6'],
        ['column-ignored', 'cell-1-5'],
      ]),
    );
    expect(marks.get(2)?.byColumn.get(2)).toMatchObject([{ code: 'not-a-number' }]);
    expect(marks.get(3)?.byColumn.size).toBe(0);
    expect(marks.get(3)?.all).toMatchObject([{ code: 'value-required' }]);
  });

  it('are none for an issue of the whole file', async () => {
    const { sheet, issues } = await sheetOf(`${header}\nII.9.1;T5/2022;1;2;\nII.9.1;T5/2021;x;2;`);
    const mixed = issues.find(({ row }) => row === undefined);
    if (sheet && mixed) expect(placeIdOf(sheet, marksOf(sheet, issues), mixed)).toBeUndefined();
  });
});
