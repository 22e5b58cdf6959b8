import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareWithPublished,
  countDifference,
  type Difference,
  firstOfDifference,
} from '../../shared/domain/difference.ts';
import { emptyHead, publish } from '../../shared/domain/head.ts';
import { type Figure, type Point, pointKey } from '../../shared/domain/observation.ts';

const figure = (facts: Partial<Figure>): Figure => ({
  indicator: 'II.9.1',
  period: '2022-05',
  asAt: '2022-05-31',
  areas: 0,
  ...facts,
});
const point = (facts: Partial<Figure>): Point => ({
  ...figure(facts),
  submissionId: '01G3ABCDEFGHJKMNPQRSTVWXY1',
  receivedAt: '2022-06-01T03:00:00.000Z',
  acceptedAt: '2022-06-01T03:00:01.000Z',
});
const ratio = { numerator: 987, denominator: 1000 };
/** In which of the lists one figure is, beside one point. */
const listOf = (after: Partial<Figure>, before: Partial<Figure>) => {
  const difference = compareWithPublished([figure(after)], [point(before)]);
  return Object.entries(countDifference(difference)).flatMap(([list, count]) => (count > 0 ? [list] : []));
};

describe('a figure beside a published point', () => {
  it.each<[string, Partial<Figure>, Partial<Figure>, string[]]>([
    ['the same ratio', ratio, ratio, ['unchanged']],
    ['a numerator one more', { ...ratio, numerator: 988 }, ratio, ['changed']],
    ['a denominator one more', { ...ratio, denominator: 1001 }, ratio, ['changed']],
    [
      'numbers that differ in their last digit alone',
      { numerator: 9007199254740990, denominator: 9007199254740991 },
      { numerator: 9007199254740989, denominator: 9007199254740991 },
      ['changed'],
    ],
    ['a ratio in other terms', { numerator: 1974, denominator: 2000 }, ratio, ['changed']],
    ['the value of a ratio', { value: '98.7' }, ratio, ['changed']],
    ['the same value', { value: '98.7' }, { value: '98.7' }, ['unchanged']],
    ['the same value with a zero more', { value: '98.70' }, { value: '98.7' }, ['unchanged']],
    ['a value that is shown alike but is another', { value: '99.996' }, { value: '99.9961' }, ['changed']],
    ['the same value below zero', { value: '-0' }, { value: '0' }, ['unchanged']],
    ['another day of completion', { completedOn: '2022-05-21' }, { completedOn: '2022-05-20' }, ['changed']],
    [
      'the same day of completion',
      { completedOn: '2022-05-20' },
      { completedOn: '2022-05-20' },
      ['unchanged'],
    ],
    ['an area fewer', { ...ratio, areas: 8 }, { ...ratio, areas: 9 }, ['changed']],
    ['another indicator of the period', { indicator: '1.a.1', ...ratio }, ratio, ['added', 'missing']],
    ['another period', { period: '2022-04', asAt: '2022-04-30', ...ratio }, ratio, ['added']],
    ['the day of a month whose month is published', { period: '2022-05-31', ...ratio }, ratio, ['added']],
    [
      'a later day of the same running period',
      { asAt: '2022-05-31', ...ratio },
      { asAt: '2022-05-16', ...ratio },
      ['added'],
    ],
  ])('%s', (_, after, before, lists) => {
    expect(listOf(after, before)).toEqual(lists);
  });
});

describe('what the file does not mention', () => {
  const year = (asAt: string, indicator: string) => point({ period: '2022', asAt, indicator });

  it('is missing for each as-at day of the file’s periods, and not beyond them', () => {
    const published = [
      year('2022-03-31', '1.a.1'),
      year('2022-06-30', '1.a.1'),
      year('2022-06-30', 'II.9.1'),
      point({ indicator: '1.a.1' }),
    ];
    const { missing, added } = compareWithPublished(
      [figure({ period: '2022', asAt: '2022-12-31' })],
      published,
    );
    expect(missing).toEqual(published.slice(0, 2));
    expect(added).toHaveLength(1);
  });

  it('is nothing when the file says nothing, as a rejected one does', () => {
    const nothing: Difference = { added: [], changed: [], unchanged: [], missing: [] };
    expect(compareWithPublished([], [point(ratio)])).toEqual(nothing);
  });
});

describe('the first of each list', () => {
  it.each([
    [2, 2],
    [3, 3],
    [4, 3],
  ])('at most %i of 3 are %i, and all are counted', (max, kept) => {
    const difference: Difference = {
      added: Array.from({ length: 3 }, () => figure(ratio)),
      changed: Array.from({ length: 3 }, () => ({ before: point(ratio), after: figure(ratio) })),
      unchanged: Array.from({ length: 3 }, () => figure(ratio)),
      missing: Array.from({ length: 3 }, () => point(ratio)),
    };
    const each = { added: kept, changed: kept, unchanged: kept, missing: kept };
    expect(countDifference(firstOfDifference(difference, max))).toEqual(each);
    expect(countDifference(difference)).toEqual({ added: 3, changed: 3, unchanged: 3, missing: 3 });
  });
});

const anyFigures = fc.uniqueArray(
  fc.oneof(
    ...['2022-03', '2022-Q1', '2022'].map((period) =>
      fc.record({
        indicator: fc.constantFrom('II.9.1', '1.a.1', '1.b.1'),
        period: fc.constant(period),
        asAt: fc.constantFrom('2022-03-30', '2022-03-31'),
        value: fc.constantFrom('50', '50.0', '50.01', '51'),
        areas: fc.constantFrom(0, 2),
      }),
    ),
  ),
  { selector: pointKey, maxLength: 12 },
);
const candidate = (id: string, figures: readonly Figure[]) => ({
  id: `01G3ABCDEFGHJKMNPQRSTVWXY${id}`,
  sha256: '0'.repeat(64),
  receivedAt: '2022-06-01T03:00:00.000Z',
  figures,
});

describe('any difference', () => {
  it('has every figure in one list, and nothing is missing that the file mentions', () => {
    fc.assert(
      fc.property(anyFigures, anyFigures, (before, after) => {
        const published = before.map((each) => point(each));
        const { added, changed, unchanged, missing } = compareWithPublished(after, published);
        const listed = [...added, ...changed.map((each) => each.after), ...unchanged];
        expect(listed.map(pointKey).sort()).toEqual(after.map(pointKey).sort());
        for (const each of missing) {
          expect(after.some(({ period }) => period === each.period)).toBe(true);
          expect(after.some((f) => f.period === each.period && f.indicator === each.indicator)).toBe(false);
        }
      }),
    );
  });

  it('names exactly the points that publishing the file adds or replaces by something else', () => {
    fc.assert(
      fc.property(anyFigures, anyFigures, (before, after) => {
        const now = '2022-06-02T03:00:00.000Z';
        const head = publish(emptyHead('74', 2022), candidate('1', before), now);
        const next = publish(head, candidate('2', after), now);
        const { added, changed } = compareWithPublished(after, head.points);
        const said = new Map(head.points.map((each) => [pointKey(each), each]));
        const differs = next.points.filter((each) => {
          const earlier = said.get(pointKey(each));
          return Number(earlier?.value) !== Number(each.value) || earlier?.areas !== each.areas;
        });
        expect([...added, ...changed.map((each) => each.after)].map(pointKey).sort()).toEqual(
          differs.map(pointKey).sort(),
        );
        const again = countDifference(compareWithPublished(after, next.points));
        expect(again).toMatchObject({ added: 0, changed: 0, unchanged: after.length });
      }),
    );
  });
});
