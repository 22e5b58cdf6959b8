import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { isAnnotatable } from '../../shared/domain/intake/annotatable.ts';
import { annotateFile } from '../../shared/domain/intake/annotate.ts';
import { Annotations, maxAnnotations } from '../../shared/domain/intake/annotations.ts';
import { checkFile } from '../../shared/domain/intake/check-file.ts';
import { maxCellCharacters } from '../../shared/domain/intake/csv-reader.ts';
import type { CheckContext, SourceFile } from '../../shared/domain/intake/source-file.ts';
import { type Issue, maxIssuesKept } from '../../shared/domain/issue.ts';
import { createIssue } from '../../shared/domain/issue-codes.ts';
import { figureSchema } from '../../shared/domain/observation.ts';
import { context, sourceOf } from './intake/sources.ts';
import { encodeText, join, markOf } from './intake/written-file.ts';

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  return join(...(await Array.fromAsync(pieces)));
}

/** A file's annotated copy, and every issue the check found. */
async function annotate(file: SourceFile, given: CheckContext = context, told = (issue: Issue) => issue) {
  const issues: Issue[] = [];
  const check = await checkFile(file, given, (issue) => issues.push(issue));
  const copy = await bytesOf(annotateFile(file, check.file, new Annotations(issues.map(told))));
  return { check, issues, copy };
}

/** An issue whose sentence is `!`, so that tables of copies can be read. */
const curt = (issue: Issue): Issue => ({ ...issue, message: { vi: '!', en: '!' } });

async function annotated(text: string): Promise<string> {
  const { copy } = await annotate(sourceOf(text), context, curt);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(copy);
}

