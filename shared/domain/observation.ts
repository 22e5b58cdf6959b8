import * as z from 'zod';

const countSchema = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
/** An exact decimal in plain notation: `98.7`, `-3`, `0.05`. */
const decimalSchema = z.string().regex(/^-?\d+(\.\d+)?$/);

/** One reported row. `area` is empty for the whole unit. */
export const observationSchema = z.strictObject({
  row: z.int(),
  indicator: z.string(),
  period: z.string(),
  area: z.string(),
  numerator: countSchema.optional(),
  denominator: countSchema.optional(),
  value: decimalSchema.optional(),
  completedOn: z.iso.date().optional(),
  evidence: z.string().optional(),
  note: z.string().optional(),
});
export type Observation = z.infer<typeof observationSchema>;

/**
 * What one submission says for an indicator and a period, rolled up from its areas.
 *
 * A percentage is `numerator` of `denominator` (counts), or `value` where only that was reported; a
 * milestone reported by area likewise counts complete areas. `value` is exact, never rounded.
 * `areas` is the number of areas summed, 0 for a figure of the whole unit.
 */
export const figureSchema = z.strictObject({
  indicator: z.string(),
  period: z.string(),
  asAt: z.iso.date(),
  numerator: countSchema.optional(),
  denominator: countSchema.optional(),
  value: decimalSchema.optional(),
  completedOn: z.iso.date().optional(),
  areas: countSchema,
});
export type Figure = z.infer<typeof figureSchema>;

/** A published figure: which submission it comes from and when that was received and accepted. */
export const pointSchema = figureSchema.extend({
  submissionId: z.string(),
  receivedAt: z.iso.datetime(),
  acceptedAt: z.iso.datetime(),
});
export type Point = z.infer<typeof pointSchema>;

/** The identity of a point: a later figure of a running period has another as-at day and succeeds the earlier. */
export function pointKey(figure: Pick<Figure, 'indicator' | 'period' | 'asAt'>): string {
  return `${figure.indicator}|${figure.period}|${figure.asAt}`;
}

/** An accepted submission as the fold sees it. `withdrawnAt` is the instant from which it no longer counts. */
export interface Publication {
  submissionId: string;
  receivedAt: string;
  acceptedAt: string;
  withdrawnAt?: string | undefined;
  figures: readonly Figure[];
}
