import * as z from 'zod';
import { loadAcknowledgements } from '../shared/aws/acknowledgements.ts';
import { loadLedgers } from '../shared/aws/alert-ledgers.ts';
import { ownClients } from '../shared/aws/clients.ts';
import { type Deliveries, deliver, deliverLeft } from '../shared/aws/deliveries.ts';
import { requireEnvironment } from '../shared/aws/environment.ts';
import { scheduledSchema, urgentDecidedSchema, wakeSchema } from '../shared/aws/events.ts';
import { inParallel } from '../shared/aws/in-parallel.ts';
import { loadOutboxes, saveOutbox } from '../shared/aws/outboxes.ts';
import { ConcurrentWriteError } from '../shared/aws/packed-items.ts';
import { queueHandler } from '../shared/aws/queue-handler.ts';
import { maxDelaySeconds, sendMessage } from '../shared/aws/queues.ts';
import { loadRegistries } from '../shared/aws/registries.ts';
import { loadSilences } from '../shared/aws/silences.ts';
import { reserveSms } from '../shared/aws/sms-usage.ts';
import { logger, metrics } from '../shared/aws/telemetry.ts';
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import type { Instant } from '../shared/domain/calendar.ts';
import type { Channel, Coordinator, Registry } from '../shared/domain/coordinator.ts';
import { smsParts } from '../shared/domain/gsm7.ts';
import type { Notification, Outbox } from '../shared/domain/notification.ts';
import { decideNotifications, type OutboxGrounds } from '../shared/domain/outbox.ts';
import { isBeingSent } from '../shared/domain/outbox-sending.ts';
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
  const deliveries: Deliveries = { clients, registries, now, pace, failures, sent: 0 };
  const people = [...registries.values()].flatMap(({ coordinators }) => coordinators);
  const waiting = (await loadOutboxes(clients, people)).filter(({ outbox }) => !isBeingSent(outbox, now()));
  const ready = await eachCoordinator(deliveries, waiting, ({ coordinator, outbox }) =>
    deliverLeft(deliveries, coordinator, outbox),
  );
  const { decided, wakeAt } = await decide(ready, groundsOf, now);
  await eachCoordinator(deliveries, decided, async ({ coordinator, outbox, isNew }) => {
    await saveOutbox(clients, outbox);
    return await deliver(deliveries, coordinator, outbox, outbox.open.filter(isNew));
  });
  if (wakeAt !== undefined) await wakeLater(wakeAt, now());
  logger.info('Notify:Done', { coordinators: people.length, sent: deliveries.sent, failed: failures.length });
  metrics.addMetric('NotificationsSent', 'Count', deliveries.sent);
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} things went wrong in telling people`);
});

/** A message cannot be kept back for a whole night: it comes again and again until it is time. */
async function wakeLater(wakeAt: Instant, now: Instant): Promise<void> {
  const seconds = Math.ceil((Date.parse(wakeAt) - Date.parse(now)) / 1000);
  await sendMessage(queueUrl, JSON.stringify({ wakeAt }), Math.min(seconds, maxDelaySeconds));
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
  { failures }: Deliveries,
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

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
