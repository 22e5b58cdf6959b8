import type { Day, Period } from '../shared/domain/calendar.ts';

/** One reported row before an office's habits have shaped it. `value` is a decimal with a point: `98.7`. */
export interface SampleRow {
  indicator: string;
  period: Period;
  area?: string;
  numerator?: number;
  denominator?: number;
  value?: string;
  /** Whether `value` is a percentage, which some offices write with its sign. */
  isPercentage?: boolean;
  completedOn?: Day;
  evidence?: string;
  note?: string;
}

/** The columns of a file, in the order in which the offices' form has them. */
export const columns = [
  'indicator',
  'period',
  'area',
  'numerator',
  'denominator',
  'value',
  'completed_on',
  'evidence',
  'note',
] as const;
export type Column = (typeof columns)[number];

/** A row as texts, as they stand in the cells; a column left out is blank. */
export type Cells = Partial<Record<Column, string>>;
