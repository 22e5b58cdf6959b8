import { expect, it } from 'vitest';
import { countBySeverity, shownGroups } from '../../portal/findings/issue-groups.ts';
import { placeText } from '../../portal/findings/issue-place.ts';
import { createIssue } from '../../shared/domain/issue-codes.ts';

const wrong = createIssue('not-a-number', { row: 4, column: 'Tử số', cell: 'C4' }, { value: 'x' });

it('groups by rule, errors first, with what to do', () => {
  const groups = shownGroups([wrong], { 'column-ignored': 7, 'not-a-number': 1 });
  expect(groups.map(({ code, count }) => [code, count])).toEqual([
    ['not-a-number', 1],
    ['column-ignored', 7],
  ]);
  expect(groups[0]?.message.vi).toContain('“x”');
  expect(groups[0]?.remedy?.vi).toMatch(/^Hãy/);
  expect(countBySeverity(groups)).toEqual({ error: 1, warning: 7 });
});

it('shows a rule of a newer server by the words of its first issue', () => {
  const message = { vi: 'Điều mới.', en: 'Something new.' };
  const newer = { code: 'newer-rule', severity: 'error', row: 1, message } as const;
  expect(shownGroups([newer], { 'newer-rule': 3 })).toEqual([
    { code: 'newer-rule', severity: 'error', count: 3, message, first: [newer] },
  ]);
});

it.each([
  [{ row: 4, column: 'Tử số', cell: 'C4' }, false, 'C4'],
  [{ row: 4 }, false, 'dòng 4'],
  [{ row: 4, column: 'value' }, true, 'số liệu 4, “value”'],
  [{ column: 'Lạ' }, false, '“Lạ”'],
  [{}, false, undefined],
])('says where %j is: %s %s', (place, isJson, said) => {
  const { cell: _, row: __, column: ___, ...issue } = wrong;
  expect(placeText({ ...issue, ...place }, isJson)?.vi).toBe(said);
});
