import * as z from 'zod';
import type { AwsResponse } from '../aws-service.ts';
import type { KeySettings, TableSettings } from '../template/stores.ts';
import type { RunAction } from './dynalite.ts';

/**
 * Makes a table as the template has it, unless it is there already; `true` when it was. Throws when it was made
 * with other keys: it would be read wrongly.
 */
export async function openTable(table: TableSettings, run: RunAction): Promise<boolean> {
  const described = await run('DescribeTable', { TableName: table.name });
  if (described.status === 200) {
    checkUnchanged(table, described);
    return true;
  }
  await createTable(table, run);
  return false;
}

async function createTable(table: TableSettings, run: RunAction): Promise<void> {
  const created = await run('CreateTable', {
    TableName: table.name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: table.attributes.map(({ name, type }) => ({
      AttributeName: name,
      AttributeType: type,
    })),
    KeySchema: schemaOf(table.key),
    ...(table.indexes.length > 0
      ? {
          GlobalSecondaryIndexes: table.indexes.map(({ name, key, projection }) => ({
            IndexName: name,
            KeySchema: schemaOf(key),
            Projection: {
              ProjectionType: projection.type,
              ...(projection.attributes.length > 0 ? { NonKeyAttributes: projection.attributes } : {}),
            },
          })),
        }
      : {}),
  });
  if (created.status !== 200) throw new Error(`Table ${table.name} cannot be made: ${String(created.body)}`);
  for (;;) {
    const described = await run('DescribeTable', { TableName: table.name });
    if (String(described.body).includes('"TableStatus":"ACTIVE"')) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** A data directory made by another version of the template would be read wrongly: stop instead. */
function checkUnchanged(table: TableSettings, described: AwsResponse): void {
  const elements = z.array(z.object({ AttributeName: z.string(), KeyType: z.string() }));
  const { Table } = z
    .object({
      Table: z.object({
        KeySchema: elements,
        GlobalSecondaryIndexes: z.array(z.object({ IndexName: z.string(), KeySchema: elements })).default([]),
      }),
    })
    .parse(JSON.parse(String(described.body)));
  const stored = [
    Table.KeySchema,
    ...Table.GlobalSecondaryIndexes.sort(byName).map(({ IndexName, KeySchema }) => [IndexName, KeySchema]),
  ];
  const wanted = [
    schemaOf(table.key),
    ...table.indexes
      .map(({ name, key }) => ({ IndexName: name, KeySchema: schemaOf(key) }))
      .sort(byName)
      .map(({ IndexName, KeySchema }) => [IndexName, KeySchema]),
  ];
  if (JSON.stringify(stored) !== JSON.stringify(wanted)) {
    throw new Error(
      `The data directory has table ${table.name} with other keys than the template: start with another --data directory`,
    );
  }
}

function byName(a: { IndexName: string }, b: { IndexName: string }): number {
  return a.IndexName < b.IndexName ? -1 : 1;
}

function schemaOf({ hash, range }: KeySettings) {
  return [
    { AttributeName: hash, KeyType: 'HASH' },
    ...(range === undefined ? [] : [{ AttributeName: range, KeyType: 'RANGE' }]),
  ];
}
