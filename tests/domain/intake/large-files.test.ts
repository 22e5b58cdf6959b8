import { describe, expect, it } from 'vitest';
import { addIssue, checkFile, readObservations } from '../../../shared/domain/intake/check-file.ts';
import { maxIssuesKept } from '../../../shared/domain/issue.ts';
import { context, sourceOf } from './sources.ts';

const header = 'indicator,period,area,value,note\n';

describe('a file with too much of something', () => {
  it('has all its issues counted and the first thousand kept, errors before warnings', async () => {
    const columns = Array.from({ length: 10_000 }, (_, index) => `c${index}`).join(',');
    const rows = Array.from({ length: 2_500 }, (_, index) => `II.9.1,2022-06,,x${index}\n`).join('');
    const check = await checkFile(sourceOf(`indicator,period,area,value,${columns}\n${rows}`), context);
    expect(check.issueCounts).toEqual({ 'column-ignored': 10_000, 'not-a-number': 2_500 });
    expect(check.issues).toHaveLength(maxIssuesKept);
    expect(check.issues.map(({ row }) => row)).toEqual(
      Array.from({ length: maxIssuesKept }, (_, index) => index + 2),
    );
  });

  it('keeps an error that is only found at the end of the file, when its row is among the first', async () => {
    const total = '1.b.1,2022-05,,9,\n1.b.1,2022-05,718,8,\n';
    const rows = 'II.9.1,2022-06,,x,\n'.repeat(3_000);
    const check = await checkFile(sourceOf(header + total + rows), context);
    expect(check.issues[0]).toMatchObject({ code: 'total-contradicts-areas', row: 2, cell: 'D2' });
  });

  it('holds no more of a cell of 10 MB than a cell can have', async () => {
    const check = await checkFile(
      sourceOf(`${header}II.9.1,2022-06,,50,${'x'.repeat(10_000_000)}\n`, 100_000),
      context,
    );
    expect(check.issues).toMatchObject([{ code: 'text-too-long', cell: 'E2' }]);
  });

  it('says where a quote was opened that swallows the rest', async () => {
    const rows = 'II.9.1,2022-06,,50,"\n'.repeat(1) + 'II.9.1,2022-05,,50,\n'.repeat(100_000);
    const check = await checkFile(sourceOf(header + rows), context);
    expect(check.issues).toMatchObject([{ code: 'csv-unclosed-quote', row: 2, cell: 'E2' }]);
  });

  it.each([
    [2, 'accepted'],
    [3, 'rejected'],
  ])('of %i rows where two are allowed is %s', async (rows, verdict) => {
    const text =
      header +
      ['04', '05', '06']
        .slice(0, rows)
        .map((month) => `II.9.1,2022-${month},,50,\n\n`)
        .join('');
    const check = await checkFile(sourceOf(text), { ...context, limits: { maxBytes: 1000, maxRows: 2 } });
    expect(check.verdict).toBe(verdict);
  });

  it.each([
    [0, 'accepted'],
    [1, 'rejected'],
  ])('of %i bytes more than are allowed is %s', async (more, verdict) => {
    const source = sourceOf(`${header}II.9.1,2022-06,,50,\n`);
    const limits = { maxBytes: source.bytes - more, maxRows: 2 };
    expect((await checkFile(source, { ...context, limits })).verdict).toBe(verdict);
  });

  it('is searched for its header in the first hundred rows that are not blank', async () => {
    const file = (titles: number) =>
      sourceOf(`${'Báo cáo\n\n'.repeat(titles)}${header}II.9.1,2022-06,,50,\n`);
    expect((await checkFile(file(99), context)).verdict).toBe('accepted');
    expect((await checkFile(file(100), context)).issueCounts).toEqual({ 'header-missing': 1 });
  });
});

describe('a check', () => {
  it('takes one more issue about the file from those who know its history', async () => {
    const check = await checkFile(sourceOf(`${header}II.9.1,2022-06,,50,\n`), context);
    const warned = addIssue(check, 'submission-identical', { value: '01ARZ' });
    expect(warned).toMatchObject({ verdict: 'accepted', issueCounts: { 'submission-identical': 1 } });
    expect(warned.figures).toEqual(check.figures);
    expect(addIssue(check, 'no-observations')).toMatchObject({ verdict: 'rejected', figures: [] });
  });

  it('refuses a unit the catalogue has not, and to read the rows of a rejected file', async () => {
    const source = sourceOf(`${header}II.9.1,2022-06,,x,\n`);
    await expect(checkFile(source, { ...context, unitId: '99' })).rejects.toThrow(RangeError);
    const check = await checkFile(source, context);
    await expect(Array.fromAsync(readObservations(source, check, context))).rejects.toThrow(RangeError);
  });
});
