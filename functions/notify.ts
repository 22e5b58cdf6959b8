import { loadLedgers } from '../shared/aws/alert-ledgers.ts';
import { ownClients } from '../shared/aws/clients.ts';
import { requireEnvironment } from '../shared/aws/environment.ts';
import { scheduledSchema } from '../shared/aws/events.ts';
import { sendNotification } from '../shared/aws/messages.ts';
import { loadOutboxes, recordNotification, saveOutbox } from '../shared/aws/outboxes.ts';
import { queueHandler } from '../shared/aws/queue-handler.ts';
import { loadRegistries } from '../shared/aws/registries.ts';
import { logger, metrics } from '../shared/aws/telemetry.ts';
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import { dayOf, type Instant } from '../shared/domain/calendar.ts';
import type { Channel, Coordinator } from '../shared/domain/coordinator.ts';
import type { Outbox } from '../shared/domain/notification.ts';
import {
  abandonNotification,
  closeNotification,
  decideNotifications,
  isBeingSent,
} from '../shared/domain/outbox.ts';

const portalUrl = requireEnvironment('PORTAL_URL');
const catalogue = loadCatalogue();
const clients = ownClients();

/**
 * Tells every coordinator what they have not been told yet. The messages are written to the coordinator's
 * outbox before they are sent, and each is taken out after; a run that was cut off between leaves it there, and
 * the next sends it with the same id. One coordinator's trouble does not keep the others waiting, nor does one
 * message's trouble the coordinator's other one.
 */
export const handler = queueHandler(async ({ body, now }) => {
  scheduledSchema.parse(JSON.parse(body));
  const units = catalogue.units.map(({ id }) => id);
  const coordinators = (await loadRegistries(clients, units)).flatMap((registry) => registry.coordinators);
  const ledgers = await loadLedgers(clients, units);
  const outboxes = await loadOutboxes(clients, coordinators);
  const failures: unknown[] = [];
  let sent = 0;
  for (const { coordinator, outbox } of outboxes) {
    if (isBeingSent(outbox, now())) continue;
    try {
      const ready = await deliver(coordinator, outbox, now);
      const decided = decideNotifications(ready, { catalogue, coordinator, ledgers, portalUrl, now: now() });
      if (decided !== ready) await saveOutbox(clients, decided);
      await deliver(coordinator, decided, now);
      sent += outbox.open.length + decided.open.length;
    } catch (error) {
      failures.push(error);
    }
  }
  logger.info('Notify:Done', { coordinators: coordinators.length, sent, failed: failures.length });
  metrics.addMetric('NotificationsSent', 'Count', sent);
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} coordinators could not be told`);
});

/**
 * Sends each message an outbox holds open, notes it as sent and takes it out. One that cannot be sent stays,
 * until the next day and makes this throw after the others; whatever cannot be noted makes it throw at once,
 * before more is sent.
 */
async function deliver(coordinator: Coordinator, outbox: Outbox, now: () => Instant): Promise<Outbox> {
  let remaining = outbox;
  const failures: unknown[] = [];
  for (const notification of outbox.open) {
    if (hasAddress(coordinator, notification.channel)) {
      const sent = await sendNotification(coordinator, notification).then(
        (messageId) => ({ messageId }),
        (error: unknown) => ({ error }),
      );
      if ('messageId' in sent) {
        await recordNotification(clients, { ...notification, state: 'sent', sentAt: now(), ...sent });
        remaining = closeNotification(remaining, notification);
      } else {
        failures.push(sent.error);
        // Yesterday's message gives way to today's, which tells the same and more.
        if (notification.day >= dayOf(now())) continue;
        logger.error('Notify:Abandoned', { notification: notification.id });
        remaining = abandonNotification(remaining, notification);
      }
    } else {
      remaining = abandonNotification(remaining, notification);
    }
    await saveOutbox(clients, remaining);
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} messages to ${coordinator.id} could not be sent`);
  return remaining;
}

/** An address may have been taken out of the registry since the message was decided. */
function hasAddress({ email, phone }: Coordinator, channel: Channel): boolean {
  return (channel === 'email' ? email : phone) !== undefined;
}
