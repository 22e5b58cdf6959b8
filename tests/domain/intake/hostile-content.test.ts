import { describe, expect, it } from 'vitest';
import { checkFile, readObservations } from '../../../shared/domain/intake/check-file.ts';
import { maxCellCharacters, maxColumns } from '../../../shared/domain/intake/csv-reader.ts';
import { maxKeyCharacters } from '../../../shared/domain/intake/json-tokenizer.ts';
import type { SourceFile } from '../../../shared/domain/intake/source-file.ts';
import { context, sourceOf } from './sources.ts';
import { encodeText, join, markOf } from './written-file.ts';

const header = 'indicator,period,area,value,note\n';
const good = 'II.9.1,2022-06,,50,';

/** The issues of a content as `code row column cell`, as far as they have them. */
async function issuesOf(content: string | Uint8Array): Promise<string[]> {
  const { issues } = await checkFile(sourceOf(content), context);
  return issues.map(({ code, row, column, cell }) =>
    [code, row, column, cell].filter((part) => part !== undefined).join(' '),
  );
}

/** A file that repeats a text, made while it is read: nobody holds it. */
function longFile(before: string, text: string, times: number, after = ''): SourceFile {
  const block = new TextEncoder().encode(text.repeat(100));
  return {
    async *open() {
      yield new TextEncoder().encode(before);
      for (let time = 0; time < times / 100; time++) yield block;
      yield new TextEncoder().encode(after);
    },
    bytes: block.length * (times / 100),
    sha256: '0'.repeat(64),
  };
}

describe('characters that are no text', () => {
  it.each([
    ['NUL in a cell', `${header}${good}a\0b\n`, ['character-invalid 2 note E2']],
    ['NUL in a figure', `${header}II.9.1,2022-06,,5\x000,\n`, ['character-invalid 2 value D2']],
    [
      'NUL in the header',
      `indicator,period,value,no\0te\nII.9.1,2022-06,50,\n`,
      ['character-invalid 1 no\0te D1'],
    ],
    [
      'NUL in the names of required columns and of the figures',
      `indi\0cator,per\0iod,va\0lue,note\nII.9.1,2022-06,50,\n`,
      [
        'character-invalid 1 indi\0cator A1',
        'character-invalid 1 per\0iod B1',
        'character-invalid 1 va\0lue C1',
      ],
    ],
    [
      'NUL in the name of a column that is there once more',
      `indi\0cator,indicator,period,value\nx,II.9.1,2022-06,50\n`,
      ['character-invalid 1 indi\0cator A1'],
    ],
    [
      'NUL in the name of a column beside one that is missing',
      `indi\0cator,value\nII.9.1,50\n`,
      ['column-missing 1'],
    ],
    ['nothing but NUL', '\0'.repeat(1000), ['character-invalid 1 A1']],
    [
      'NUL in JSON',
      '[{"indicator":"II.9.1","period":"2022-06","value":50,"note":"a\\u0000"}]',
      ['character-invalid 1 note'],
    ],
    [
      'a lone high surrogate in JSON',
      '[{"indicator":"II.9.1","period":"2022-06","value":50,"note":"\\ud83d"}]',
      ['character-invalid 1 note'],
    ],
    [
      'a lone low surrogate in JSON',
      '[{"indicator":"II.9.1","period":"2022-06","value":50,"note":"\\ude00"}]',
      ['character-invalid 1 note'],
    ],
    [
      'both halves of a character',
      '[{"indicator":"II.9.1","period":"2022-06","value":50,"note":"\\ud83d\\ude00"}]',
      [],
    ],
    [
      'a surrogate written as UTF-8',
      join(encodeText(`${header}${good}ộ `, 'utf-8'), Uint8Array.of(0xed, 0xa0, 0x80)),
      ['encoding-invalid'],
    ],
    [
      'a lone surrogate in UTF-16',
      join(
        markOf('utf-16le'),
        encodeText(`${header}${good}`, 'utf-16le'),
        Uint8Array.of(0x3d, 0xd8, 0x0a, 0),
      ),
      ['encoding-invalid'],
    ],
  ])('%s', async (_, content, expected) => {
    expect(await issuesOf(content)).toEqual(expected);
  });
});

it('a stray quote in the name of a column is one mistake', async () => {
  expect(await issuesOf('indicator,period,value,Ghi "thêm"\nII.9.1,2022-06,50,\n')).toEqual([
    'csv-stray-quote 1 Ghi "thêm" D1',
  ]);
});

