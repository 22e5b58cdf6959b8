import * as z from 'zod';
import type { Instant } from './calendar.ts';

/** What is kept quiet: the alerts about a unit, those of a task, or all messages to one coordinator (`74-1`). */
export const silenceTargetSchema = z.union(
  [
    z.strictObject({ unit: z.string() }),
    z.strictObject({ task: z.string() }),
    z.strictObject({ coordinator: z.string() }),
  ],
  {
    error:
      'phải có đúng một trong unit, task, coordinator · must have exactly one of unit, task, coordinator',
  },
);
export type SilenceTarget = z.infer<typeof silenceTargetSchema>;

/**
 * From `at` until `until`, or until it was ended, messages about its target wait. It holds back those to people
 * who stand at the author's level or below; never a resolved notice, and never the decision of an escalation.
 * `by` is the subject of the author's account, `unit` the unit they act for.
 */
export const silenceSchema = z.strictObject({
  /** ULID. */
  id: z.string(),
  target: silenceTargetSchema,
  by: z.string(),
  unit: z.string(),
  reason: z.string(),
  at: z.iso.datetime(),
  until: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
  endedBy: z.string().optional(),
});
export type Silence = z.infer<typeof silenceSchema>;

/** All silences there ever were, in time order. `version` counts the changes, for conditional writes. */
export const silenceLogSchema = z.strictObject({ version: z.int(), silences: z.array(silenceSchema) });
export type SilenceLog = z.infer<typeof silenceLogSchema>;

/** Whether a silence is in force at an instant. */
export function isInForce({ at, until, endedAt }: Silence, now: Instant): boolean {
  return at <= now && now < until && (endedAt === undefined || now < endedAt);
}