describe('the annotated copy of a CSV file', () => {
  it.each([
    [
      'tells each row what is wrong with it and leaves the others as they are',
      'indicator;period;value\r\nII.9.1;T6/2022;x\r\nII.9.1;T5/2022;98,7\r\nII.9.2;2022-06;1\r\n',
      'indicator;period;value;tiendo: lỗi\r\nII.9.1;T6/2022;x;C2: ! [not-a-number]\r\nII.9.1;T5/2022;98,7\r\n' +
        'II.9.2;2022-06;1;A4: ! [indicator-unknown]\r\n',
    ],
    [
      'tells several mistakes of a row in one cell',
      'indicator,period,value\nII.9.1,2022-13,x\n',
      'indicator,period,value,tiendo: lỗi\nII.9.1,2022-13,x,B2: ! [period-invalid] | C2: ! [not-a-number]\n',
    ],
    [
      'has nothing but its column for a file without a mistake',
      'indicator,period,value\nII.9.1,2022-06,98',
      'indicator,period,value,tiendo: lỗi\nII.9.1,2022-06,98',
    ],
    [
      'adds to a last row that no line end closes',
      'indicator\tperiod\tvalue\rII.9.1\t2022-06\tx',
      'indicator\tperiod\tvalue\ttiendo: lỗi\rII.9.1\t2022-06\tx\tC2: ! [not-a-number]',
    ],
    [
      'keeps title lines, blank lines and both rows of a header in their places',
      'Báo cáo;;\n;;\nMã chỉ tiêu;Kỳ;Số liệu;\n;;Tử số;Mẫu số\n\nII.9.1;T6/2022;3;x\n;;;\n',
      'Báo cáo;;\n;;\nMã chỉ tiêu;Kỳ;Số liệu;\n;;Tử số;Mẫu số;tiendo: lỗi\n\nII.9.1;T6/2022;3;x;D6: ! [not-a-number]\n;;;\n',
    ],
    [
      'counts the line sep= as Excel does',
      'sep=;\nindicator;period;value\nII.9.1;2022-06;x\n',
      'sep=;\nindicator;period;value;tiendo: lỗi\nII.9.1;2022-06;x;C2: ! [not-a-number]\n',
    ],
    [
      'fills up a row shorter than the header',
      'indicator,period,value,note\nII.9.1,2022-06\n',
      'indicator,period,value,note,tiendo: lỗi\nII.9.1,2022-06,,,C2: ! [value-required]\n',
    ],
    [
      'stands beyond what a row has too much',
      'indicator,period,value\nII.9.1,2022-06,98,,y\nII.9.1,2022-05,x,,\n',
      'indicator,period,value,,,tiendo: lỗi\nII.9.1,2022-06,98,,y,E2: ! [row-too-long]\n' +
        'II.9.1,2022-05,x,,,C3: ! [not-a-number]\n',
    ],
    [
      'takes the place of trailing blank cells',
      'indicator,period,value,,\nII.9.1,2022-06,x,,\nII.9.1,2022-05,98,,\n',
      'indicator,period,value,tiendo: lỗi,\nII.9.1,2022-06,x,C2: ! [not-a-number],\nII.9.1,2022-05,98,,\n',
    ],
    [
      'keeps quotes, right and wrong, and line breaks in cells',
      'indicator,period,value,note\n"II.9.1",2022-06,"x","a ""b"",\r\nc"\nII.9.1,2022-05,9"8,\n',
      'indicator,period,value,note,tiendo: lỗi\n"II.9.1",2022-06,"x","a ""b"",\r\nc",C2: ! [not-a-number]\n' +
        'II.9.1,2022-05,9"8,,C3: ! [csv-stray-quote]\n',
    ],
    [
      'keeps a formula of the sender, whose cell it is',
      'indicator,period,value,note\nII.9.1,2022-06,x,=1+1\n',
      'indicator,period,value,note,tiendo: lỗi\nII.9.1,2022-06,x,=1+1,C2: ! [not-a-number]\n',
    ],
    [
      'says in the header what concerns the header and the titles above it',
      'Báo cáo "tháng" 6\nindicator;period;value;màu\nII.9.1;2022-06;x;\n',
      'Báo cáo "tháng" 6\nindicator;period;value;màu;tiendo: lỗi – A1: ! [csv-stray-quote] | D2: Cảnh báo: ! [column-ignored]\n' +
        'II.9.1;2022-06;x;;C3: ! [not-a-number]\n',
    ],
    [
      'says in the header what concerns the whole file',
      'indicator;period;value\n',
      'indicator;period;value;tiendo: lỗi – ! [no-observations]\n',
    ],
    [
      'says in the header that a quote is never closed, and leaves what it swallows alone',
      'indicator;period;value;note\nII.9.1;2022-06;x;\nII.9.1;2022-05;98;"a\nII.9.1;2022-04;98;\n',
      'indicator;period;value;note;tiendo: lỗi – D3: ! [csv-unclosed-quote]\nII.9.1;2022-06;x;;C2: ! [not-a-number]\n' +
        'II.9.1;2022-05;98;"a\nII.9.1;2022-04;98;\n',
    ],
    [
      'replaces what an earlier copy said, where that stands',
      'indicator,tiendo: lỗi – cũ,period,value\nII.9.1,"cũ, ""1""",2022-06,x\nII.9.1,cũ,2022-05,98\n,cũ,,\nII.9.1\n',
      'indicator,tiendo: lỗi,period,value\nII.9.1,D2: ! [not-a-number],2022-06,x\nII.9.1,,2022-05,98\n,,,\n' +
        'II.9.1,C5: ! [period-invalid] | D5: ! [value-required]\n',
    ],
    [
      'stands behind the columns of a template',
      'indicator,period,value,tiendo: nội dung\nII.9.1,2022-06,x,Hộ gia đình\n',
      'indicator,period,value,tiendo: nội dung,tiendo: lỗi\nII.9.1,2022-06,x,Hộ gia đình,C2: ! [not-a-number]\n',
    ],
  ])('%s', async (_, text, expected) => {
    expect(await annotated(text)).toBe(`\ufeff${expected}`);
  });

  it.each([
    ['a NUL', '\0lỗi'],
    ['a quote amid a cell', 'lỗi "cũ'],
    ['text behind a closing quote', '"lỗi" cũ'],
  ])('takes the place of a column of ours whose cell has %s, which is no issue', async (_, cell) => {
    const text = `indicator,period,value,tiendo: lỗi\nII.9.1,2022-06,98,${cell}\n`;
    const { check, issues } = await annotate(sourceOf(text));
    expect(issues).toEqual([]);
    expect(check.verdict).toBe('accepted');
  });

  it.each(['tiendo\0 lỗi', 'tiendo: lỗi – \0'])('leaves a damaged name %j to be mended', async (name) => {
    const text = `indicator,period,value,${name}\nII.9.1,2022-06,98,\n`;
    const { issues, copy } = await annotate(sourceOf(text));
    expect(issues).toMatchObject([{ code: 'character-invalid', row: 1, cell: 'D1' }]);
    expect((await annotate(sourceOf(new TextDecoder().decode(copy)))).issues).toEqual(issues);
  });

  it('gives the whole sentence, Vietnamese, with its code', async () => {
    const { copy } = await annotate(sourceOf('indicator,period,value\nII.9.1,2022-06,x\n'));
    const text = new TextDecoder().decode(copy);
    expect(text).toMatch(/,"C2: “x” không phải là số\. Hãy [^|]+\. \[not-a-number\]"\n$/);
    expect(text).toBe(text.normalize('NFC'));
  });

  it.each([
    ['utf-8', false, 'utf-8'],
    ['utf-8', true, 'utf-8'],
    ['utf-16le', true, 'utf-16le'],
    ['utf-16be', true, 'utf-16be'],
    ['windows-1258', false, 'utf-8'],
    ['tcvn3', false, 'utf-8'],
  ] as const)('of %s (mark: %s) is in %s with a mark', async (encoding, hasMark, expected) => {
    const text = 'Mã chỉ tiêu;Kỳ báo cáo;Giá trị;Ghi chú\nII.9.1;2022-06;x;tỷ lệ hộ gia đình\n';
    const bytes = encodeText(text, encoding);
    const file = sourceOf(hasMark ? join(markOf(encoding), bytes) : bytes);
    const { copy, check } = await annotate(file, context, curt);
    expect(check.file.encoding).toBe(encoding);
    const mark = markOf(expected);
    expect(copy.slice(0, mark.length)).toEqual(mark);
    const decoded = new TextDecoder(expected, { fatal: true }).decode(copy).normalize('NFC');
    expect(decoded).toBe(
      'Mã chỉ tiêu;Kỳ báo cáo;Giá trị;Ghi chú;tiendo: lỗi\nII.9.1;2022-06;x;tỷ lệ hộ gia đình;C2: ! [not-a-number]\n',
    );
  });
});

