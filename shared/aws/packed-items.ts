import { gunzipSync, gzipSync } from 'node:zlib';
import { BatchGetCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { requireEnvironment } from './environment.ts';
import { isConditionRefused } from './write-condition.ts';

const tableName = requireEnvironment('TABLE_NAME');

export interface ItemKey {
  pk: string;
  sk: string;
}

/** Somebody else wrote the item since it was read: read it again and decide anew. */
export class ConcurrentWriteError extends Error {
  constructor(key: ItemKey, cause: unknown) {
    super(`${key.pk} ${key.sk} was written by somebody else meanwhile`, { cause });
    this.name = 'ConcurrentWriteError';
  }
}

/** Does work that reads an item and then writes it, again from the start when somebody else wrote it in between. */
export async function untilWritten<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ConcurrentWriteError)) throw error;
    }
  }
}

/** DynamoDB's limit of keys in one BatchGetItem. */
const batchKeys = 100;

/**
 * How long to wait before DynamoDB is asked again for what it left unprocessed, in milliseconds: first after an
 * answer that gave something, then longer after each that gave nothing. In all far less than a function may run.
 */
const waitsMs = [50, 100, 200, 400, 800, 1600, 3200];

const storedSchema = z.object({ pk: z.string(), sk: z.string(), content: z.instanceof(Uint8Array) });

/**
 * Reads a packed item: one JSON value, compressed into one attribute, checked against its schema.
 * `undefined` when there is none.
 */
export async function loadPacked<T>(
  documents: DynamoDBDocumentClient,
  key: ItemKey,
  schema: z.ZodType<T>,
): Promise<T | undefined> {
  const { Item } = await documents.send(
    new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }),
  );
  return Item === undefined ? undefined : unpack(Item, schema);
}

/**
 * Reads many packed items of one kind, in no particular order; missing ones are left out. Asks again for what
 * DynamoDB leaves unprocessed, which it does when it is busy or an answer would be too large.
 *
 * @throws when DynamoDB gives nothing for six seconds.
 */
export async function loadManyPacked<T>(
  documents: DynamoDBDocumentClient,
  keys: readonly ItemKey[],
  schema: z.ZodType<T>,
): Promise<T[]> {
  const found: T[] = [];
  for (let start = 0; start < keys.length; start += batchKeys) {
    let pending: Record<string, unknown>[] = keys.slice(start, start + batchKeys).map((key) => ({ ...key }));
    let fruitless = 0;
    while (pending.length > 0) {
      const { Responses, UnprocessedKeys } = await documents.send(
        new BatchGetCommand({ RequestItems: { [tableName]: { Keys: pending, ConsistentRead: true } } }),
      );
      const items = Responses?.[tableName] ?? [];
      for (const item of items) found.push(unpack(item, schema));
      pending = UnprocessedKeys?.[tableName]?.Keys ?? [];
      fruitless = items.length > 0 ? 0 : fruitless + 1;
      if (pending.length > 0) await waitBeforeAskingAgain(fruitless);
    }
  }
  return found;
}

/**
 * Writes a packed item whose `version` is one above the stored one (1 when there is none).
 *
 * @throws ConcurrentWriteError when the stored version is another.
 */
export async function savePacked<T extends { version: number }>(
  documents: DynamoDBDocumentClient,
  key: ItemKey,
  value: T,
): Promise<void> {
  try {
    await documents.send(
      new PutCommand({
        TableName: tableName,
        Item: { ...key, version: value.version, content: pack(value) },
        ...(value.version === 1
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: 'version = :previous',
              ExpressionAttributeValues: { ':previous': value.version - 1 },
            }),
      }),
    );
  } catch (error) {
    if (isConditionRefused(error)) throw new ConcurrentWriteError(key, error);
    throw error;
  }
}

/** Waits for its turn of `waitsMs`; `fruitless` is how many answers in a row gave nothing. */
async function waitBeforeAskingAgain(fruitless: number): Promise<void> {
  const waitMs = waitsMs[fruitless];
  if (waitMs === undefined)
    throw new Error(`DynamoDB left every key unprocessed ${fruitless} times in a row`);
  await new Promise((resolve) => setTimeout(resolve, waitMs));
}

/**
 * Compresses a JSON value for an attribute of an item. Without handing it to another thread, which for what an item
 * can hold takes longer than the work itself.
 */
export function pack(value: unknown): Uint8Array {
  return gzipSync(JSON.stringify(value));
}

/** Reads the value packed into an item. Throws when it is not as its schema says. */
export function unpack<T>(item: unknown, schema: z.ZodType<T>): T {
  const { pk, sk, content } = storedSchema.parse(item);
  const parsed = schema.safeParse(JSON.parse(gunzipSync(content).toString('utf8')));
  if (!parsed.success)
    throw new Error(`The item ${pk} ${sk} is not as its schema says`, { cause: parsed.error });
  return parsed.data;
}
