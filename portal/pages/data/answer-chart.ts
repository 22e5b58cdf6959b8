import type { Bilingual, Catalogue } from '../../../shared/domain/catalogue.ts';
import type { BarEntry } from '../../charts/bar-chart.tsx';
import type { Language } from '../../language.ts';
import { type AnswerColumn, type QueryAnswer, shownNumber, unitNameOf } from './answer-cells.ts';

/** What of an answer can be compared in a picture. */
interface Comparison {
  /** What a bar is of: the first columns of these that the answer has, in one label. */
  labels: readonly string[];
  value: string;
  /** Columns that must be the same in all rows, lest unlike things be compared. */
  sameIn?: readonly string[];
  /** The label of a row whose label columns are empty. */
  nameless?: Bilingual;
}

/** By query, what its answer is drawn by: the first of the list that fits the rows. */
export const comparisons: Readonly<Record<string, readonly Comparison[]>> = {
  'national-percentage': [{ labels: ['indicator_id', 'title'], value: 'percentage' }],
  'overdue-by-body': [
    {
      labels: ['body_name'],
      value: 'overdue',
      nameless: { vi: 'Không nêu đơn vị phối hợp', en: 'No body named' },
    },
  ],
  'known-on': [
    { labels: ['unit_id'], value: 'value', sameIn: ['indicator_id', 'period', 'as_at'] },
    { labels: ['period'], value: 'value', sameIn: ['indicator_id', 'unit_id'] },
  ],
  'lagging-communes': [
    { labels: ['commune_name', 'district_name'], value: 'percentage', sameIn: ['indicator_id'] },
  ],
  'timeliness-ranking': [{ labels: ['name'], value: 'on_time_percentage' }],
};

/** The most bars that are drawn. */
export const maxBars = 20;

/** An answer as bars, in its order; `left` are those not drawn. */
export interface AnswerChart {
  label: AnswerColumn;
  value: AnswerColumn;
  entries: readonly BarEntry[];
  left: number;
}

/** The bars of an answer; `undefined` where it has no two different numbers that can be compared. */
export function chartOf(
  { query, columns, rows }: Pick<QueryAnswer, 'query' | 'columns' | 'rows'>,
  catalogue: Catalogue,
  language: Language,
): AnswerChart | undefined {
  const indexOf = (name: string) => {
    const inLanguage = columns.findIndex((column) => column.name === `${name}_${language}`);
    return inLanguage >= 0 ? inLanguage : columns.findIndex((column) => column.name === name);
  };
  const cell = (row: QueryAnswer['rows'][number], name: string) => row[indexOf(name)] ?? null;
  const fits = ({ sameIn = [] }: Comparison) =>
    sameIn.every((name) => new Set(rows.map((row) => cell(row, name))).size === 1);

  const comparison = comparisons[query]?.find(fits);
  const label = columns[indexOf(comparison?.labels[0] ?? '')];
  const value = columns[indexOf(comparison?.value ?? '')];
  if (!comparison || !label || !value) return undefined;
  const labelOf = (row: QueryAnswer['rows'][number]) => {
    const parts = comparison.labels.map((name) => {
      const content = cell(row, name);
      return name === 'unit_id' ? (unitNameOf(catalogue, content, language) ?? content) : content;
    });
    return parts.filter(Boolean).join(' · ') || comparison.nameless?.[language] || '–';
  };
  const entries = rows.flatMap((row): BarEntry[] => {
    const number = cell(row, comparison.value);
    return number === null ? [] : [{ label: labelOf(row), value: shownNumber(number, value) }];
  });
  const drawn = entries.slice(0, maxBars);
  const isVaried = new Set(drawn.map((entry) => entry.value)).size > 1;
  return isVaried ? { label, value, entries: drawn, left: entries.length - drawn.length } : undefined;
}
