import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteOrderMark } from '../../shared/domain/csv-writer.ts';
import { checkFile } from '../../shared/domain/intake/check-file.ts';
import { delimiters } from '../../shared/domain/intake/csv-layout.ts';
import { CsvReader } from '../../shared/domain/intake/csv-reader.ts';
import { groupIssues } from '../../shared/domain/intake/issue-groups.ts';
import { issueListHeading, issueListRow, writeIssueList } from '../../shared/domain/intake/issue-list.ts';
import type { Issue } from '../../shared/domain/issue.ts';
import { createIssue, entryOf } from '../../shared/domain/issue-codes.ts';
import { context, sourceOf } from './intake/sources.ts';

const place = { row: 17, column: 'Giá trị', cell: 'D17' };

describe('the list of issues', () => {
  it('has a row for each issue, with its place, what is there, what should be, and both languages', () => {
    const issue = createIssue('out-of-range', place, { value: '101', expected: '0–100' });
    const [heading, row, end] = writeIssueList([issue], ';').split('\r\n');
    expect(heading).toBe('\ufeffDòng;Cột;Ô;Giá trị;Cần có;Mã lỗi;Mức độ;Nội dung;Nội dung tiếng Anh');
    expect(row?.startsWith('17;Giá trị;D17;101;0–100;out-of-range;Lỗi;')).toBe(true);
    expect(row).toContain(issue.message.en);
    expect(end).toBe('');
  });

  it('leaves empty what an issue has not, and names a warning so', () => {
    const issue = createIssue('submission-identical', {});
    expect(issueListRow(issue, ';')).toMatch(/^;;;;;submission-identical;Cảnh báo;/);
  });

  it.each([
    ['-5', "'-5"],
    ['=HYPERLINK("http://a.example")', '"\'=HYPERLINK(""http://a.example"")"'],
    ['＝1', "'＝1"],
    ['@a', "'@a"],
    ['+84', "'+84"],
    ['x', 'x'],
  ])('shows what the file says, %j, as a text that Excel does not run: %j', (value, cell) => {
    expect(issueListRow(createIssue('not-a-number', place, { value }), ';')).toContain(
      `;D17;${cell};;not-a-number;`,
    );
  });

  it.each([
    ['=1', "'=1"],
    ['-', "'-"],
  ])('does the same with a column the sender named %j', (column, cell) => {
    expect(issueListRow(createIssue('column-ignored', { row: 1, column }, { value: column }), ';')).toMatch(
      new RegExp(`^1;${cell};`),
    );
  });

  it('written issue by issue is the same file', () => {
    const issues = [createIssue('not-a-number', place, { value: 'x' }), createIssue('file-empty', {})];
    const pieces = [issueListHeading(','), ...issues.map((issue) => issueListRow(issue, ','))];
    expect(pieces.join('')).toBe(writeIssueList(issues, ','));
  });

  it('has nine cells in every row and says what the issues say, whatever the sender wrote', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('=', '-', '"', ';', ',', 'x', '1', ' ', '\n', '\t', 'ệ', '＝'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(cell, { maxLength: 6 }),
        fc.constantFrom(...delimiters),
        async (cells, delimiter) => {
          const quoted = cells.map((text) => `"${text.replaceAll('"', '""')}"`);
          const text = `indicator,period,value\n${quoted.map((one) => `II.9.1,${one},${one}\n`).join('')}`;
          const { issues } = await checkFile(sourceOf(text), context);
          const reader = new CsvReader(delimiter);
          const written = writeIssueList(issues, delimiter).replace(byteOrderMark, '');
          const rows = [...reader.write(written), ...reader.end()].slice(1);
          expect(rows.map((row) => row.cells.length)).toEqual(issues.map(() => 9));
          const shown = (value: string | undefined) =>
            (value ?? '').replace(/^(?=[=+\-@\t\r\n＝＋－＠])/, "'");
          expect(rows.map((row) => [row.cells[2], row.cells[3], row.cells[5]])).toEqual(
            issues.map((issue) => [issue.cell ?? '', shown(issue.value), issue.code]),
          );
          for (const row of rows) expect(row.faults).toBeUndefined();
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('issues grouped by rule', () => {
  const wrong = (row: number, value: string) =>
    createIssue('not-a-number', { row, cell: `C${row}` }, { value });
  const required = createIssue('indicator-required', { row: 4, cell: 'A4' });
  const ignored = createIssue('column-ignored', { row: 1, column: 'màu', cell: 'D1' }, { value: 'màu' });

  it('are errors before warnings, the most frequent first, with all counted', () => {
    const issues: Issue[] = [required, wrong(2, 'x'), wrong(3, 'y'), ignored];
    const counts = { 'column-ignored': 9, 'indicator-required': 1, 'not-a-number': 2 };
    expect(groupIssues(issues, counts).map(({ code, severity, count }) => [code, severity, count])).toEqual([
      ['not-a-number', 'error', 2],
      ['indicator-required', 'error', 1],
      ['column-ignored', 'warning', 9],
    ]);
  });

  it('say what they have in common, and … where they differ or are not all known', () => {
    const facts = (value: string) => entryOf('not-a-number').message({ value, expected: '' });
    expect(groupIssues([wrong(2, 'x'), wrong(3, 'x')], { 'not-a-number': 2 })[0]?.message).toEqual(
      facts('x'),
    );
    expect(groupIssues([wrong(2, 'x'), wrong(3, 'y')], { 'not-a-number': 2 })[0]?.message).toEqual(
      facts('…'),
    );
    expect(groupIssues([wrong(2, 'x'), wrong(3, 'x')], { 'not-a-number': 3 })[0]?.message).toEqual(
      facts('…'),
    );
    expect(groupIssues([], { 'not-a-number': 3 })[0]).toMatchObject({ message: facts('…'), first: [] });
  });

  it('each say once what to do', () => {
    const [group] = groupIssues([wrong(2, 'x')], { 'not-a-number': 1 });
    expect(group?.remedy.vi).toMatch(/^Hãy .+\.$/);
    expect(`${group?.message.vi} ${group?.remedy.vi}`).toBe(wrong(2, 'x').message.vi);
  });

  it.each([
    [4, 4],
    [5, 5],
    [6, 5],
  ])('keep the first places: of %i, %i', (count, kept) => {
    const issues = Array.from({ length: count }, (_, index) => wrong(index + 2, 'x'));
    expect(groupIssues(issues, { 'not-a-number': count })[0]?.first).toEqual(issues.slice(0, kept));
  });

  it('are none for a file without any, and refuse a code that is not in the registry', () => {
    expect(groupIssues([], {})).toEqual([]);
    expect(() => groupIssues([], { toString: 1 })).toThrow(RangeError);
  });
});
