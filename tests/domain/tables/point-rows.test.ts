import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldPublications } from '../../../shared/domain/fold.ts';
import { pointRows } from '../../../shared/domain/tables/point-rows.ts';
import { anyHistory, anyInstant, at } from '../histories.ts';
import { publication } from '../small-catalogue.ts';

const may = { period: '2022-05', asAt: '2022-05-31' };
const spans = (...publications: ReturnType<typeof publication>[]) =>
  pointRows('74', publications).map(({ value, known_from, known_to }) => [value, known_from, known_to]);

describe('the rows of points', () => {
  it('known at an instant are the fold at that instant, for any history', () => {
    fc.assert(
      fc.property(anyHistory, anyInstant, (history, asOf) => {
        const known = pointRows('74', history)
          .filter(({ known_from, known_to }) => known_from <= asOf && (known_to === null || known_to > asOf))
          .map((row) => [row.indicator_id, row.period, row.as_at, row.submission_id]);
        const folded = foldPublications(history, asOf).map((point) => [
          point.indicator,
          point.period,
          point.asAt,
          point.submissionId,
        ]);
        expect(known.sort()).toEqual(folded.sort());
      }),
    );
  });

  it('have every version that was ever accepted, and the same order whatever order they came in', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const rows = pointRows('74', history);
        expect(pointRows('74', history.toReversed())).toEqual(rows);
        const said = new Set(
          history.flatMap(({ submissionId, figures }) =>
            figures.map(({ indicator, period, asAt }) => `${submissionId} ${indicator} ${period} ${asAt}`),
          ),
        );
        const kept = rows.map((row) => `${row.submission_id} ${row.indicator_id} ${row.period} ${row.as_at}`);
        expect(new Set(kept)).toEqual(said);
      }),
    );
  });

  it('tell from when to when each figure was the current one', () => {
    const first = publication(at(1), [{ ...may, value: '50' }]);
    const second = publication(at(3), [{ ...may, value: '60' }]);
    expect(spans(first, second)).toEqual([
      ['50.000000000000', at(1), at(3)],
      ['60.000000000000', at(3), null],
    ]);
  });

  it('show a figure twice that came back when the one that hid it was withdrawn', () => {
    const first = publication(at(1), [{ ...may, value: '50' }]);
    const second = publication(at(3), [{ ...may, value: '60' }], { withdrawnAt: at(5) });
    expect(spans(first, second)).toEqual([
      ['50.000000000000', at(1), at(3)],
      ['50.000000000000', at(5), null],
      ['60.000000000000', at(3), at(5)],
    ]);
  });

  it('give an empty span to a figure that never was the current one', () => {
    const early = { ...publication(at(2), [{ ...may, value: '50' }]), acceptedAt: at(9) };
    const later = publication(at(5), [{ ...may, value: '60' }]);
    expect(spans(early, later)).toEqual([
      ['50.000000000000', at(9), at(9)],
      ['60.000000000000', at(5), null],
    ]);
  });

  it.each([
    [{ numerator: 2, denominator: 3 }, '66.666666666666', null],
    [{ value: '99.9999999999999' }, '99.999999999999', '99.9999999999999'],
    [{ value: '-3.4512345678901' }, '-3.451234567891', '-3.4512345678901'],
    [{ value: '0' }, '0.000000000000', '0'],
    [{ value: '9007199254740991' }, '9007199254740991.000000000000', '9007199254740991'],
    [{ completedOn: '2022-05-20' }, '100.000000000000', null],
  ])('say %j as %s, rounded down, beside what was written', (figure, value, written) => {
    expect(pointRows('74', [publication(at(1), [{ ...may, ...figure }])])).toMatchObject([
      { value, value_text: written },
    ]);
  });
});
