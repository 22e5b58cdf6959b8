import type { Bilingual } from '../../shared/domain/catalogue.ts';
import type { Issue } from '../../shared/domain/issue.ts';

/** Where an issue stands, in short: `D17`, `dòng 17`, in JSON `số liệu 3, “value”`; `undefined` for the whole file. */
export function placeText({ row, column, cell }: Issue, isJson: boolean): Bilingual | undefined {
  if (cell !== undefined) return { vi: cell, en: cell };
  if (row === undefined) return column === undefined ? undefined : { vi: `“${column}”`, en: `“${column}”` };
  const [vi, en] = isJson ? ['số liệu', 'observation'] : ['dòng', 'row'];
  const field = isJson && column !== undefined ? `, “${column}”` : '';
  return { vi: `${vi} ${row}${field}`, en: `${en} ${row}${field}` };
}
