import { describe, expect, it } from 'vitest';
import { differenceLines } from '../../cli/difference-text.ts';
import { countDifference, type Difference } from '../../shared/domain/difference.ts';

/** A difference with so many new figures. */
const differenceOf = (count: number): Difference => ({
  added: Array.from({ length: count }, (_, index) => ({
    indicator: 'II.9.1',
    period: `2022-05-${String(index + 1).padStart(2, '0')}`,
    asAt: '2022-05-31',
    value: '99.996',
    areas: 0,
  })),
  changed: [],
  unchanged: [],
  missing: [],
});
const linesOf = (difference: Difference) => differenceLines(difference, countDifference(difference));

describe('the difference as the command shows it', () => {
  it.each([
    [19, 19, undefined],
    [20, 20, undefined],
    [21, 20, '  … 1 số liệu nữa · more (--json)'],
  ])('with %i new figures lists %i', (count, listed, rest) => {
    const lines = linesOf(differenceOf(count));
    expect(lines.filter((line) => line.startsWith('  +'))).toHaveLength(listed);
    expect(lines.find((line) => line.startsWith('  …'))).toBe(rest);
    expect(lines[2]).toContain(`mới · new ${count};`);
  });

  it('shows of a changed figure its as-at day and what it was before', () => {
    const [after] = differenceOf(1).added;
    if (!after) throw new Error('there is one');
    const times = { receivedAt: '2022-05-31T01:00:00.000Z', acceptedAt: '2022-05-31T01:00:00.000Z' };
    const before = { ...after, value: '50', submissionId: '01G3ABCDEFGHJKMNPQRSTVWXYZ', ...times };
    const lines = linesOf({ added: [], changed: [{ before, after }], unchanged: [], missing: [] });
    expect(lines).toContain(
      '  ~  II.9.1  2022-05-01  tính đến · as at 31/05/2022  99,996  trước đây · before 50',
    );
  });

  it('shows a value as it was reported, not rounded', () => {
    expect(linesOf(differenceOf(1))).toContain(
      '  +  II.9.1  2022-05-01  tính đến · as at 31/05/2022  99,996',
    );
  });
});
