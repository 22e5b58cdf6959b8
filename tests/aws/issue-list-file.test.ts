import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { IssueListFile } from '../../shared/aws/issue-list-file.ts';
import { writeIssueList } from '../../shared/domain/intake/issue-list.ts';
import { createIssue } from '../../shared/domain/issue-codes.ts';

const issue = (row: number) =>
  createIssue('not-a-number', { row, column: 'value', cell: `C${row}` }, { value: 'x' });
const issues = (count: number) => Array.from({ length: count }, (_, index) => issue(index + 2));

let list: IssueListFile;
beforeEach(() => {
  list = new IssueListFile();
});
afterEach(() => list.dispose());

it('puts nothing on the disk before the first issue', () => {
  expect(list.complete()).toBeUndefined();
});

it('has every issue in order, however many, for Excel', () => {
  for (const one of issues(5000)) list.add(one);
  const stored = list.complete();
  const content = readFileSync(stored?.path ?? '');
  expect(content.toString()).toBe(writeIssueList(issues(5000), ';'));
  expect(stored?.bytes).toBe(content.length);
});

it('goes on after it was complete', () => {
  list.add(issue(2));
  list.complete();
  list.add(issue(3));
  expect(readFileSync(list.complete()?.path ?? '', 'utf8')).toBe(writeIssueList(issues(2), ';'));
});

it.each([
  [2, 0],
  [3, 0],
  [4, 1],
])('with at most 3 and %i found says that %i are left', async (found, left) => {
  await using bounded = disposable(new IssueListFile(3));
  for (const one of issues(found)) bounded.list.add(one);
  bounded.list.complete();
  const lines = readFileSync(bounded.list.complete()?.path ?? '', 'utf8')
    .trimEnd()
    .split('\r\n');
  expect(lines).toHaveLength(1 + Math.min(found, 3) + (left > 0 ? 1 : 0));
  expect(lines.at(-1)?.includes(`Còn ${left} mục nữa`)).toBe(left > 0);
});

it('leaves nothing behind', async () => {
  list.add(issue(2));
  const { directory = '' } = list.complete() ?? {};
  expect(existsSync(directory)).toBe(true);
  await list.dispose();
  expect(existsSync(directory)).toBe(false);
});

function disposable(list: IssueListFile) {
  return { list, [Symbol.asyncDispose]: () => list.dispose() };
}
