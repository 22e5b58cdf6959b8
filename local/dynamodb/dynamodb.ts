import { mkdirSync } from 'node:fs';
import { type AwsCall, AwsError, type AwsResponse, type AwsService, readBody } from '../aws-service.ts';
import type { KeySettings, TableSettings } from '../template/stores.ts';
import { accessOf } from './access.ts';
import { openDynalite } from './dynalite.ts';
import { repairIndexes, type StoredItem, scanAll } from './indexes.ts';
import { openTable } from './tables.ts';

/** The actions dynalite has; any other is refused loudly. */
const actions = [
  'BatchGetItem',
  'BatchWriteItem',
  'DeleteItem',
  'DescribeTable',
  'GetItem',
  'PutItem',
  'Query',
  'Scan',
  'UpdateItem',
] as const;

export interface DynamoDb extends AwsService {
  /** Every item of a table as stored, in key order: `[{ pk: { S: '74#HEAD' }, … }]`. For inspection and tests. */
  items(tableName: string): Promise<StoredItem[]>;
  close(): Promise<void>;
}

/**
 * The embedded DynamoDB: dynalite with its data on disk, tables as the template has them. Each call is checked
 * against the caller's policies first, with the table's or index's ARN and the leading keys it names. Actions and
 * parameters that dynalite lacks are refused with 501 NotImplemented instead of being ignored.
 */
export async function createDynamoDb(settings: {
  /** Where LevelDB keeps the tables; left out, in memory. */
  directory?: string;
  tables: readonly TableSettings[];
}): Promise<DynamoDb> {
  const { directory } = settings;
  if (directory !== undefined) mkdirSync(directory, { recursive: true });
  const { run, close } = await openDynalite(directory);
  const tables = new Map(settings.tables.map((table) => [table.name, table]));

  async function handle(call: AwsCall): Promise<AwsResponse> {
    const target = String(call.headers['x-amz-target'] ?? '');
    const name = actions.find((action) => target === `DynamoDB_20120810.${action}`);
    if (!name) throw new AwsError(501, 'NotImplemented', `The embedded DynamoDB does not know ${target}`);
    const body: unknown = JSON.parse((await readBody(call.body)).toString('utf8') || '{}');
    const accesses = accessOf(name, body, (table) => tables.get(table));
    for (const { action, resource, context } of accesses ?? []) call.authorize(action, resource, context);
    if (!accesses) throw new AwsError(400, 'ResourceNotFoundException', 'Requested resource not found');
    return run(name, body);
  }

  for (const table of settings.tables) {
    if (await openTable(table, run)) await repairIndexes(table, run);
  }
  return {
    name: 'dynamodb',
    protocol: 'json',
    handle,
    async items(tableName) {
      const items = await scanAll(run, tableName);
      const { key } = tables.get(tableName) ?? { key: { hash: '' } };
      return items.sort((a, b) => (sortText(a, key) < sortText(b, key) ? -1 : 1));
    },
    close,
  };
}

function sortText(item: StoredItem, { hash, range }: KeySettings): string {
  return JSON.stringify([item[hash], range === undefined ? null : item[range]]);
}
