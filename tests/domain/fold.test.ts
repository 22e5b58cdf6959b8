import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldPublications, groupByIndicator } from '../../shared/domain/fold.ts';
import { type Point, pointKey } from '../../shared/domain/observation.ts';
import { pointChanges } from '../../shared/domain/point-changes.ts';
import { anyHistory, anyInstant, at } from './histories.ts';
import { publication } from './small-catalogue.ts';

describe('the fold of publications', () => {
  it('lets the later submission replace a point whole, whichever was accepted first', () => {
    const earlier = publication(at(9), [
      { period: '2022-05', asAt: '2022-05-31', numerator: 1, denominator: 2 },
    ]);
    const later = publication(at(5), [{ period: '2022-05', asAt: '2022-05-31', value: '60' }]);
    expect(foldPublications([earlier, later], at(10))).toEqual([
      { ...later.figures[0], submissionId: later.submissionId, receivedAt: at(5), acceptedAt: at(5) },
    ]);
  });

  it('keeps a running period beside its later figure', () => {
    const running = publication(at(1), [{ period: '2022-06', asAt: '2022-06-15', value: '50' }]);
    const complete = publication(at(2), [{ period: '2022-06', asAt: '2022-06-30', value: '60' }]);
    expect(foldPublications([running, complete], at(3)).map(({ value }) => value)).toEqual(['50', '60']);
  });

  it.each([
    ['a millisecond before its acceptance', -1, 0],
    ['at its acceptance', 0, 1],
    ['a millisecond before its withdrawal', 59_999, 1],
    ['at its withdrawal', 60_000, 0],
  ])('knows a submission %s: %i ms, %i points', (_, offset, count) => {
    const withdrawn = publication(at(5), [{ period: '2022-05', value: '50' }], { withdrawnAt: at(6) });
    const asOf = new Date(Date.parse(at(5)) + offset).toISOString();
    expect(foldPublications([withdrawn], asOf)).toHaveLength(count);
  });

  it('uncovers what a withdrawn submission had replaced', () => {
    const first = publication(at(1), [{ period: '2022-05', value: '50' }]);
    const second = publication(at(2), [{ period: '2022-05', value: '60' }], { withdrawnAt: at(4) });
    expect(foldPublications([first, second], at(3))[0]?.value).toBe('60');
    expect(foldPublications([first, second], at(4))[0]?.value).toBe('50');
  });

  it('does not depend on the order or repetition of deliveries', () => {
    fc.assert(
      fc.property(anyHistory, anyInstant, fc.infiniteStream(fc.nat()), (history, asOf, randoms) => {
        const shuffled = [...history, ...history]
          .map((each) => ({ each, rank: randoms.next().value }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ each }) => each);
        expect(foldPublications(shuffled, asOf)).toEqual(foldPublications(history, asOf));
      }),
    );
  });

  it('is the sum of the folds of each indicator', () => {
    fc.assert(
      fc.property(anyHistory, anyInstant, (history, asOf) => {
        const groups = groupByIndicator(history);
        const parts = ['1.a.1', 'II.9.1'].flatMap((id) => foldPublications(groups.get(id) ?? [], asOf));
        expect(parts).toEqual(foldPublications(history, asOf));
      }),
    );
  });
});

describe('the changes of the points', () => {
  it('played up to an instant leave the points known then (property)', () => {
    fc.assert(
      fc.property(anyHistory, anyInstant, fc.boolean(), (history, asOf, isReversed) => {
        const points = new Map<string, Point>();
        const changes = pointChanges(isReversed ? history.toReversed() : history);
        for (const { before, after } of changes.filter(({ at }) => at <= asOf)) {
          const key = pointKey(after ?? before ?? { indicator: '', period: '', asAt: '' });
          expect(points.get(key)).toBe(before);
          if (after) points.set(key, after);
          else points.delete(key);
        }
        const sorted = [...points.values()].sort((a, b) => (pointKey(a) < pointKey(b) ? -1 : 1));
        expect(sorted).toEqual(foldPublications(history, asOf));
      }),
    );
  });

  it('are in time order, and none where an earlier submission is accepted later', () => {
    const earlier = publication(at(9), [{ period: '2022-05', value: '50' }]);
    const later = publication(at(5), [{ period: '2022-05', value: '60' }], { withdrawnAt: at(12) });
    expect(
      pointChanges([earlier, later]).map((change) => [change.at, change.before?.value, change.after?.value]),
    ).toEqual([
      [at(5), undefined, '60'],
      [at(12), '60', '50'],
    ]);
  });
});