describe('the annotated copy of a JSON file', () => {
  const row = '"indicator": "II.9.1", "period"';
  it.each([
    [
      'adds a field to each observation at fault',
      `[{${row}: "2022-06", "value": "x"}, {${row}: "2022-05", "value": 98}]`,
      `[{${row}: "2022-06", "value": "x", "tiendo: lỗi": "“value”: ! [not-a-number]"}, {${row}: "2022-05", "value": 98}]`,
    ],
    [
      'keeps one observation a line',
      `{${row}: "2022-06", "value": 98}\n{${row}: "2022-05", "value": "x"}\n`,
      `{${row}: "2022-06", "value": 98}\n{${row}: "2022-05", "value": "x", "tiendo: lỗi": "“value”: ! [not-a-number]"}\n`,
    ],
    [
      'keeps the object around the observations, and says in the first what concerns the file',
      `{"nguồn": {"a": "}"}, "observations": [\n  {\n    ${row}: "2022-06",\n    "value": 98\n  }\n]}`,
      `{"nguồn": {"a": "}"}, "observations": [\n  {\n    ${row}: "2022-06",\n    "value": 98, "tiendo: lỗi": "Cảnh báo: ! [column-ignored]"\n  }\n]}`,
    ],
    [
      'gives an observation without fields its only one',
      '[{ }, 5]',
      '[{"tiendo: lỗi": "! [indicator-required] | ! [period-invalid]" }, 5]',
    ],
    [
      'passes on what follows a mistake in the syntax',
      `[{${row}: "2022-06", "value": "x"}, {"a": tru}, {"b": "}"}]`,
      `[{${row}: "2022-06", "value": "x", "tiendo: lỗi": "“value”: ! [not-a-number]"}, {"a": tru}, {"b": "}"}]`,
    ],
    [
      'replaces what an earlier copy said, wherever that stands',
      `[{"tiendo: lỗi": "cũ", ${row}: "2022-06", "value": 98}, {${row}: "2022-05", "tiendo: lỗi": {"a": [","]} , "value": "x"},` +
        ` {"tiendo: l\\u1ed7i": 1}, {${row}: "2022-04", "value": 97, "tiendo: lỗi": "\\"}" }]`,
      `[{ ${row}: "2022-06", "value": 98}, {${row}: "2022-05", "value": "x", "tiendo: lỗi": "“value”: ! [not-a-number]"},` +
        ` {"tiendo: lỗi": "! [indicator-required] | ! [period-invalid]"}, {${row}: "2022-04", "value": 97 }]`,
    ],
  ])('%s', async (_, text, expected) => {
    expect(await annotated(text)).toBe(expected);
  });
});

