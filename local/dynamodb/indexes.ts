import * as z from 'zod';
import type { KeySettings, TableSettings } from '../template/stores.ts';
import type { RunAction } from './dynalite.ts';

/** An item as DynamoDB writes it: `{ pk: { S: '74#HEAD' } }`. */
export type StoredItem = Record<string, unknown>;

const pageSchema = z.object({
  Items: z.array(z.record(z.string(), z.unknown())),
  LastEvaluatedKey: z.unknown().optional(),
});

/** Every item of a table, or every entry of one of its indexes. */
export async function scanAll(run: RunAction, tableName: string, indexName?: string): Promise<StoredItem[]> {
  const items: StoredItem[] = [];
  let start: unknown;
  do {
    const response = await run('Scan', {
      TableName: tableName,
      ...(indexName === undefined ? {} : { IndexName: indexName }),
      ...(start ? { ExclusiveStartKey: start } : {}),
    });
    if (response.status !== 200)
      throw new Error(`Table ${tableName} cannot be read: ${String(response.body)}`);
    const page = pageSchema.parse(JSON.parse(String(response.body)));
    items.push(...page.Items);
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
}

/**
 * Makes the indexes of a table agree with its items. dynalite writes an index entry and its item one after the
 * other, so a process killed between the two leaves an entry without item or an item without entry. Returns how
 * many entries were wrong.
 */
export async function repairIndexes(table: TableSettings, run: RunAction): Promise<number> {
  if (table.indexes.length === 0) return 0;
  const items = await scanAll(run, table.name);
  const byKey = new Map(items.map((item) => [textOf(pick(item, table.key)), item]));
  let repaired = 0;
  for (const { name, key } of table.indexes) {
    const identify = (item: StoredItem) => textOf({ ...pick(item, table.key), ...pick(item, key) });
    const indexed = items.filter((item) => partsOf(key).every((part) => part in item));
    const wanted = new Map(indexed.map((item) => [identify(item), item]));
    const found = new Map((await scanAll(run, table.name, name)).map((entry) => [identify(entry), entry]));
    for (const [id, entry] of found) {
      if (wanted.has(id)) continue;
      repaired += 1;
      // Taking the entry's key on and off again makes dynalite drop the entry.
      const item = byKey.get(textOf(pick(entry, table.key)));
      await setKey(table, run, pick(entry, table.key), key, entry);
      if (item) await setKey(table, run, pick(item, table.key), key, item);
      else await run('DeleteItem', { TableName: table.name, Key: pick(entry, table.key) });
    }
    for (const [id, item] of wanted) {
      if (found.has(id)) continue;
      repaired += 1;
      await setKey(table, run, pick(item, table.key), key, item);
    }
  }
  return repaired;
}

/** Gives an item the index key another has, attribute by attribute; what the other lacks is removed. */
async function setKey(
  table: TableSettings,
  run: RunAction,
  itemKey: StoredItem,
  key: KeySettings,
  values: StoredItem,
): Promise<void> {
  const parts = partsOf(key).map((part, n) => ({ name: `#k${n}`, value: `:v${n}`, part }));
  const set = parts.filter(({ part }) => part in values);
  const removed = parts.filter(({ part }) => !(part in values));
  const response = await run('UpdateItem', {
    TableName: table.name,
    Key: itemKey,
    UpdateExpression: [
      ...(set.length > 0 ? [`SET ${set.map(({ name, value }) => `${name} = ${value}`).join(', ')}`] : []),
      ...(removed.length > 0 ? [`REMOVE ${removed.map(({ name }) => name).join(', ')}`] : []),
    ].join(' '),
    ExpressionAttributeNames: Object.fromEntries(parts.map(({ name, part }) => [name, part])),
    ...(set.length > 0
      ? { ExpressionAttributeValues: Object.fromEntries(set.map(({ value, part }) => [value, values[part]])) }
      : {}),
  });
  if (response.status !== 200) throw new Error(`An index cannot be repaired: ${String(response.body)}`);
}

function partsOf({ hash, range }: KeySettings): string[] {
  return range === undefined ? [hash] : [hash, range];
}

function pick(item: StoredItem, key: KeySettings): StoredItem {
  return Object.fromEntries(partsOf(key).map((part) => [part, item[part]]));
}

function textOf(item: StoredItem): string {
  return JSON.stringify(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
}
