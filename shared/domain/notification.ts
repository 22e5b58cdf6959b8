import * as z from 'zod';
import { channels } from './coordinator.ts';

/**
 * A message to one coordinator over one channel. Its id is day, coordinator and channel
 * (`2022-07-01#74-1#email`), so that a repeated send carries the id of the first.
 */
export const notificationSchema = z.strictObject({
  id: z.string(),
  coordinator: z.string(),
  unit: z.string(),
  channel: z.enum(channels),
  day: z.iso.date(),
  subject: z.string().optional(),
  text: z.string(),
  /** Ids of the alert stages it tells of. */
  stages: z.array(z.string()),
  state: z.enum(['decided', 'sent']),
  decidedAt: z.iso.datetime(),
  sentAt: z.iso.datetime().optional(),
  messageId: z.string().optional(),
});
export type Notification = z.infer<typeof notificationSchema>;

/**
 * What one coordinator has been told. `told` maps each alert stage to the notification that told it, or to
 * `overtaken` when it lost its meaning before it was told. `open` are messages decided but not known to be
 * sent; they are sent before anything new is decided. `digestOn` is the day of the latest digest.
 */
export const outboxSchema = z.strictObject({
  coordinator: z.string(),
  unit: z.string(),
  version: z.int(),
  digestOn: z.iso.date().optional(),
  told: z.record(z.string(), z.string()),
  open: z.array(notificationSchema),
});
export type Outbox = z.infer<typeof outboxSchema>;
