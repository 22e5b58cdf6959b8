import { describe, expect, it } from 'vitest';
import { assessUnit } from '../../../shared/domain/assessment.ts';
import { endOfDay, type Instant } from '../../../shared/domain/calendar.ts';
import { foldPublications } from '../../../shared/domain/fold.ts';
import { checkFile } from '../../../shared/domain/intake/check-file.ts';
import type { Publication } from '../../../shared/domain/observation.ts';
import { smallCatalogue } from './small-catalogue.ts';
import { context, sourceOf } from './sources.ts';

/** What a file of one percentage says when it is received at an instant. */
const check = (period: string, receivedAt: Instant, value = '50') =>
  checkFile(sourceOf(`indicator;period;value\nII.9.1;${period};${value}\n`), { ...context, receivedAt });

describe('the as-at day of a figure', () => {
  // Midnight in Vietnam is 17:00 UTC.
  it.each([
    ['2022', '2022-06-30T16:59:59.000Z', '2022-06-30'],
    ['2022', '2022-06-30T16:59:59.999Z', '2022-06-30'],
    ['2022', '2022-06-30T17:00:00.000Z', '2022-07-01'],
    ['2022', '2022-12-30T17:00:00.000Z', '2022-12-31'],
    ['2022', '2022-12-31T16:59:59.000Z', '2022-12-31'],
    ['2022', '2022-12-31T17:00:00.000Z', '2022-12-31'],
    ['2022', '2023-03-01T00:00:00.000Z', '2022-12-31'],
    ['2022-Q2', '2022-06-29T16:59:59.000Z', '2022-06-29'],
    ['2022-Q2', '2022-06-29T17:00:00.000Z', '2022-06-30'],
    ['2022-Q2', '2022-06-30T17:00:00.000Z', '2022-06-30'],
    ['2022-06', '2022-06-14T16:59:59.000Z', '2022-06-14'],
    ['2022-06', '2022-06-14T17:00:00.000Z', '2022-06-15'],
    ['2022-06', '2022-06-30T17:00:00.000Z', '2022-06-30'],
    ['2022-06-15', '2022-06-14T17:00:00.000Z', '2022-06-15'],
    ['2022-06-15', '2022-06-15T17:00:00.000Z', '2022-06-15'],
  ])('of %s received at %s is %s', async (period, receivedAt, asAt) => {
    expect((await check(period, receivedAt)).figures).toMatchObject([{ asAt }]);
  });

  it.each([
    ['2022-07', '2022-06-30T16:59:59.000Z', '2022-06-30T17:00:00.000Z'],
    ['2022-Q3', '2022-06-30T16:59:59.000Z', '2022-06-30T17:00:00.000Z'],
    ['2022-06-15', '2022-06-14T16:59:59.000Z', '2022-06-14T17:00:00.000Z'],
    ['2023', '2022-12-31T16:59:59.000Z', '2022-12-31T17:00:00.000Z'],
  ])('of %s is in the future at %s and no more at %s', async (period, before, after) => {
    expect((await check(period, before)).issueCounts).toEqual({ 'period-in-future': 1 });
    expect(await check(period, after)).toMatchObject({ verdict: 'accepted', issues: [] });
  });

  it('decides completion and dates to come at the same second', async () => {
    const complete = (receivedAt: Instant) =>
      checkFile(sourceOf('indicator;period;completed_on;evidence\n1.d.1;2022-06;01/07/2022;VB 1\n'), {
        ...context,
        receivedAt,
      });
    expect((await complete('2022-06-30T16:59:59.000Z')).issueCounts).toEqual({ 'date-in-future': 1 });
    expect((await complete('2022-06-30T17:00:00.000Z')).verdict).toBe('accepted');
  });
});

describe('a running year’s figure sent in June and again in December', () => {
  const june = '2022-06-30T16:59:59.000Z';
  const december = '2022-12-20T03:00:00.000Z';

  async function publications(juneValue: string, decemberValue: string): Promise<Publication[]> {
    const sent = [
      ['01G7', june, juneValue],
      ['01GN', december, decemberValue],
    ] as const;
    return await Promise.all(
      sent.map(async ([submissionId, receivedAt, value]) => {
        const { figures } = await check('2022', receivedAt, value);
        return { submissionId, receivedAt, acceptedAt: receivedAt, figures };
      }),
    );
  }

  const verdict = (known: readonly Publication[], asOf: Instant) =>
    assessUnit(smallCatalogue, '74', known, asOf, []).find(({ indicator }) => indicator === 'II.9.1');

  it('is two points', async () => {
    const known = await publications('98', '100');
    expect(foldPublications(known, december)).toMatchObject([
      { period: '2022', asAt: '2022-06-30', value: '98', submissionId: '01G7' },
      { period: '2022', asAt: '2022-12-20', value: '100', submissionId: '01GN' },
    ]);
  });

  it.each([
    // June falls short: December comes too late for the due date. June is enough: a later fall does not undo it.
    ['98', '100', 'overdue', 'met-late'],
    ['100', '90', 'met', 'met'],
    ['100', '100', 'met', 'met'],
    ['98', '99', 'overdue', 'overdue'],
  ])('with %s and then %s is %s in July and %s in December', async (first, then, inJuly, inDecember) => {
    const known = await publications(first, then);
    const july = endOfDay('2022-07-01');
    const alone = verdict(known.slice(0, 1), july);
    expect(alone).toMatchObject({ state: inJuly, asAt: '2022-06-30' });
    expect(verdict(known, july)).toEqual(alone);
    expect(verdict(known, december)).toMatchObject({ state: inDecember });
  });
});