describe('too much of something', () => {
  it('10 MB in one cell is an issue at that cell, and the next row is read', async () => {
    const file = longFile(`${header}${good}`, 'xin chào ', 1_000_000, `\n1.b.1,2022-06,,x,\n`);
    const { issues, rows } = await checkFile(file, context);
    expect(file.bytes).toBeGreaterThan(9e6);
    expect(rows).toBe(2);
    expect(issues).toMatchObject([
      { code: 'text-too-long', cell: 'E2', expected: String(maxCellCharacters) },
      { code: 'not-a-number', cell: 'D3' },
    ]);
    for (const { value } of issues) expect((value ?? '').length).toBeLessThan(300);
  });

  it.each([
    [maxCellCharacters, ['text-too-long 2 note E2'], '2000'],
    [maxCellCharacters + 1, ['text-too-long 2 note E2'], String(maxCellCharacters)],
  ])('%i characters in one cell are told by the limit they pass', async (length, expected, limit) => {
    const content = `${header}${good}${'x'.repeat(length)}\n`;
    expect(await issuesOf(content)).toEqual(expected);
    expect((await checkFile(sourceOf(content), context)).issues[0]?.expected).toBe(limit);
  });

  it('a number as long as a cell is no number', async () => {
    expect(await issuesOf(`${header}II.9.1,2022-06,,${'0'.repeat(32_000)}x,\n`)).toEqual([
      'not-a-number 2 value D2',
    ]);
    expect(await issuesOf(`${header}${'II.9.1'.repeat(5000)},2022-06,,50,\n`)).toEqual([
      'indicator-unknown 2 indicator A2',
    ]);
  });

  it('10,000 columns are a warning each, and what stands in them is nothing', async () => {
    const names = Array.from({ length: 10_000 }, (_, index) => `c${index}`).join(',');
    const check = await checkFile(
      sourceOf(`indicator,period,value,${names}\nII.9.1,2022-06,50,${'x,'.repeat(9_999)}x\n`),
      context,
    );
    expect(check).toMatchObject({ verdict: 'accepted', issueCounts: { 'column-ignored': 10_000 } });
  });

  it.each([
    [maxColumns, 'XFD2'],
    [maxColumns + 1, 'XFE2'],
    [100_000, 'XFE2'],
  ])('a row of %i cells under a header of five is too long', async (cells, cell) => {
    const filled = `${','.repeat(cells - 1)}x`;
    expect(await issuesOf(`${header}${filled}\n`)).toEqual([`row-too-long 2 ${cell}`]);
  });

  it.each([
    [1_048_576 - header.length, ['not-a-number 1048545 value D1048545']],
    [1_048_576 - header.length + 1, ['header-missing']],
    [1_048_576, ['header-missing']],
    [3_000_000, ['header-missing']],
  ])('%i blank lines above the header: %j', async (lines, expected) => {
    expect(await issuesOf(`${'\n'.repeat(lines)}${header}II.9.1,2022-06,,x,\n`)).toEqual(expected);
  });

  it('nothing but blank lines is an empty file, and JSON below them is read', async () => {
    const blankLines = '\n'.repeat(3 * 1024 * 1024);
    expect(await issuesOf(blankLines)).toEqual(['file-empty']);
    expect(await issuesOf(`${blankLines}[{"indicator":"II.9.1","period":"2022-06","value":"x"}]`)).toEqual([
      'not-a-number 1 value',
    ]);
  });

  it('a quote never closed at the end of 50 MB is told at its cell', async () => {
    const blankRow = `${' '.repeat(30_000)}\n`;
    const file = longFile(header, blankRow, 1700, `${good}"không đóng\n`);
    expect(file.bytes).toBeGreaterThan(50e6);
    const { issues } = await checkFile(file, context);
    expect(issues).toMatchObject([{ code: 'csv-unclosed-quote', row: 1702, cell: 'E1702' }]);
  });

  it.each([
    [maxColumns, { 'column-ignored': maxColumns - 3 }],
    [maxColumns + 1, { 'json-invalid': 1 }],
  ])('of %i fields in one object the issues are %j', async (fields, expected) => {
    const extra = Array.from({ length: fields - 3 }, (_, index) => `"c${index}":1`).join(',');
    const { issueCounts } = await checkFile(
      sourceOf(`[{"indicator":"II.9.1","period":"2022-06","value":50,${extra}}]`),
      context,
    );
    expect(issueCounts).toEqual(expected);
  });

  it.each([
    [maxKeyCharacters, ['column-ignored']],
    [maxKeyCharacters + 1, ['column-ignored', 'text-too-long']],
  ])('a name of %i characters is %j', async (length, expected) => {
    const { issueCounts } = await checkFile(
      sourceOf(`[{"indicator":"II.9.1","period":"2022-06","value":50,"${'x'.repeat(length)}":1}]`),
      context,
    );
    expect(Object.keys(issueCounts)).toEqual(expected);
  });
});