describe('an observation that ends in white space', () => {
  it.each([
    ['', ''],
    [' ', ' '],
    ['\n  ', '\n  '],
    [' '.repeat(1000), ' '.repeat(1000)],
  ])('has the field before it: %j', async (space, kept) => {
    const row = '[{"indicator": "II.9.1", "period": "2022-06", "value": "x"';
    const field = ', "tiendo: lỗi": "“value”: ! [not-a-number]"';
    for (const pieceBytes of [1, 7, 5000]) {
      const { copy } = await annotate(sourceOf(`${row}${space}}]`, pieceBytes), context, curt);
      expect(new TextDecoder().decode(copy)).toBe(`${row}${field}${kept}}]`);
    }
  });

  it('may have it behind a thousand blanks, which are passed on as they come', async () => {
    const text = `[{"indicator": "II.9.1", "period": "2022-06", "value": "x"${' '.repeat(5000)}}]`;
    const { copy } = await annotate(sourceOf(text, 100), context, curt);
    const found: unknown = JSON.parse(new TextDecoder().decode(copy));
    expect(found).toMatchObject([{ value: 'x', 'tiendo: lỗi': '“value”: ! [not-a-number]' }]);
  });
});

const folder = new URL('../fixtures/intake/', import.meta.url);
const givenSchema = z.looseObject({
  given: z.strictObject({
    unit: z.string(),
    receivedAt: z.iso.datetime(),
    limits: z.strictObject({ maxBytes: z.int(), maxRows: z.int() }).exactOptional(),
    published: z.array(figureSchema).exactOptional(),
  }),
});
const fixtures = readdirSync(folder)
  .filter((name) => /\.(csv|json)$/.test(name) && !name.endsWith('.expected.json'))
  .map((name) => {
    const expected = readFileSync(new URL(name.replace(/\.(csv|json)$/, '.expected.json'), folder), 'utf8');
    const { unit, ...given } = givenSchema.parse(JSON.parse(expected)).given;
    return {
      name,
      bytes: new Uint8Array(readFileSync(new URL(name, folder))),
      given: { ...context, ...given, unitId: unit },
    };
  });
const annotatable: typeof fixtures = [];
for (const fixture of fixtures) {
  const { file } = await checkFile(sourceOf(fixture.bytes), fixture.given);
  if (isAnnotatable(file)) annotatable.push(fixture);
}

/** Where syntax breaks, as line and character, moves with every field that is added before it. */
const withoutPosition = ({ value, message, ...issue }: Issue) =>
  issue.code === 'json-invalid' ? issue : { ...issue, value, message };

