import * as z from 'zod';
import { loadAcknowledgements } from '../shared/aws/acknowledgements.ts';
import { loadLedgers } from '../shared/aws/alert-ledgers.ts';
import { ownClients } from '../shared/aws/clients.ts';
import { requireEnvironment } from '../shared/aws/environment.ts';
import { scheduledSchema, urgentDecidedSchema, wakeSchema } from '../shared/aws/events.ts';
import { inParallel } from '../shared/aws/in-parallel.ts';
import { sendEmail } from '../shared/aws/messages.ts';
import { loadOutboxes, recordNotification, saveOutbox } from '../shared/aws/outboxes.ts';
import { ConcurrentWriteError } from '../shared/aws/packed-items.ts';
import { queueHandler } from '../shared/aws/queue-handler.ts';
import { maxDelaySeconds, sendMessage } from '../shared/aws/queues.ts';
import { loadRegistries } from '../shared/aws/registries.ts';
import { loadSilences } from '../shared/aws/silences.ts';
import { sendSms } from '../shared/aws/sms.ts';
import { reserveSms } from '../shared/aws/sms-usage.ts';
import { logger, metrics } from '../shared/aws/telemetry.ts';
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import type { Instant } from '../shared/domain/calendar.ts';
import type { Channel, Coordinator, Registry } from '../shared/domain/coordinator.ts';
import { smsParts } from '../shared/domain/gsm7.ts';
import type { Notification, Outbox } from '../shared/domain/notification.ts';
import {
  abandonNotification,
  claim,
  closeNotification,
  decideNotifications,
  isBeingSent,
  isGivenUp,
  keepNotification,
  noteFailure,
  type OutboxGrounds,
} from '../shared/domain/outbox.ts';
import { createPacer } from '../shared/domain/pacing.ts';
import { currentReach, statusOf } from '../shared/domain/reach.ts';

const portalUrl = requireEnvironment('PORTAL_URL');
const catalogue = loadCatalogue();
const clients = ownClients();
const queueUrl = requireEnvironment('NOTIFY_QUEUE_URL');
const messageSchema = z.union([scheduledSchema, urgentDecidedSchema, wakeSchema]);
/** How many coordinators are told at a time. */
const coordinatorsAtATime = 8;

/**
 * Tells every coordinator what they have not been told yet, and may be told now. The messages are written to the
 * coordinator's outbox before they are sent, and each is taken out after; a run that was cut off between leaves it
 * there, and the next sends it with the same id. What quiet hours hold back wakes this again when they end. One
 * coordinator's trouble does not keep the others waiting, nor does one unit's unreadable ledger.
 */
