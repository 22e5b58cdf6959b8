import * as z from 'zod';
import { alertKinds } from './alert.ts';
import { channels } from './coordinator.ts';

/** Why a message is sent: the digest of the day, something that cannot wait for it, or that nothing is overdue. */
export const purposes = ['digest', 'urgent', 'all-clear'] as const;
export type Purpose = (typeof purposes)[number];

/**
 * A message to one coordinator over one channel. Its id is day, coordinator, channel and the version of the outbox
 * that decided it (`2022-07-01#74-1#email#12`), so that a repeated send carries the id of the first.
 */
export const notificationSchema = z.strictObject({
  id: z.string(),
  coordinator: z.string(),
  unit: z.string(),
  channel: z.enum(channels),
  purpose: z.enum(purposes),
  day: z.iso.date(),
  subject: z.string().optional(),
  text: z.string(),
  /** The alert stages it tells of, as `<alert id>#<stage>`. */
  stages: z.array(z.string()),
  /** `abandoned`: it could not be sent, and what it would have told counts as untold again. */
  state: z.enum(['decided', 'sent', 'abandoned']),
  decidedAt: z.iso.datetime(),
  sentAt: z.iso.datetime().optional(),
  messageId: z.string().optional(),
  /** Attempts that failed: when, and the name of the error. */
  failures: z.array(z.strictObject({ at: z.iso.datetime(), error: z.string() })),
});
export type Notification = z.infer<typeof notificationSchema>;

/**
 * How far a coordinator has been told of one alert: the latest stage told by e-mail, those told at once by text
 * message, whether they ever heard of it, and the stages that were overtaken before they could be told.
 */
export const toldSchema = z.strictObject({
  digest: z.string().optional(),
  texted: z.array(z.string()).optional(),
  isHeard: z.literal(true).optional(),
  overtaken: z.array(z.string()).optional(),
});
export type Told = z.infer<typeof toldSchema>;

/** How many open alerts of each kind concern a coordinator; kinds with none are left out. */
export const openCountsSchema = z.partialRecord(z.enum(alertKinds), z.int());
export type OpenCounts = z.infer<typeof openCountsSchema>;

/**
 * What one coordinator has been told, by alert id. `open` are messages decided but not known to be sent; they are
 * sent before anything new is decided, and `claimedAt` is when a run last took to sending what another had left.
 * `digest` is the day of the latest digest and the counts it stated;
 * `allClearOn` the day of the latest word that nothing is overdue.
 */
export const outboxSchema = z.strictObject({
  coordinator: z.string(),
  unit: z.string(),
  version: z.int(),
  told: z.record(z.string(), toldSchema),
  open: z.array(notificationSchema),
  claimedAt: z.iso.datetime().optional(),
  digest: z.strictObject({ day: z.iso.date(), counts: openCountsSchema }).optional(),
  allClearOn: z.iso.date().optional(),
});
export type Outbox = z.infer<typeof outboxSchema>;
