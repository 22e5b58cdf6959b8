import type { Instant } from '../domain/calendar.ts';
import type { Coordinator, Registry } from '../domain/coordinator.ts';
import type { Notification, Outbox } from '../domain/notification.ts';
import {
  abandonNotification,
  claim,
  closeNotification,
  isGivenUp,
  keepNotification,
  noteFailure,
} from '../domain/outbox-sending.ts';
import type { Clients } from './clients.ts';
import { sendEmail } from './messages.ts';
import { recordNotification, saveOutbox } from './outboxes.ts';
import { sendSms } from './sms.ts';
import { logger } from './telemetry.ts';

/** What one run sends with, what went wrong in it, and how many messages went out. */
export interface Deliveries {
  clients: Clients;
  registries: ReadonlyMap<string, Registry>;
  now: () => Instant;
  /** Awaited before each message to an address. */
  pace(address: string): Promise<void>;
  failures: unknown[];
  sent: number;
}

/** Sends what an earlier run left open. Throws when another run has just begun to. */
export async function deliverLeft(
  deliveries: Deliveries,
  coordinator: Coordinator,
  outbox: Outbox,
): Promise<Outbox> {
  if (outbox.open.length === 0) return outbox;
  const claimed = claim(outbox, deliveries.now());
  await saveOutbox(deliveries.clients, claimed);
  return await deliver(deliveries, coordinator, claimed, claimed.open);
}

/**
 * Sends messages an outbox holds open, notes each as sent and takes it out. One that cannot be sent is a failure
 * of the run and stays for the next one, until it is given up. Throws when something cannot be noted, before more
 * is sent.
 */
export async function deliver(
  deliveries: Deliveries,
  coordinator: Coordinator,
  outbox: Outbox,
  notifications: readonly Notification[],
): Promise<Outbox> {
  let remaining = outbox;
  for (const notification of notifications) {
    const to = addressFor(coordinator, notification);
    if (to === undefined) {
      remaining = abandonNotification(remaining, notification);
      await saveOutbox(deliveries.clients, remaining);
      continue;
    }
    const sent = await send(deliveries, coordinator, notification, to).then(
      (messageId) => ({ messageId }),
      (error: unknown) => ({ error }),
    );
    const at = deliveries.now();
    if ('messageId' in sent) {
      deliveries.sent += 1;
      await recordNotification(deliveries.clients, { ...notification, state: 'sent', sentAt: at, ...sent });
      remaining = closeNotification(remaining, notification);
    } else {
      deliveries.failures.push(sent.error);
      const failed = noteFailure(notification, at, nameOf(sent.error));
      if (isGivenUp(failed)) {
        logger.error('Notify:Abandoned', { notification: failed.id });
        await recordNotification(deliveries.clients, { ...failed, state: 'abandoned' });
        remaining = abandonNotification(remaining, failed);
      } else {
        remaining = keepNotification(remaining, failed);
      }
    }
    await saveOutbox(deliveries.clients, remaining);
  }
  return remaining;
}

/** Sends one message, not faster than its recipient can take them, and returns its message id. */
async function send(
  deliveries: Deliveries,
  coordinator: Coordinator,
  { channel, id, text, subject = 'tiendo' }: Notification,
  to: string,
): Promise<string> {
  await deliveries.pace(to);
  if (channel === 'sms') return await sendSms({ to, text, notificationId: id });
  const reach = deliveries.registries.get(coordinator.unit)?.reach[coordinator.id] ?? [];
  return await sendEmail({ to, subject, text, notificationId: id, reach });
}

/** A number may have been taken out of the registry since the message was decided. */
function addressFor({ email, phone }: Coordinator, { channel }: Notification): string | undefined {
  return channel === 'email' ? email : phone;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
