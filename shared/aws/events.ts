import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import * as z from 'zod';

const events = new EventBridgeClient({});

/** What S3 reports through EventBridge when an object was created. Keys are not URL-encoded there. */
export const objectCreatedSchema = z.object({
  'detail-type': z.literal('Object Created'),
  detail: z.object({ bucket: z.object({ name: z.string() }), object: z.object({ key: z.string() }) }),
});

/** The message that makes `ingest` take up an object, as S3's own event would. */
export function objectCreatedMessage(bucket: string, key: string): string {
  return JSON.stringify({
    'detail-type': 'Object Created',
    detail: { bucket: { name: bucket }, object: { key } },
  } satisfies z.infer<typeof objectCreatedSchema>);
}

/** What `ingest` and `withdraw` report when the points of a unit and year have changed. */
export const pointsPublishedSchema = z.object({
  'detail-type': z.literal('PointsPublished'),
  detail: z.strictObject({ unit: z.string(), year: z.int() }),
});

/** What is reported when something else that alerts follow from has changed: a file was rejected, a date set. */
export const unitChangedSchema = z.object({
  'detail-type': z.literal('UnitChanged'),
  detail: z.strictObject({ unit: z.string() }),
});

/** What `evaluate` reports when it has decided something that cannot wait for the digest. */
export const urgentDecidedSchema = z.object({
  'detail-type': z.literal('UrgentDecided'),
  detail: z.strictObject({ units: z.int() }),
});

/** What `notify` sends itself when quiet hours hold something back: the instant at which they end. */
export const wakeSchema = z.strictObject({ wakeAt: z.iso.datetime() });

/** What a schedule sends. */
export const scheduledSchema = z.strictObject({ scheduledAt: z.iso.datetime() });

/** Reports that the points of a unit and year have changed. Throws when EventBridge did not take it. */
export async function reportPublished(detail: { unit: string; year: number }): Promise<void> {
  await report('PointsPublished', detail);
}

/** Reports that something else about a unit has changed that its alerts follow from. Throws as above. */
export async function reportUnitChanged(unit: string): Promise<void> {
  await report('UnitChanged', { unit });
}

/** Reports that something urgent was decided about some units. Throws as above. */
export async function reportUrgent(units: number): Promise<void> {
  await report('UrgentDecided', { units });
}

async function report(detailType: string, detail: unknown): Promise<void> {
  const { FailedEntryCount, Entries } = await events.send(
    new PutEventsCommand({
      Entries: [{ Source: 'tiendo', DetailType: detailType, Detail: JSON.stringify(detail) }],
    }),
  );
  if (FailedEntryCount) throw new Error(`EventBridge did not take the event: ${Entries?.[0]?.ErrorMessage}`);
}
