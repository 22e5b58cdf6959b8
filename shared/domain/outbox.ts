import type { AlertLedger } from './alert.ts';
import { dayOf, type Instant } from './calendar.ts';
import type { Catalogue } from './catalogue.ts';
import type { Channel, Coordinator } from './coordinator.ts';
import { planDigest } from './digest.ts';
import { composeEmail, composeSms } from './message.ts';
import type { Notification, Outbox } from './notification.ts';

/** Longer than a run may take, shorter than until its message is delivered again. */
const sendingSeconds = 10 * 60;

/** All that a coordinator's messages are decided from. */
export interface OutboxGrounds {
  catalogue: Catalogue;
  coordinator: Coordinator;
  ledgers: readonly AlertLedger[];
  portalUrl: string;
  now: Instant;
}

/**
 * The outbox with the messages its coordinator is to get now: one e-mail about everything untold and, where
 * a deadline was missed, one SMS; at most one digest a day. Returns the same object when there is nothing to
 * tell. An outbox with open messages is returned as it is: those go first.
 */
export function decideNotifications(outbox: Outbox, grounds: OutboxGrounds): Outbox {
  const { coordinator, portalUrl, now } = grounds;
  const day = dayOf(now);
  if (outbox.open.length > 0 || outbox.digestOn === day) return outbox;
  const { items, overtaken } = planDigest({ ...grounds, outbox, asOf: now });
  const stages = items.map(({ stage }) => stage);
  const write = (channel: Channel, message: { subject?: string; text: string }): Notification => ({
    id: `${day}#${coordinator.id}#${channel}`,
    coordinator: coordinator.id,
    unit: coordinator.unit,
    channel,
    day,
    ...message,
    stages,
    state: 'decided',
    decidedAt: now,
  });

  const open: Notification[] = [];
  const sms = composeSms(coordinator, items, { portalUrl });
  if (coordinator.email && items.length > 0) {
    open.push(write('email', composeEmail(coordinator, items, { day, portalUrl })));
  }
  if (coordinator.phone && sms !== '') open.push(write('sms', { text: sms }));
  const [first] = open;
  if (overtaken.length === 0 && !first) return outbox;
  return {
    ...outbox,
    version: outbox.version + 1,
    ...(first && { digestOn: day }),
    told: {
      ...outbox.told,
      ...Object.fromEntries(overtaken.map((stage) => [stage, 'overtaken'])),
      ...(first && Object.fromEntries(stages.map((stage) => [stage, first.id]))),
    },
    open,
  };
}

/**
 * Whether a message was decided so lately that the run that decided it may still be sending it. Another run
 * leaves such an outbox alone, else its messages would go out twice. A run that was cut off comes again later
 * than that.
 */
export function isBeingSent({ open }: Outbox, now: Instant): boolean {
  return open.some(({ decidedAt }) => Date.parse(now) - Date.parse(decidedAt) < sendingSeconds * 1000);
}

/** The outbox after one of its open messages was sent. */
export function closeNotification(outbox: Outbox, { id }: Notification): Outbox {
  return { ...outbox, version: outbox.version + 1, open: outbox.open.filter((each) => each.id !== id) };
}

/**
 * The outbox without an open message that has no address to go to any more. What it alone would have told
 * counts as untold again.
 */
export function abandonNotification(outbox: Outbox, notification: Notification): Outbox {
  const told = Object.entries(outbox.told).filter(([, by]) => by !== notification.id);
  return { ...closeNotification(outbox, notification), told: Object.fromEntries(told) };
}
