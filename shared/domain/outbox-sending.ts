import { stageId } from './alert-id.ts';
import type { Instant } from './calendar.ts';
import type { Notification, Outbox, Told } from './notification.ts';

/** Longer than a run may take, shorter than until its message is delivered again. */
const sendingSeconds = 10 * 60;
const maxAttempts = 3;

/**
 * Whether a message was decided or claimed so lately that the run that did may still be sending it. Another run
 * leaves such an outbox alone, else its messages would go out twice. A run that was cut off comes again later
 * than that.
 */
export function isBeingSent({ open, claimedAt = '' }: Outbox, now: Instant): boolean {
  const isRecent = (at: Instant) => Date.parse(now) - Date.parse(at) < sendingSeconds * 1000;
  return open.some(({ decidedAt }) => isRecent(decidedAt > claimedAt ? decidedAt : claimedAt));
}

/** The outbox as a run that is about to send what another left in it writes it first, so that no third one does. */
export function claim(outbox: Outbox, now: Instant): Outbox {
  return { ...outbox, version: outbox.version + 1, claimedAt: now };
}

/** The outbox after one of its open messages was sent. */
export function closeNotification({ claimedAt, ...outbox }: Outbox, { id }: Notification): Outbox {
  const open = outbox.open.filter((each) => each.id !== id);
  const isClaimed = claimedAt !== undefined && open.length > 0;
  return { ...outbox, version: outbox.version + 1, open, ...(isClaimed && { claimedAt }) };
}

/** An open message with one more failed attempt noted. */
export function noteFailure(notification: Notification, at: Instant, error: string): Notification {
  return { ...notification, failures: [...notification.failures, { at, error }] };
}

/** The outbox with an open message as it is after a failed attempt. */
export function keepNotification(outbox: Outbox, notification: Notification): Outbox {
  const open = outbox.open.map((each) => (each.id === notification.id ? notification : each));
  return { ...outbox, version: outbox.version + 1, open };
}

/** Whether an open message has failed so often that it is given up. */
export function isGivenUp({ failures }: Notification): boolean {
  return failures.length >= maxAttempts;
}

/**
 * The outbox without an open message that was given up. What an e-mail would have told counts as untold again, so
 * that the next one tells it; what a text message would have told is told by the digest anyhow.
 */
export function abandonNotification(outbox: Outbox, notification: Notification): Outbox {
  const closed = closeNotification(outbox, notification);
  if (notification.channel === 'sms') return closed;
  const stages = new Set(notification.stages);
  const told = Object.entries(outbox.told).map(([alert, each]): [string, Told] => {
    const { digest, ...rest } = each;
    const isUntold = digest !== undefined && stages.has(stageId(alert, digest));
    return [alert, isUntold ? rest : each];
  });
  return { ...closed, told: Object.fromEntries(told) };
}