describe('the annotated copy of a file as offices send it', () => {
  it('is there unless the file could not be read at all', () => {
    const others = fixtures.filter((fixture) => !annotatable.includes(fixture));
    expect(annotatable.length).toBeGreaterThan(80);
    expect(
      others
        .map(({ name }) => name.replace(/\..*/, ''))
        .filter(
          (name) =>
            !/^(file-(empty|format|too-large)|encoding-|header-missing|csv-unclosed-quote-in-title|character-invalid-utf-16|json-invalid-scalar)/.test(
              name,
            ),
        ),
    ).toEqual([]);
  });

  it.each(annotatable)('$name gives the same issues when it is sent again', async ({ bytes, given }) => {
    const { check, issues, copy } = await annotate(sourceOf(bytes), given);
    const again = await annotate(sourceOf(copy), given);
    expect(again.issues.map(withoutPosition)).toEqual(issues.map(withoutPosition));
    expect(again.check).toMatchObject({
      verdict: check.verdict,
      rows: check.rows,
      observations: check.observations,
      figures: check.figures,
      issueCounts: check.issueCounts,
    });
  });

  it.each(annotatable)('$name is the same copy when it is annotated again', async ({ bytes, given }) => {
    const { copy } = await annotate(sourceOf(bytes), given, curt);
    expect((await annotate(sourceOf(copy), given, curt)).copy).toEqual(copy);
  });

  it.each(annotatable)('$name is the same copy wherever it is cut into pieces', async ({ bytes, given }) => {
    const { copy } = await annotate(sourceOf(bytes), given);
    for (const pieceBytes of [1, 2, 3, 7])
      expect((await annotate(sourceOf(bytes, pieceBytes), given)).copy, `${pieceBytes} bytes`).toEqual(copy);
  });
});

describe('a file that could not be read', () => {
  it.each(['', 'a;b\n', '%PDF-', '\ufeff'])('%j has no annotated copy', async (text) => {
    await expect(annotate(sourceOf(text))).rejects.toThrow(RangeError);
  });
});

describe('the messages of an annotated copy', () => {
  const issue = (row?: number) =>
    createIssue('not-a-number', row === undefined ? {} : { row }, { value: 'x' });
  const many = (count: number, row?: number) => Array.from({ length: count }, () => issue(row));

  it.each([
    [19, 19, false],
    [20, 20, false],
    [21, 20, true],
  ])('of one row are told one by one up to twenty: %i', (count, told, hasMore) => {
    const text = new Annotations(many(count, 3)).ofRow(3);
    expect(text.split('[not-a-number]')).toHaveLength(told + 1);
    expect(text.endsWith('và 1 mục nữa; xem danh sách lỗi đầy đủ')).toBe(hasMore);
  });

  it('fit in a cell of Excel however long they are', () => {
    const long = { ...issue(3), column: 'c'.repeat(40_000), message: { vi: 'ệ'.repeat(40_000), en: '' } };
    const annotations = new Annotations(Array.from({ length: 50 }, () => long));
    expect(annotations.ofRow(3).length).toBeLessThanOrEqual(maxCellCharacters);
    expect(annotations.ofFile(() => true).length).toBeLessThanOrEqual(maxCellCharacters - 100);
  });

  it.each([
    [maxAnnotations - 1, ''],
    [maxAnnotations, ''],
    [maxAnnotations + 1, 'Còn 1 mục ở các dòng sau không ghi trong bản này; xem danh sách lỗi đầy đủ.'],
  ])('are held up to a hundred thousand: %i', (count, ofFile) => {
    const annotations = new Annotations();
    const one = issue(0);
    for (let row = 1; row <= count; row++) annotations.add({ ...one, row });
    expect(annotations.ofFile()).toBe(ofFile);
    expect(annotations.ofRow(Math.min(count, maxAnnotations))).not.toBe('');
    expect(annotations.ofRow(maxAnnotations + 1)).toBe('');
  });
});

describe('every issue of a check', () => {
  it('is handed on, beyond those that are kept in full', async () => {
    const count = maxIssuesKept + 5;
    const text = `indicator,period,value\n${'II.9.1,2022-06,x\n'.repeat(count)}`;
    const { check, issues } = await annotate(sourceOf(text));
    expect(check.issues).toHaveLength(maxIssuesKept);
    const total = Object.values(check.issueCounts).reduce((sum, one) => sum + one, 0);
    expect(issues).toHaveLength(total);
    expect(issues.slice(0, count).map(({ row }) => row)).toEqual(
      Array.from({ length: count }, (_, index) => index + 2),
    );
  });
});
