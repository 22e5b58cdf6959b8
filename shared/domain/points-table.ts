import type { Head } from './head.ts';
import type { Point } from './observation.ts';

/** One column of an exported table: its Parquet type and how a row fills it. */
export interface Column<Row> {
  name: string;
  type: 'STRING' | 'INT64' | 'INT32' | 'DATE' | 'TIMESTAMP';
  cellOf(row: Row): string | number | undefined;
}

/** A point with the unit it belongs to. */
export type PointRow = Point & { unit: string };

/**
 * The table `points`: every current point of a unit and year. Days are dates, instants UTC timestamps,
 * counts 64-bit integers; `value` is the reported decimal as it was written, exact.
 */
export const pointsTable: readonly Column<PointRow>[] = [
  { name: 'unit', type: 'STRING', cellOf: ({ unit }) => unit },
  { name: 'indicator', type: 'STRING', cellOf: ({ indicator }) => indicator },
  { name: 'period', type: 'STRING', cellOf: ({ period }) => period },
  { name: 'as_at', type: 'DATE', cellOf: ({ asAt }) => asAt },
  { name: 'numerator', type: 'INT64', cellOf: ({ numerator }) => numerator },
  { name: 'denominator', type: 'INT64', cellOf: ({ denominator }) => denominator },
  { name: 'value', type: 'STRING', cellOf: ({ value }) => value },
  { name: 'completed_on', type: 'DATE', cellOf: ({ completedOn }) => completedOn },
  { name: 'areas', type: 'INT64', cellOf: ({ areas }) => areas },
  { name: 'submission', type: 'STRING', cellOf: ({ submissionId }) => submissionId },
  { name: 'received_at', type: 'TIMESTAMP', cellOf: ({ receivedAt }) => receivedAt },
  { name: 'accepted_at', type: 'TIMESTAMP', cellOf: ({ acceptedAt }) => acceptedAt },
];

/** The rows of the table for one head, in the head's order. */
export function pointRows({ unit, points }: Head): PointRow[] {
  return points.map((point) => ({ ...point, unit }));
}
