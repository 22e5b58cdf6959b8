import { PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { Coordinator } from '../domain/coordinator.ts';
import { type Notification, notificationSchema, type Outbox, outboxSchema } from '../domain/notification.ts';
import { emptyOutbox } from '../domain/outbox.ts';
import { notificationRows } from '../domain/tables/notification-rows.ts';
import type { RowOf } from '../domain/tables.ts';
import type { Clients } from './clients.ts';
import { requireEnvironment } from './environment.ts';
import { loadManyPacked, pack, savePacked, unpack } from './packed-items.ts';
import { keys } from './table-keys.ts';

const tableName = requireEnvironment('TABLE_NAME');

/** Reads what each coordinator has been told; an empty outbox for whoever was never told anything. */
export async function loadOutboxes(
  { documents }: Clients,
  coordinators: readonly Coordinator[],
): Promise<{ coordinator: Coordinator; outbox: Outbox }[]> {
  const wanted = coordinators.map(({ unit, id }) => keys.outbox(unit, id));
  const stored = await loadManyPacked(documents, wanted, outboxSchema);
  const byKey = new Map(stored.map((outbox) => [`${outbox.unit}/${outbox.coordinator}`, outbox]));
  return coordinators.map((coordinator) => {
    const { unit, id } = coordinator;
    const outbox = byKey.get(`${unit}/${id}`) ?? emptyOutbox(coordinator);
    return { coordinator, outbox };
  });
}

/**
 * Writes an outbox one version on.
 *
 * @throws ConcurrentWriteError when another run wrote it meanwhile.
 */
export async function saveOutbox({ documents }: Clients, outbox: Outbox): Promise<void> {
  await savePacked(documents, keys.outbox(outbox.unit, outbox.coordinator), outbox);
}

/** Writes a notification that was sent or given up to the record; writing it again changes nothing. */
export async function recordNotification({ documents }: Clients, notification: Notification): Promise<void> {
  const key = keys.notification(notification.unit, notification.id);
  const content = await pack(notification);
  await documents.send(new PutCommand({ TableName: tableName, Item: { ...key, content } }));
}

/** The messages to the coordinators of a unit on record, in the order of their ids, as the rows of their table. */
export async function loadNotificationRows(
  { documents }: Clients,
  unit: string,
): Promise<RowOf<'notifications'>[]> {
  const pages = paginateQuery(
    { client: documents },
    {
      TableName: tableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': keys.notification(unit, '').pk },
      ConsistentRead: true,
    },
  );
  const rows: RowOf<'notifications'>[] = [];
  for await (const { Items = [] } of pages) {
    rows.push(...Items.flatMap((item) => notificationRows(unpack(item, notificationSchema))));
  }
  return rows;
}
