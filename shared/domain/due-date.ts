import * as z from 'zod';
import type { Day, Instant } from './calendar.ts';

/**
 * A due date that the directive leaves to a plan, as a coordinator set it (`null`: withdrew it) for one
 * obligation: who, for which unit, when and why.
 */
export const setDueDateSchema = z.strictObject({
  obligation: z.string(),
  due: z.iso.date().nullable(),
  by: z.string(),
  unit: z.string(),
  reason: z.string(),
  at: z.iso.datetime(),
});
export type SetDueDate = z.infer<typeof setDueDateSchema>;

/** The due dates set for one unit's obligations, in time order; nothing is ever taken out. */
export const dueDateLogSchema = z.strictObject({
  unit: z.string(),
  version: z.int(),
  dueDates: z.array(setDueDateSchema),
});
export type DueDateLog = z.infer<typeof dueDateLogSchema>;

/** The due date of an obligation as it was set at an instant; `null` when none was, or it was withdrawn. */
export function dueDateAt(dueDates: readonly SetDueDate[], obligation: string, at: Instant): Day | null {
  return dueDates.findLast((each) => each.obligation === obligation && each.at <= at)?.due ?? null;
}
