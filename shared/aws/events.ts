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

const detailType = 'PointsPublished';

/** What `ingest` reports when the points of a unit and year have changed. */
export const pointsPublishedSchema = z.object({
  'detail-type': z.literal(detailType),
  detail: z.strictObject({ unit: z.string(), year: z.int() }),
});

/** Reports that the points of a unit and year have changed. Throws when EventBridge did not take it. */
export async function reportPublished(detail: { unit: string; year: number }): Promise<void> {
  const { FailedEntryCount, Entries } = await events.send(
    new PutEventsCommand({
      Entries: [{ Source: 'tiendo', DetailType: detailType, Detail: JSON.stringify(detail) }],
    }),
  );
  if (FailedEntryCount) throw new Error(`EventBridge did not take the event: ${Entries?.[0]?.ErrorMessage}`);
}

/** What a schedule sends. */
export const scheduledSchema = z.strictObject({ scheduledAt: z.iso.datetime() });