describe('content that is dangerous elsewhere', () => {
  it.each(['=HYPERLINK("http://x";"y")', '+1+1', '-2+3', '@SUM(A1)', '＝1', '\u200fabc', "'=1"])(
    'a note that says %s is kept as it is',
    async (note) => {
      const file = sourceOf(`${header}${good}"${note.replaceAll('"', '""')}"\n`);
      const check = await checkFile(file, context);
      expect(check).toMatchObject({ verdict: 'accepted', issues: [] });
      expect(await Array.fromAsync(readObservations(file, check, context))).toMatchObject([{ note }]);
    },
  );

  it.each([
    ['value', '=50', 'not-a-number 2 value D2'],
    ['value', '\u200f50', 'not-a-number 2 value D2'],
    ['value', '\u202e05', 'not-a-number 2 value D2'],
    ['period', '2022\u200e-06', 'period-invalid 2 period B2'],
    ['period', '=TODAY()', 'period-invalid 2 period B2'],
    ['area', '718\u200f', 'area-unknown 2 area C2'],
    ['indicator', '\u202eII.9.1', 'indicator-unknown 2 indicator A2'],
    ['indicator', '__proto__', 'indicator-unknown 2 indicator A2'],
    ['area', 'constructor', 'area-unknown 2 area C2'],
  ])('a %s of %j is told, with its invisible characters shown', async (field, text, expected) => {
    const cells = { indicator: 'II.9.1', period: '2022-06', area: '', value: '50', [field]: text };
    const content = `${header}${cells.indicator},${cells.period},${cells.area},${cells.value},\n`;
    expect(await issuesOf(content)).toEqual([expected]);
    const [issue] = (await checkFile(sourceOf(content), context)).issues;
    expect(issue?.value).not.toMatch(/\p{Cf}/u);
  });

  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'a column and a field named %s are ignored like any other',
    async (name) => {
      const csv = await checkFile(sourceOf(`${name},indicator,period,value\nx,II.9.1,2022-06,50\n`), context);
      const json = await checkFile(
        sourceOf(`[{"${name}":{"value":1},"indicator":"II.9.1","period":"2022-06","value":50}]`),
        context,
      );
      for (const { verdict, issueCounts, figures } of [csv, json]) {
        expect({ verdict, issueCounts }).toEqual({
          verdict: 'accepted',
          issueCounts: { 'column-ignored': 1 },
        });
        expect(figures).toMatchObject([{ indicator: 'II.9.1', value: '50' }]);
      }
      expect(Object.getPrototypeOf({})).toBe(Object.prototype);
      expect({}).not.toHaveProperty('value');
    },
  );

  it('a field named __proto__ twice is a duplicate', async () => {
    expect(
      await issuesOf('[{"__proto__":1,"indicator":"II.9.1","period":"2022-06","value":50,"__proto__":2}]'),
    ).toEqual(['json-duplicate-key 1 __proto__', 'column-ignored 1 __proto__']);
  });

  it.each([
    ['a zip', [0x50, 0x4b, 0x03, 0x04]],
    ['an empty zip', [0x50, 0x4b, 0x05, 0x06]],
    ['a split zip', [0x50, 0x4b, 0x07, 0x08]],
    ['gzip', [0x1f, 0x8b]],
    ['a PDF', [0x25, 0x50, 0x44, 0x46, 0x2d]],
    ['HTML', [0x3c]],
  ])('%s named .csv is told by its first bytes, whatever follows', async (_, bytes) => {
    const content = join(Uint8Array.from(bytes), new TextEncoder().encode(`${header}${good}\n`));
    expect(await issuesOf(content)).toEqual(['file-format-unsupported']);
  });

  it('the first bytes of a zip but for the last are a text', async () => {
    expect(await issuesOf('PK\x03,indicator,period,value\n,II.9.1,2022-06,50\n')).toEqual([
      'column-ignored 1 PK\x03 A1',
    ]);
  });
});
