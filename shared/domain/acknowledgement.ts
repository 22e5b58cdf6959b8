import * as z from 'zod';
import type { Instant } from './calendar.ts';
import { type Standing, standings, standsAtLeast } from './standing.ts';

/** The longest an acknowledgement lasts, in days from the day it is made. */
export const maxAcknowledgementDays = 14;

/**
 * Somebody has taken note of an alert and says so until an instant, after which it lapses. `by` is the subject of
 * their account, `unit` the unit they act for, `standing` where that one stood towards the alert then.
 */
export const acknowledgementSchema = z.strictObject({
  alert: z.string(),
  by: z.string(),
  unit: z.string(),
  standing: z.enum(standings),
  comment: z.string(),
  at: z.iso.datetime(),
  until: z.iso.datetime(),
});
export type Acknowledgement = z.infer<typeof acknowledgementSchema>;

/** The acknowledgements of one unit's alerts, in time order; nothing is ever taken out. */
export const acknowledgementLogSchema = z.strictObject({
  unit: z.string(),
  version: z.int(),
  acknowledgements: z.array(acknowledgementSchema),
});
export type AcknowledgementLog = z.infer<typeof acknowledgementLogSchema>;

/** The acknowledgement of an alert in force at an instant by somebody at a level or above; the latest of several. */
export function acknowledgementAt(
  acknowledgements: readonly Acknowledgement[],
  alertId: string,
  at: Instant,
  least: Standing = 'unit',
): Acknowledgement | undefined {
  return acknowledgements.findLast(
    (each) =>
      each.alert === alertId && each.at <= at && at < each.until && standsAtLeast(each.standing, least),
  );
}
