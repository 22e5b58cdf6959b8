import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AwsCall, AwsError } from '../../../local/aws-service.ts';
import { createDynamoDb, type DynamoDb } from '../../../local/dynamodb/dynamodb.ts';
import type { TableSettings } from '../../../local/template/stores.ts';

const table: TableSettings = {
  name: 'Table',
  arn: 'arn:aws:dynamodb:ap-southeast-1:000000000000:table/Table',
  attributes: [
    { name: 'pk', type: 'S' },
    { name: 'sk', type: 'S' },
    { name: 'openPk', type: 'S' },
  ],
  key: { hash: 'pk', range: 'sk' },
  indexes: [{ name: 'open', key: { hash: 'openPk' }, projection: { type: 'ALL', attributes: [] } }],
};

let directory: string;
let dynamoDb: DynamoDb | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'dynamodb-'));
});
afterEach(async () => {
  await dynamoDb?.close();
  dynamoDb = undefined;
  rmSync(directory, { recursive: true });
});

async function open(settings: TableSettings = table): Promise<DynamoDb> {
  await dynamoDb?.close();
  dynamoDb = await createDynamoDb({ directory, tables: [settings] });
  return dynamoDb;
}

async function call(action: string, body: unknown, authorize: AwsCall['authorize'] = () => {}) {
  if (!dynamoDb) throw new Error('not open');
  const response = await dynamoDb.handle({
    service: 'dynamodb',
    method: 'POST',
    path: '/',
    query: new URLSearchParams(),
    headers: { 'x-amz-target': `DynamoDB_20120810.${action}` },
    body: Readable.from([Buffer.from(JSON.stringify(body))]),
    signedHeaders: [],
    caller: { accessKeyId: 'A', roleArn: 'R', tags: {} },
    authorize,
  });
  return { status: response.status, body: JSON.parse(String(response.body)) };
}

interface Level {
  iterator(): AsyncIterable<[string, unknown]>;
  put(key: string, value: unknown): Promise<void>;
  del(key: string): Promise<void>;
  close(): Promise<void>;
}

/** The files of dynalite, opened by the library it uses itself. */
function openLevel(path: string): Level {
  const ownRequire = createRequire(createRequire(import.meta.url).resolve('dynalite'));
  return new (ownRequire('level').Level)(path, { valueEncoding: 'json' });
}

const item = (pk: string, sk: string, more = {}) => ({ pk: { S: pk }, sk: { S: sk }, ...more });

describe('the embedded DynamoDB', () => {
  it('keeps items and index entries over a restart', async () => {
    await open();
    await call('PutItem', { TableName: 'Table', Item: item('74#A', '1', { openPk: { S: '74#OPEN' } }) });
    await call('PutItem', { TableName: 'Table', Item: item('74#A', '2') });
    await open();
    const query = await call('Query', {
      TableName: 'Table',
      IndexName: 'open',
      KeyConditionExpression: 'openPk = :p',
      ExpressionAttributeValues: { ':p': { S: '74#OPEN' } },
    });
    expect(query.body.Items).toEqual([item('74#A', '1', { openPk: { S: '74#OPEN' } })]);
    expect(await dynamoDb?.items('Table')).toHaveLength(2);
  });

  it('repairs, when it is opened, an index that a killed process left behind its items', async () => {
    await open();
    const opened = (sk: string) => item('74#A', sk, { openPk: { S: '74#OPEN' } });
    for (const sk of ['lost entry', 'lost item', 'closed', 'fine']) {
      await call('PutItem', { TableName: 'Table', Item: opened(sk) });
    }
    await dynamoDb?.close();
    dynamoDb = undefined;
    const level = openLevel(directory);
    for await (const [key, value] of level.iterator()) {
      const isEntry = key.startsWith('index-');
      const { sk = {} } = Object(value);
      if (isEntry && sk.S === 'lost entry') await level.del(key);
      if (key.startsWith('item-') && sk.S === 'lost item') await level.del(key);
      if (key.startsWith('item-') && sk.S === 'closed')
        await level.put(key, item('74#A', 'closed', { n: { N: '1' } }));
    }
    await level.close();
    const reopened = await open();
    const { body } = await call('Scan', { TableName: 'Table', IndexName: 'open' });
    expect(body.Items.map((entry: { sk: { S: string } }) => entry.sk.S).sort()).toEqual([
      'fine',
      'lost entry',
    ]);
    expect(await reopened.items('Table')).toEqual([
      item('74#A', 'closed', { n: { N: '1' } }),
      opened('fine'),
      opened('lost entry'),
    ]);
  });

  it('keeps no old versions of items for the sake of queries that are over', async () => {
    await open();
    const key = { pk: { S: '74#A' }, sk: { S: 'often written' } };
    for (let version = 1; version <= 3000; version += 1) {
      const content = { S: randomBytes(6000).toString('base64') };
      await call('PutItem', { TableName: 'Table', Item: { ...key, content } });
      if (version % 5 > 0) continue;
      await call('Query', {
        TableName: 'Table',
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: '74#A' } },
      });
    }
    // 24 MB were written, of which at most what was not compacted yet is left.
    const sizes = readdirSync(directory).map((name) => statSync(join(directory, name)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(12e6);
  });

  it('refuses a conditional write as DynamoDB does', async () => {
    await open();
    const put = () =>
      call('PutItem', {
        TableName: 'Table',
        Item: item('a', 'b'),
        ConditionExpression: 'attribute_not_exists(pk)',
      });
    expect((await put()).status).toBe(200);
    const second = await put();
    expect(second.status).toBe(400);
    expect(second.body.__type).toContain('ConditionalCheckFailedException');
  });

  it('asks the policies before it does anything', async () => {
    await open();
    const asked: unknown[] = [];
    const deny: AwsCall['authorize'] = (...args) => {
      asked.push(args);
      throw new AwsError(403, 'AccessDeniedException', 'no');
    };
    await expect(call('PutItem', { TableName: 'Table', Item: item('74#A', '1') }, deny)).rejects.toThrow(
      'no',
    );
    expect(asked).toEqual([['dynamodb:PutItem', table.arn, { 'dynamodb:LeadingKeys': ['74#A'] }]]);
    expect(await dynamoDb?.items('Table')).toEqual([]);
  });

  it.each([
    ['TransactWriteItems', { TransactItems: [] }],
    ['CreateTable', { TableName: 'U' }],
    ['PutItem', { TableName: 'Table', Item: item('a', 'b'), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }],
  ])('refuses loudly what it cannot do: %s', async (action, body) => {
    await open();
    await expect(call(action, body)).rejects.toMatchObject({ status: 501, code: 'NotImplemented' });
  });

  it('says that a table is not there', async () => {
    await open();
    const missing = call('GetItem', { TableName: 'U', Key: item('a', 'b') });
    await expect(missing).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });

  it('does not open data that was written under another key schema', async () => {
    await open();
    await expect(open({ ...table, key: { hash: 'pk' }, indexes: [] })).rejects.toThrow(
      'another --data directory',
    );
  });
});
