import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { parquetReadObjects } from 'hyparquet';
import * as z from 'zod';
import { region } from '../../local/aws-service.ts';
import type { Cloud } from '../../local/cloud.ts';
import { keys } from '../../shared/aws/table-keys.ts';

/** Everything a run leaves behind, in a form in which two runs with the same outcome are equal. */
export interface Snapshot {
  /** Items and objects by key, and each recipient's messages: canonical JSON. */
  lines: string[];
  /** Uploads that S3 took and that have no outcome. */
  lost: string[];
  /** Messages that somebody got more than once. */
  repeated: string[];
  /** Messages left in any queue. */
  queued: number;
}

/** When something was processed, how often it was tried or written, and random ids may differ between runs. */
const incidental = new Set([
  'acceptedAt',
  'accepted_at',
  'decidedAt',
  'decided_at',
  'failures',
  'known_from',
  'messageId',
  'message_id',
  'rejectedAt',
  'rejected_at',
  'requestedAt',
  'requested_at',
  'resolvedAt',
  'sentAt',
  'sent_at',
  'version',
]);

/** A registry, as far as it says when somebody's address was noticed to be live, gone or unused. */
const registrySchema = z.object({
  content: z.object({
    reach: z.record(z.string(), z.array(z.object({ log: z.array(z.object({ at: z.string() })) }))),
  }),
});

const submissionSchema = z.object({
  id: z.string(),
  unit: z.string(),
  fileName: z.string(),
  state: z.string(),
});

const rowsSchema = z.array(z.record(z.string(), z.unknown()));

/** Reads the whole state of a cloud: table, uploads, reports, exports, mailbox and queues. */
export async function takeSnapshot(cloud: Cloud): Promise<Snapshot> {
  const settings = { region, endpoint: cloud.endpoint, credentials: cloud.operatorCredentials };
  const items = await readItems(settings, cloud.resources.Table ?? '');
  const objects = await readObjects(settings, Object.entries(cloud.resources));
  const submissions = items.flatMap((item) => submissionSchema.safeParse(item).data ?? []);
  const expired = new Set(submissions.filter(({ state }) => state === 'expired').map(({ id }) => id));
  const nameOf = new Map(submissions.map(({ id, unit, fileName }) => [id, `<${unit} ${fileName}>`]));
  const noticedAt = items.flatMap((item) => instantsOf(registrySchema.safeParse(item).data));
  const rename = (text: string) =>
    noticedAt
      .reduce((renamed, instant) => renamed.replaceAll(instant, '<noticed>'), text)
      // The id of a notification ends with the version of its outbox, which a repeated run may have written again.
      .replace(/(?<=\d#[a-z0-9-]+#(?:email|sms))#\d+/g, '')
      // Silences have random ids too, and there is one of them.
      .replace(/[0-9A-HJKMNP-TV-Z]{26}/g, (id) => nameOf.get(id) ?? '<id>');
  const messages = cloud.mailbox
    .messages()
    .map(({ to, channel, subject, body }) => rename(canonical({ to, channel, subject, body })));

  // A client that had to ask again leaves a request behind that expires; it changes nothing else. Nor do the
  // registrations of the last minute, one more for each that was repeated.
  const kept = items.filter((item) => !expired.has(String(item.id)) && item.pk !== keys.registrations().pk);
  const lines = [...kept, ...objects.map((object) => withoutRows(object, expired))].map((entry) =>
    rename(canonical(entry)),
  );
  const settled = submissions.filter(({ state }) => state === 'accepted' || state === 'rejected');
  const uploaded = objects
    .filter(({ bucket }) => bucket === 'UploadsBucket')
    .map(({ key }) => key.split('/')[1] ?? '');
  return {
    lines: [...lines, ...new Set(messages)].sort(),
    lost: uploaded.filter((id) => !settled.some((submission) => submission.id === id)).map(rename),
    repeated: messages.filter((message, index) => messages.indexOf(message) !== index),
    queued: cloud.queues.queues.reduce((sum, { arn }) => sum + cloud.queues.messages(arn).length, 0),
  };
}

/** An address is noticed by whichever run looks first, and what is told of it is named by that instant. */
function instantsOf(registry: z.infer<typeof registrySchema> | undefined): string[] {
  const entries = Object.values(registry?.content.reach ?? {}).flat();
  return [...new Set(entries.flatMap(({ log }) => log.map(({ at }) => at)))];
}

type ClientSettings = Pick<Cloud, 'endpoint'> & { region: string; credentials: Cloud['operatorCredentials'] };

async function readItems(settings: ClientSettings, tableName: string): Promise<Record<string, unknown>[]> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(settings));
  const items: Record<string, unknown>[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: tableName })) {
    for (const { content, ...item } of Items) {
      items.push(content ? { ...item, content: JSON.parse(gunzipSync(content).toString()) } : item);
    }
  }
  return items;
}

interface StoredObject {
  bucket: string;
  key: string;
  content: unknown;
}

async function readObjects(settings: ClientSettings, resources: [string, string][]): Promise<StoredObject[]> {
  const client = new S3Client(settings);
  const found: StoredObject[] = [];
  // The pages are no state, and say where this run listens.
  const buckets = resources.filter(([id]) => id.endsWith('Bucket') && id !== 'PortalBucket');
  for (const [bucket, name] of buckets) {
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: name })) {
      for (const { Key: key = '' } of Contents) {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: name, Key: key }));
        const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
        found.push({ bucket, key, content: await readContent(key, bytes) });
      }
    }
  }
  return found;
}

/** An exported file without the rows of some submissions; a download is named after the bytes it is made from. */
function withoutRows({ bucket, key, content }: StoredObject, submissions: ReadonlySet<string>): StoredObject {
  const rows = rowsSchema.safeParse(content).data;
  return {
    bucket,
    key: key.replace(/[0-9a-f]{64}/, '<content>'),
    content: rows ? rows.filter((row) => !submissions.has(String(row.submission_id))) : content,
  };
}

async function readContent(key: string, bytes: Uint8Array): Promise<unknown> {
  if (key.endsWith('.json')) return JSON.parse(new TextDecoder().decode(bytes));
  if (key.endsWith('.csv')) return new TextDecoder().decode(bytes);
  if (key.endsWith('.parquet')) return await parquetReadObjects({ file: new Uint8Array(bytes).buffer });
  return createHash('sha256').update(bytes).digest('hex');
}

/** JSON with sorted keys, without what may differ between runs. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (key, nested: unknown) => {
    if (incidental.has(key)) return undefined;
    if (typeof nested === 'bigint') return String(nested);
    if (key === 'known_to' && nested !== null) return 'once';
    if (nested === null || typeof nested !== 'object' || Array.isArray(nested)) return nested;
    return Object.fromEntries(Object.entries(nested).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
