import { describe, expect, it } from 'vitest';
import { dryRun, joinPublished, type Published } from '../../shared/domain/check-upload.ts';
import { dryRunReport } from '../../shared/domain/dry-run-report.ts';
import { emptyHead, type Head, publish } from '../../shared/domain/head.ts';
import type { Figure } from '../../shared/domain/observation.ts';
import { context, sourceOf } from './intake/sources.ts';

const header = 'indicator,period,numerator,denominator\r\n';
const may = `${header}II.9.1,2022-05,987,1000\r\n`;
/** The hash that files in memory are given. */
const sha256 = '0'.repeat(64);
const figure = (numerator: number, facts: Partial<Figure> = {}): Figure => ({
  indicator: 'II.9.1',
  period: '2022-05',
  asAt: '2022-05-31',
  numerator,
  denominator: 1000,
  areas: 0,
  ...facts,
});

function headOf(...submissions: { sha256?: string; figures: Figure[] }[]): Head {
  return submissions.reduce<Head>(
    (head, submission, index) =>
      publish(
        head,
        {
          id: `01G3ABCDEFGHJKMNPQRSTVWXY${index}`,
          receivedAt: '2022-06-01T03:00:00.000Z',
          sha256,
          ...submission,
        },
        '2022-06-01T03:00:01.000Z',
      ),
    emptyHead('74', 2022),
  );
}
const nothing = joinPublished([]);
const codes = async (content: string, published: Published) =>
  (await dryRun(sourceOf(content), context, published)).check.issueCounts;

describe('a dry run', () => {
  it('finds every figure new where nothing is published', async () => {
    const { check, difference } = await dryRun(sourceOf(may), context, nothing);
    expect(check).toMatchObject({ verdict: 'accepted', issueCounts: {} });
    expect(difference).toEqual({ added: [figure(987)], changed: [], unchanged: [], missing: [] });
  });

  it('says what it would replace, and what the file forgets', async () => {
    const head = headOf({
      sha256: 'f'.repeat(64),
      figures: [figure(980), figure(1, { indicator: '1.a.1' })],
    });
    const report = dryRunReport(await dryRun(sourceOf(may), context, head));
    expect(report.differenceCounts).toEqual({ added: 0, changed: 1, unchanged: 0, missing: 1 });
    expect(report.difference.changed).toEqual([{ before: head.points[1], after: figure(987) }]);
    expect(report.difference.missing).toEqual([head.points[0]]);
  });

  it('warns against what was published in an earlier year', async () => {
    const december = figure(400, { period: '2021-12', asAt: '2021-12-31' });
    const last = { ...headOf({ figures: [december] }), year: 2021 };
    expect(await codes(may, joinPublished([last, headOf()]))).toEqual({ 'value-jumped': 1 });
  });

  it('of a rejected file names no difference', async () => {
    const wrong = `${may}II.9.1,2022-04,11,10\r\n`;
    const { check, difference } = await dryRun(sourceOf(wrong), context, headOf({ figures: [figure(980)] }));
    expect(check.verdict).toBe('rejected');
    expect(Object.values(difference).flat()).toEqual([]);
  });
});

describe('the same bytes again', () => {
  it('are identical while every figure is current', async () => {
    const published = headOf({ figures: [figure(987)] });
    const { check, difference } = await dryRun(sourceOf(may), context, published);
    expect(check.issues).toMatchObject([
      { code: 'submission-identical', value: '01G3ABCDEFGHJKMNPQRSTVWXY0' },
    ]);
    expect(difference.unchanged).toHaveLength(1);
  });

  it('are not when a figure has been replaced since, even by an equal one', async () => {
    const replaced = headOf({ figures: [figure(987)] }, { sha256: '1'.repeat(64), figures: [figure(987)] });
    expect(await codes(may, replaced)).toEqual({});
  });

  it('nor are other bytes that say the same', async () => {
    expect(await codes(may, headOf({ sha256: '1'.repeat(64), figures: [figure(987)] }))).toEqual({});
  });
});
