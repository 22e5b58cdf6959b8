import { describe, expect, it } from 'vitest';
import { chartOf, comparisons, maxBars } from '../../../portal/pages/data/answer-chart.ts';
import { loadCatalogue } from '../../../shared/catalogue/load-catalogue.ts';
import { namedQueries } from '../../../shared/domain/named-queries.ts';

const catalogue = loadCatalogue();
const queries = namedQueries(catalogue.directive);

/** The chart of rows of `unit_id`, `indicator_id`, `period`, `as_at` and `value`, as `known-on` answers them. */
function knownOn(rows: readonly (readonly (string | null)[])[]) {
  const names = ['unit_id', 'indicator_id', 'period', 'as_at', 'value'];
  const columns = names.map((name) => ({
    name,
    type: name === 'value' ? ('number' as const) : ('text' as const),
  }));
  return chartOf({ query: 'known-on', columns, rows: [...rows] }, catalogue, 'vi');
}

describe('the pictures of named queries', () => {
  it('are of columns that their queries answer', () => {
    for (const [name, list] of Object.entries(comparisons)) {
      const columns =
        queries.find((query) => query.name === name)?.columns.map((column) => column.name) ?? [];
      const used = list.flatMap(({ labels, value, sameIn = [] }) => [...labels, value, ...sameIn]);
      expect(columns, name).toEqual(
        expect.arrayContaining(used.map((column) => (column === 'title' ? 'title_vi' : column))),
      );
    }
  });

  it('compare units of one indicator and period by name', () => {
    const chart = knownOn([
      ['74', 'II.9.1', '2022-06', '2022-06-30', '98.7659'],
      ['01', 'II.9.1', '2022-06', '2022-06-30', '90'],
      ['58', 'II.9.1', '2022-06', '2022-06-30', null],
    ]);
    expect(chart?.label.name).toBe('unit_id');
    expect(chart?.entries).toEqual([
      { label: 'Bình Dương', value: '98.76' },
      { label: 'Hà Nội', value: '90' },
    ]);
  });

  it('compare periods of one unit and indicator', () => {
    const chart = knownOn([
      ['74', 'II.9.1', '2022-05', '2022-05-31', '97'],
      ['74', 'II.9.1', '2022-06', '2022-06-30', '98.7'],
    ]);
    expect(chart?.entries.map(({ label }) => label)).toEqual(['2022-05', '2022-06']);
  });

  it.each([
    [
      'unlike things',
      ['74', 'II.9.1', '2022-06', '2022-06-30', '1'],
      ['01', '1.a.1', '2022-06', '2022-06-30', '2'],
    ],
    [
      'equal numbers',
      ['74', 'II.9.1', '2022-06', '2022-06-30', '1'],
      ['01', 'II.9.1', '2022-06', '2022-06-30', '1'],
    ],
  ])('are not drawn of %s', (_, one, other) => {
    expect(knownOn([one, other])).toBeUndefined();
  });

  it('are not drawn of queries without numbers to compare', () => {
    expect(chartOf({ query: 'corrections', columns: [], rows: [] }, catalogue, 'vi')).toBeUndefined();
  });

  it.each([
    [maxBars, 0],
    [maxBars + 1, 1],
  ])('of %i rows leave %i', (count, left) => {
    const rows = Array.from({ length: count }, (_, index) => [
      '74',
      'II.9.1',
      `period ${index}`,
      '',
      `${index}`,
    ]);
    expect(knownOn(rows)).toMatchObject({ left, entries: { length: maxBars } });
  });

  it('name a row without a label', () => {
    const columns = [
      { name: 'body_name', type: 'text' as const },
      { name: 'overdue', type: 'number' as const },
    ];
    const rows = [
      [null, '3'],
      ['Bộ Y tế', '1'],
    ];
    const chart = chartOf({ query: 'overdue-by-body', columns, rows }, catalogue, 'en');
    expect(chart?.entries.map(({ label }) => label)).toEqual(['No body named', 'Bộ Y tế']);
  });
});