export const handler = queueHandler(async ({ body, now }) => {
  const message = messageSchema.parse(JSON.parse(body));
  if ('wakeAt' in message && now() < message.wakeAt) return await wakeLater(message.wakeAt, now());
  const failures: unknown[] = [];
  const { registries, groundsOf } = await loadGrounds(now, 'scheduledAt' in message, failures);
  const pace = createPacer({ nowMs: () => performance.now(), wait });
  const run: Run = { registries, now, pace, failures, sent: 0 };
  const people = [...registries.values()].flatMap(({ coordinators }) => coordinators);
  const waiting = (await loadOutboxes(clients, people)).filter(({ outbox }) => !isBeingSent(outbox, now()));
  const ready = await eachCoordinator(run, waiting, ({ coordinator, outbox }) =>
    deliverLeft(run, coordinator, outbox),
  );
  const { decided, wakeAt } = await decide(ready, groundsOf, now);
  await eachCoordinator(run, decided, async ({ coordinator, outbox, isNew }) => {
    await saveOutbox(clients, outbox);
    return await deliver(run, coordinator, outbox, outbox.open.filter(isNew));
  });
  if (wakeAt !== undefined) await wakeLater(wakeAt, now());
  logger.info('Notify:Done', { coordinators: people.length, sent: run.sent, failed: failures.length });
  metrics.addMetric('NotificationsSent', 'Count', run.sent);
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} things went wrong in telling people`);
});

/** A message cannot be kept back for a whole night: it comes again and again until it is time. */
async function wakeLater(wakeAt: Instant, now: Instant): Promise<void> {
  const seconds = Math.ceil((Date.parse(wakeAt) - Date.parse(now)) / 1000);
  await sendMessage(queueUrl, JSON.stringify({ wakeAt }), Math.min(seconds, maxDelaySeconds));
}

/** What one run works with, what went wrong in it, and how many messages went out. */
interface Run {
  registries: ReadonlyMap<string, Registry>;
  now: () => Instant;
  /** Awaited before each message to an address. */
  pace(address: string): Promise<void>;
  failures: unknown[];
  sent: number;
}

/** A coordinator and what they have been told. */
interface Recipient {
  coordinator: Coordinator;
  outbox: Outbox;
}

/**
 * Does something for several coordinators at a time. Returns those for whom it did not fail, as it left them. Whose
 * outbox another run has written meanwhile is left to that one.
 */
async function eachCoordinator<R extends Recipient>(
  { failures }: Run,
  recipients: readonly R[],
  work: (recipient: R) => Promise<Outbox>,
): Promise<Recipient[]> {
  const done: Recipient[] = [];
  await inParallel(recipients, coordinatorsAtATime, async (recipient) => {
    await work(recipient).then(
      (outbox) => done.push({ coordinator: recipient.coordinator, outbox }),
      (error: unknown) => error instanceof ConcurrentWriteError || failures.push(error),
    );
  });
  return done;
}

/** Reads what messages follow from. What cannot be read of one unit is noted, and told of no unit but that. */
async function loadGrounds(now: () => Instant, isDigestRun: boolean, failures: unknown[]) {
  const units = catalogue.units.map(({ id }) => id);
  const registries = await loadReadable(units, (some) => loadRegistries(clients, some), failures);
  const ledgers = await loadReadable(units, (some) => loadLedgers(clients, some), failures);
  const acknowledgements = [...(await loadAcknowledgements(clients, units)).values()].flat();
  const silences = await loadSilences(clients);
  const byUnit = new Map(registries.map((registry) => [registry.unit, registry]));
  const groundsOf = (coordinator: Coordinator, isAffordable: boolean): OutboxGrounds => ({
    catalogue,
    coordinator,
    ledgers,
    acknowledgements,
    silences,
    portalUrl,
    now: now(),
    isDigestRun,
    canMail: isLive(byUnit.get(coordinator.unit), coordinator, 'email'),
    canText: isAffordable && isLive(byUnit.get(coordinator.unit), coordinator, 'sms'),
  });
  return { registries: byUnit, groundsOf };
}

/** SNS takes messages to addresses that nobody confirmed or that have unsubscribed, and delivers them to nobody. */
function isLive(registry: Registry | undefined, { id }: Coordinator, channel: Channel): boolean {
  const entry = registry && currentReach(registry.reach, id, channel);
  return entry !== undefined && statusOf(entry) === 'live';
}

/** Reads items of all units together; if that fails, of each by itself, so that one silences no other. */
async function loadReadable<T>(
  units: readonly string[],
  load: (units: readonly string[]) => Promise<T[]>,
  failures: unknown[],
): Promise<T[]> {
  try {
    return await load(units);
  } catch {
    const found: T[] = [];
    for (const unit of units) {
      await load([unit]).then(
        (items) => found.push(...items),
        (error: unknown) => failures.push(error),
      );
    }
    return found;
  }
}

/** An outbox with new messages in it. */
interface Decided extends Recipient {
  isNew(notification: Notification): boolean;
}

/**
 * Decides what is new, and when quiet hours end that hold something back. The month's text messages are reserved
 * before any is sent; whom the budget leaves out is told by e-mail.
 */
async function decide(
  recipients: readonly Recipient[],
  groundsOf: (coordinator: Coordinator, isAffordable: boolean) => OutboxGrounds,
  now: () => Instant,
): Promise<{ decided: Decided[]; wakeAt: Instant | undefined }> {
  const decisions = recipients.map(({ coordinator, outbox: before }) => {
    const isNew = ({ id }: Notification) => !before.open.some((each) => each.id === id);
    const decision = decideNotifications(before, groundsOf(coordinator, true));
    return { coordinator, before, isNew, ...decision };
  });
  const changed = decisions.filter(({ before, outbox }) => outbox !== before);
  const texts = changed.flatMap(({ outbox, isNew }) => outbox.open.filter(isNew)).filter(isText);
  const wanted = texts.map(({ id, text }) => ({ id, parts: smsParts(text) }));
  const granted = wanted.length === 0 ? new Set<string>() : await reserveSms(clients, wanted, now());
  const decided = changed.map(({ coordinator, before, outbox, isNew }): Decided => {
    const isRefused = outbox.open.some((each) => isText(each) && isNew(each) && !granted.has(each.id));
    if (!isRefused) return { coordinator, outbox, isNew };
    return { coordinator, outbox: decideNotifications(before, groundsOf(coordinator, false)).outbox, isNew };
  });
  const [wakeAt] = decisions.flatMap((decision) => decision.wakeAt ?? []).sort();
  return { decided, wakeAt };
}

function isText({ channel }: Notification): boolean {
  return channel === 'sms';
}

/** Sends what an earlier run left open. Throws when another run has just begun to. */
async function deliverLeft(run: Run, coordinator: Coordinator, outbox: Outbox): Promise<Outbox> {
  if (outbox.open.length === 0) return outbox;
  const claimed = claim(outbox, run.now());
  await saveOutbox(clients, claimed);
  return await deliver(run, coordinator, claimed, claimed.open);
}

/**
 * Sends messages an outbox holds open, notes each as sent and takes it out. One that cannot be sent is a failure
 * of the run and stays for the next one, until it is given up. Throws when something cannot be noted, before more
 * is sent.
 */
async function deliver(
  run: Run,
  coordinator: Coordinator,
  outbox: Outbox,
  notifications: readonly Notification[],
): Promise<Outbox> {
  let remaining = outbox;
  for (const notification of notifications) {
    const to = addressFor(coordinator, notification);
    if (to === undefined) {
      remaining = abandonNotification(remaining, notification);
      await saveOutbox(clients, remaining);
      continue;
    }
    const sent = await send(run, coordinator, notification, to).then(
      (messageId) => ({ messageId }),
      (error: unknown) => ({ error }),
    );
    const at = run.now();
    if ('messageId' in sent) {
      run.sent += 1;
      await recordNotification(clients, { ...notification, state: 'sent', sentAt: at, ...sent });
      remaining = closeNotification(remaining, notification);
    } else {
      run.failures.push(sent.error);
      const failed = noteFailure(notification, at, nameOf(sent.error));
      if (isGivenUp(failed)) {
        logger.error('Notify:Abandoned', { notification: failed.id });
        await recordNotification(clients, { ...failed, state: 'abandoned' });
        remaining = abandonNotification(remaining, failed);
      } else {
        remaining = keepNotification(remaining, failed);
      }
    }
    await saveOutbox(clients, remaining);
  }
  return remaining;
}

/** Sends one message, not faster than its recipient can take them, and returns its message id. */
async function send(
  run: Run,
  coordinator: Coordinator,
  { channel, id, text, subject = 'tiendo' }: Notification,
  to: string,
): Promise<string> {
  await run.pace(to);
  if (channel === 'sms') return await sendSms({ to, text, notificationId: id });
  const reach = run.registries.get(coordinator.unit)?.reach[coordinator.id] ?? [];
  return await sendEmail({ to, subject, text, notificationId: id, reach });
}

/** A number may have been taken out of the registry since the message was decided. */
function addressFor({ email, phone }: Coordinator, { channel }: Notification): string | undefined {
  return channel === 'email' ? email : phone;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
