import * as z from 'zod';

/** A time of day in Asia/Ho_Chi_Minh, `07:00`. */
const timeOfDaySchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** Between these times of day nothing urgent is sent; `from` after `to` spans midnight, equal times mean never. */
export const quietHoursSchema = z.strictObject({ from: timeOfDaySchema, to: timeOfDaySchema });
export type QuietHours = z.infer<typeof quietHoursSchema>;

/** What applies to whoever says nothing else. */
export const defaultQuietHours: QuietHours = { from: '21:00', to: '07:00' };

/** A registered person of a unit, who is told about its obligations or about those the unit coordinates. */
export const coordinatorSchema = z.strictObject({
  /** Unique over all units. */
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  unit: z.string(),
  name: z.string().min(1).max(200),
  language: z.enum(['vi', 'en']),
  email: z.email(),
  /** E.164, for SMS about what is urgent. */
  phone: z
    .string()
    .regex(/^\+[1-9]\d{7,14}$/)
    .optional(),
  /** Unit ids and task refs they act on and are told of, of all that their unit stands for; left out: all of it. */
  scopes: z.array(z.string()).min(1).max(200).optional(),
  quietHours: quietHoursSchema.optional(),
  /** Whether they want to hear each Monday that nothing is overdue. */
  wantsAllClear: z.literal(true).optional(),
  /** The subject of the account they sign in with. */
  account: z.string().optional(),
});
export type Coordinator = z.infer<typeof coordinatorSchema>;

/** How a coordinator is told. */
export const channels = ['email', 'sms'] as const;
export type Channel = (typeof channels)[number];

/**
 * What may be known of an address: not confirmed yet, live, gone (unsubscribed, opted out), or not used any more
 * because the coordinator has another one or was taken off the list.
 */
export const reachStatuses = ['pending', 'live', 'gone', 'unused'] as const;
export type ReachStatus = (typeof reachStatuses)[number];

/**
 * What became known of an address. `address` is the hash of the address it speaks of, `topic` the topic an e-mail
 * address is subscribed to, `log` when it changed, in time order; nothing is ever taken out.
 */
export const reachSchema = z.strictObject({
  channel: z.enum(channels),
  address: z.string(),
  topic: z.string().optional(),
  log: z.array(z.strictObject({ at: z.iso.datetime(), status: z.enum(reachStatuses) })).min(1),
});
export type Reach = z.infer<typeof reachSchema>;

/**
 * The coordinators of one unit, and how each can be reached, by coordinator id. `version` counts the changes, for
 * conditional writes.
 */
export const registrySchema = z.strictObject({
  unit: z.string(),
  version: z.int(),
  coordinators: z.array(coordinatorSchema),
  reach: z.record(z.string(), z.array(reachSchema)),
});
export type Registry = z.infer<typeof registrySchema>;

/** A registry in which nobody was ever entered. */
export function emptyRegistry(unit: string): Registry {
  return { unit, version: 0, coordinators: [], reach: {} };
}
