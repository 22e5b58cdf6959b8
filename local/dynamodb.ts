import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as z from 'zod';
import {
  type AwsCall,
  AwsError,
  type AwsResponse,
  type AwsService,
  accountId,
  readBody,
  region,
} from './aws-service.ts';
import { accessOf } from './dynamodb-access.ts';
import { type RunAction, repairIndexes, type StoredItem, scanAll } from './dynamodb-indexes.ts';
import type { KeySettings, TableSettings } from './template-stores.ts';

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

/** The parts of dynalite that take a request, below its own HTTP server, which has no way to close unopened. */
interface DynaliteStore {
  tableDb: { awsAccountId: string; awsRegion: string };
  db: { open(): Promise<void>; close(): Promise<void> };
}
type Done = (error: unknown, result?: unknown) => void;
type Action = (store: DynaliteStore, body: unknown, done: Done) => void;
interface ActionRules {
  types: Record<string, unknown>;
  custom?: unknown;
}
interface Dynalite {
  create(options: Record<string, unknown>): DynaliteStore;
  checkTypes(body: unknown, types: unknown): unknown;
  checkValidations(body: unknown, types: unknown, custom: unknown, store: DynaliteStore): void;
  action(name: string): { run: Action; rules: ActionRules };
}

const errorSchema = z.object({ statusCode: z.number(), body: z.record(z.string(), z.unknown()) });

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
  const dynalite = loadDynalite();
  const { directory } = settings;
  if (directory !== undefined) mkdirSync(directory, { recursive: true });
  const store = dynalite.create({
    createTableMs: 0,
    ...(directory === undefined ? {} : { path: directory }),
  });
  store.tableDb.awsAccountId = accountId;
  store.tableDb.awsRegion = region;
  const tables = new Map(settings.tables.map((table) => [table.name, table]));

  function run(name: string, body: unknown): Promise<AwsResponse> {
    const { run, rules } = dynalite.action(name);
    return new Promise((resolve, reject) => {
      const done: Done = (error, result) => {
        const known = errorSchema.safeParse(error);
        if (!error) resolve(json(200, result));
        else if (known.success) resolve(json(known.data.statusCode, known.data.body));
        else reject(error);
      };
      try {
        refuseUnknown(name, body, rules);
        const typed = dynalite.checkTypes(body, rules.types);
        dynalite.checkValidations(typed, rules.types, rules.custom, store);
        run(store, typed, done);
      } catch (error) {
        done(error);
      }
    });
  }

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
    const described = await run('DescribeTable', { TableName: table.name });
    if (described.status === 200) {
      checkUnchanged(table, described);
      await repairIndexes(table, run);
    } else {
      await createTable(table, run);
    }
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
    close: () => store.db.close(),
  };
}

function sortText(item: StoredItem, { hash, range }: KeySettings): string {
  return JSON.stringify([item[hash], range === undefined ? null : item[range]]);
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

/** dynalite drops parameters it does not know; a call that relies on one must not seem to work. */
function refuseUnknown(name: string, body: unknown, { types }: ActionRules): void {
  const unknown = Object.keys(z.record(z.string(), z.unknown()).parse(body)).filter((key) => !(key in types));
  if (unknown.length > 0) {
    throw new AwsError(
      501,
      'NotImplemented',
      `The embedded DynamoDB does not know ${unknown.join(', ')} of ${name}`,
    );
  }
}

function json(status: number, body: unknown): AwsResponse {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify(body) };
}

function loadDynalite(): Dynalite {
  const require = createRequire(import.meta.url);
  const store: Pick<Dynalite, 'create'> = require('dynalite/db');
  const rules: Pick<Dynalite, 'checkTypes' | 'checkValidations'> = require('dynalite/validations');
  return {
    create: (options) => store.create(options),
    checkTypes: (body, types) => rules.checkTypes(body, types),
    checkValidations: (body, types, custom, of) => rules.checkValidations(body, types, custom, of),
    action(name) {
      const file = `${name[0]?.toLowerCase()}${name.slice(1)}`;
      return { run: require(`dynalite/actions/${file}`), rules: require(`dynalite/validations/${file}`) };
    },
  };
}
