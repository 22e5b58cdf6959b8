import * as z from 'zod';
import type { TableSettings } from '../template/stores.ts';

/** What a DynamoDB call needs to be allowed: one action on each of some resources. */
export interface Access {
  action: string;
  resource: string;
  context: Readonly<Record<string, readonly string[]>>;
}

const valueSchema = z.record(z.string(), z.unknown());
const itemSchema = z.record(z.string(), valueSchema);
type Item = z.infer<typeof itemSchema>;

const namesSchema = z.record(z.string(), z.string()).default({});
const singleSchema = z.object({
  TableName: z.string(),
  Key: itemSchema.optional(),
  Item: itemSchema.optional(),
});
const querySchema = z.object({
  TableName: z.string(),
  IndexName: z.string().optional(),
  KeyConditionExpression: z.string().optional(),
  ExpressionAttributeNames: namesSchema,
  ExpressionAttributeValues: itemSchema.default({}),
});
const batchGetSchema = z.object({
  RequestItems: z.record(z.string(), z.object({ Keys: z.array(itemSchema) })),
});
const batchWriteSchema = z.object({
  RequestItems: z.record(
    z.string(),
    z.array(
      z.object({
        PutRequest: z.object({ Item: itemSchema }).optional(),
        DeleteRequest: z.object({ Key: itemSchema }).optional(),
      }),
    ),
  ),
});

/**
 * What a call of an action (`PutItem`) with this body must be allowed: the table's ARN, or the index's, with
 * `dynamodb:LeadingKeys`, the partition keys the call names. A Scan names none, nor does a Query whose condition
 * does not fix the partition key. `undefined` for a table that does not exist.
 */
export function accessOf(
  action: string,
  body: unknown,
  findTable: (name: string) => TableSettings | undefined,
): Access[] | undefined {
  const iamAction = `dynamodb:${action}`;
  const access = (name: string, keys: readonly string[]): Access[] | undefined => {
    const table = findTable(name);
    return table && [{ action: iamAction, resource: table.arn, context: leadingKeys(keys) }];
  };
  const keysOf = (name: string, items: readonly (Item | undefined)[]) => {
    const hash = findTable(name)?.key.hash ?? '';
    return items.flatMap((item) => textOf(item?.[hash]) ?? []);
  };
  switch (action) {
    case 'BatchGetItem':
      return all(
        Object.entries(batchGetSchema.parse(body).RequestItems).map(([name, { Keys }]) =>
          access(name, keysOf(name, Keys)),
        ),
      );
    case 'BatchWriteItem':
      return all(
        Object.entries(batchWriteSchema.parse(body).RequestItems).map(([name, requests]) =>
          access(
            name,
            keysOf(
              name,
              requests.map(({ PutRequest, DeleteRequest }) => PutRequest?.Item ?? DeleteRequest?.Key),
            ),
          ),
        ),
      );
    case 'Query':
    case 'Scan': {
      const query = querySchema.parse(body);
      const table = findTable(query.TableName);
      const index = table?.indexes.find(({ name }) => name === query.IndexName);
      if (!table || (query.IndexName !== undefined && !index)) return undefined;
      const key = fixedKey(query, (index ?? table).key.hash);
      return [
        {
          action: iamAction,
          resource: index ? `${table.arn}/index/${index.name}` : table.arn,
          context: leadingKeys(action === 'Query' && key !== undefined ? [key] : []),
        },
      ];
    }
    default: {
      const { TableName, Key, Item } = singleSchema.parse(body);
      return access(TableName, keysOf(TableName, [Key ?? Item]));
    }
  }
}

/** The value a key condition compares the partition key with: `#pk = :pk AND begins_with(sk, :sk)`. */
function fixedKey(query: z.infer<typeof querySchema>, hash: string): string | undefined {
  for (const match of (query.KeyConditionExpression ?? '').matchAll(/([#\w.-]+)\s*=\s*(:\w+)/g)) {
    const [, path = '', value = ''] = match;
    const name = path.startsWith('#') ? query.ExpressionAttributeNames[path] : path;
    if (name === hash) return textOf(query.ExpressionAttributeValues[value]);
  }
  return undefined;
}

/** The text of a key attribute: `{ S: '74#HEAD' }` → `74#HEAD`. */
function textOf(value: Record<string, unknown> | undefined): string | undefined {
  const text = value?.S ?? value?.N ?? value?.B;
  return typeof text === 'string' ? text : undefined;
}

function leadingKeys(keys: readonly string[]): Access['context'] {
  return keys.length > 0 ? { 'dynamodb:LeadingKeys': [...new Set(keys)] } : {};
}

function all(parts: readonly (Access[] | undefined)[]): Access[] | undefined {
  return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
}
