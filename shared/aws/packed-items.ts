import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { BatchGetCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { requireEnvironment } from './environment.ts';

const tableName = requireEnvironment('TABLE_NAME');
const compress = promisify(gzip);
const decompress = promisify(gunzip);

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
  return Item === undefined ? undefined : await unpack(Item, schema);
}

/** Reads many packed items of one kind, in no particular order; missing ones are left out. */
export async function loadManyPacked<T>(
  documents: DynamoDBDocumentClient,
  keys: readonly ItemKey[],
  schema: z.ZodType<T>,
): Promise<T[]> {
  const found: T[] = [];
  for (let start = 0; start < keys.length; start += batchKeys) {
    let pending: Record<string, unknown>[] = keys.slice(start, start + batchKeys).map((key) => ({ ...key }));
    while (pending.length > 0) {
      const { Responses, UnprocessedKeys } = await documents.send(
        new BatchGetCommand({ RequestItems: { [tableName]: { Keys: pending, ConsistentRead: true } } }),
      );
      for (const item of Responses?.[tableName] ?? []) found.push(await unpack(item, schema));
      pending = UnprocessedKeys?.[tableName]?.Keys ?? [];
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
        Item: { ...key, version: value.version, content: await pack(value) },
        ...(value.version === 1
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : {
              ConditionExpression: 'version = :previous',
              ExpressionAttributeValues: { ':previous': value.version - 1 },
            }),
      }),
    );
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') {
      throw new ConcurrentWriteError(key, error);
    }
    throw error;
  }
}

/** Compresses a JSON value for an attribute of an item. */
export async function pack(value: unknown): Promise<Uint8Array> {
  return await compress(JSON.stringify(value));
}

/** Reads the value packed into an item. Throws when it is not as its schema says. */
export async function unpack<T>(item: unknown, schema: z.ZodType<T>): Promise<T> {
  const { pk, sk, content } = storedSchema.parse(item);
  const parsed = schema.safeParse(JSON.parse((await decompress(content)).toString('utf8')));
  if (!parsed.success)
    throw new Error(`The item ${pk} ${sk} is not as its schema says`, { cause: parsed.error });
  return parsed.data;
}
