import * as z from 'zod';
import { loadAcknowledgements } from '../shared/aws/acknowledgements.ts';
import { loadLedgers } from '../shared/aws/alert-ledgers.ts';
import { ownClients } from '../shared/aws/clients.ts';
import { requireEnvironment } from '../shared/aws/environment.ts';
import { scheduledSchema, urgentDecidedSchema } from '../shared/aws/events.ts';
import { inParallel } from '../shared/aws/in-parallel.ts';
import { sendEmail } from '../shared/aws/messages.ts';
import { loadOutboxes, recordNotification, saveOutbox } from '../shared/aws/outboxes.ts';
import { queueHandler } from '../shared/aws/queue-handler.ts';
import { loadRegistries } from '../shared/aws/registries.ts';
import { loadSilences } from '../shared/aws/silences.ts';
import { sendSms } from '../shared/aws/sms.ts';
import { reserveSms } from '../shared/aws/sms-usage.ts';
import { logger, metrics } from '../shared/aws/telemetry.ts';
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import type { Instant } from '../shared/domain/calendar.ts';
import type { Coordinator, Registry } from '../shared/domain/coordinator.ts';
import { smsParts } from '../shared/domain/gsm7.ts';
import type { Notification, Outbox } from '../shared/domain/notification.ts';
import {
  abandonNotification,
  closeNotification,
  decideNotifications,
  isBeingSent,
  isGivenUp,
  keepNotification,
  noteFailure,
  type OutboxGrounds,
} from '../shared/domain/outbox.ts';
import { createPacer } from '../shared/domain/pacing.ts';

const portalUrl = requireEnvironment('PORTAL_URL');
const catalogue = loadCatalogue();
const clients = ownClients();
const messageSchema = z.union([scheduledSchema, urgentDecidedSchema]);
/** How many coordinators are told at a time. */
const coordinatorsAtATime = 8;

/**
 * Tells every coordinator what they have not been told yet, and may be told now. The messages are written to the
 * coordinator's outbox before they are sent, and each is taken out after; a run that was cut off between leaves it
 * there, and the next sends it with the same id. One coordinator's trouble does not keep the others waiting, nor
 * does one unit's unreadable ledger.
 */
export const handler = queueHandler(async ({ body, now }) => {
  messageSchema.parse(JSON.parse(body));
  const failures: unknown[] = [];
  const { registries, groundsOf } = await loadGrounds(now, failures);
  const run: Run = {
    registries,
    now,
    pace: createPacer({ nowMs: () => performance.now(), wait }),
    failures,
    sent: 0,
  };
  const people = [...registries.values()].flatMap(({ coordinators }) => coordinators);
  const waiting = (await loadOutboxes(clients, people)).filter(({ outbox }) => !isBeingSent(outbox, now()));
  const ready = await eachCoordinator(run, waiting, ({ coordinator, outbox }) =>
    deliver(run, coordinator, outbox),
  );
  await eachCoordinator(run, await decide(ready, groundsOf, now), async ({ coordinator, outbox }) => {
    await saveOutbox(clients, outbox);
    return await deliver(run, coordinator, outbox);
  });
  logger.info('Notify:Done', { coordinators: people.length, sent: run.sent, failed: failures.length });
  metrics.addMetric('NotificationsSent', 'Count', run.sent);
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} things went wrong in telling people`);
});

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

/** Does something for several coordinators at a time. Returns those for whom it did not fail, as it left them. */
async function eachCoordinator(
  { failures }: Run,
  recipients: readonly Recipient[],
  work: (recipient: Recipient) => Promise<Outbox>,
): Promise<Recipient[]> {
  const done: Recipient[] = [];
  await inParallel(recipients, coordinatorsAtATime, async (recipient) => {
    await work(recipient).then(
      (outbox) => done.push({ ...recipient, outbox }),
      (error: unknown) => failures.push(error),
    );
  });
  return done;
}

/** Reads what messages follow from. What cannot be read of one unit is noted, and told of no unit but that. */
async function loadGrounds(now: () => Instant, failures: unknown[]) {
  const units = catalogue.units.map(({ id }) => id);
  const registries = await loadReadable(units, (some) => loadRegistries(clients, some), failures);
  const ledgers = await loadReadable(units, (some) => loadLedgers(clients, some), failures);
  const acknowledgements = [...(await loadAcknowledgements(clients, units)).values()].flat();
  const silences = await loadSilences(clients);
  const groundsOf = (coordinator: Coordinator, canText: boolean): OutboxGrounds => ({
    catalogue,
    coordinator,
    ledgers,
    acknowledgements,
    silences,
    portalUrl,
    now: now(),
    canText,
  });
  return { registries: new Map(registries.map((registry) => [registry.unit, registry])), groundsOf };
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

/**
 * The outboxes with new messages in them. The month's text messages are reserved before any is sent; whom the
 * budget leaves out is told by e-mail.
 */
async function decide(
  recipients: readonly Recipient[],
  groundsOf: (coordinator: Coordinator, canText: boolean) => OutboxGrounds,
  now: () => Instant,
): Promise<Recipient[]> {
  const decided = recipients
    .map(({ coordinator, outbox }) => {
      return {
        coordinator,
        before: outbox,
        outbox: decideNotifications(outbox, groundsOf(coordinator, true)),
      };
    })
    .filter(({ before, outbox }) => outbox !== before);
  const texts = decided.flatMap(({ outbox }) => outbox.open).filter(({ channel }) => channel === 'sms');
  const wanted = texts.map(({ id, text }) => ({ id, parts: smsParts(text) }));
  const granted = wanted.length === 0 ? new Set<string>() : await reserveSms(clients, wanted, now());
  return decided.map(({ coordinator, before, outbox }) => {
    const isGranted = outbox.open.every(({ channel, id }) => channel !== 'sms' || granted.has(id));
    return {
      coordinator,
      outbox: isGranted ? outbox : decideNotifications(before, groundsOf(coordinator, false)),
    };
  });
}

/**
 * Sends each message an outbox holds open, notes it as sent and takes it out. One that cannot be sent is a failure
 * of the run and stays for the next one, until it is given up. Throws when something cannot be noted, before more
 * is sent.
 */
async function deliver(run: Run, coordinator: Coordinator, outbox: Outbox): Promise<Outbox> {
  let remaining = outbox;
  for (const notification of outbox.open) {
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
