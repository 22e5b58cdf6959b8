import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import {
  AthenaClient,
  type Datum,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  ListWorkGroupsCommand,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Athena, createAthena } from '../../../local/athena/athena.ts';
import { AwsError } from '../../../local/aws-service.ts';
import { createClock } from '../../../local/clock.ts';
import { type Gateway, startGateway } from '../../../local/gateway.ts';
import { listObjectFiles } from '../../../local/s3/object-files.ts';
import { createObjectStore, type ObjectStore } from '../../../local/s3/object-store.ts';
import type { CatalogTable, WorkgroupSettings } from '../../../local/template/athena.ts';
import { writeParquet } from '../../../shared/aws/parquet-file.ts';
import { tableOf } from '../../../shared/domain/tables.ts';

const now = '2022-07-01T01:00:00.000Z';
const clock = createClock(now);
const credentials = { accessKeyId: 'AKIA', secretAccessKey: 'secret' };
const workgroup: WorkgroupSettings = {
  name: 'tiendo',
  arn: 'arn:aws:athena:ap-southeast-1:000000000000:workgroup/tiendo',
  answers: { bucket: 'answers', prefix: 'results/' },
  maxBytesScanned: 1_000_000,
};
const tables: CatalogTable[] = [
  {
    database: 'tiendo',
    name: 'units',
    columns: [
      { name: 'unit_id', type: 'string' },
      { name: 'name', type: 'string' },
      { name: 'iso', type: 'string' },
    ],
    folder: { bucket: 'exports', prefix: 'units/' },
  },
  {
    database: 'tiendo',
    name: 'alerts',
    columns: [{ name: 'decided_at', type: 'timestamp' }],
    folder: { bucket: 'exports', prefix: 'alerts/' },
  },
  { database: 'tiendo', name: 'named_units', sql: 'select name from units' },
];
const unit = (unit_id: string, name: string) => ({
  unit_id,
  kind: 'province',
  name,
  name_en: name,
  iso: null,
  valid_from: null,
  valid_to: null,
});

let directory: string;
let database: DatabaseSync;
let objects: ObjectStore;
let athena: Athena;
let gateway: Gateway | undefined;
let client: AthenaClient;
/** What was asked of the caller's policies, and what they refuse. */
let asked: string[];
let refused: string | undefined;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'athena-'));
  database = new DatabaseSync(':memory:');
  objects = createObjectStore(directory);
  asked = [];
  refused = undefined;
  const content = writeParquet(tableOf('units'), [unit('74', 'Bình "Dương"'), unit('01', 'Hà Nội, thủ đô')]);
  const upload = await objects.receive(Readable.from([content]), content.length, () => new Error('too long'));
  objects.commit(upload, { bucket: 'exports', key: 'units/units.parquet', lastModified: now, headers: {} });
  await open();
});

afterEach(async () => {
  await athena.close();
  await gateway?.close();
  objects.close();
  database.close();
  rmSync(directory, { recursive: true });
});

async function open(settings: Partial<WorkgroupSettings> = {}): Promise<void> {
  await gateway?.close();
  athena = createAthena({
    database,
    clock,
    workgroups: [
      { ...workgroup, ...settings },
      { ...workgroup, name: 'other', arn: 'other' },
    ],
    tables,
    filesOf: (bucket) => listObjectFiles(directory, bucket) ?? [],
    objects,
  });
  const caller = { accessKeyId: credentials.accessKeyId, roleArn: 'role', tags: {} };
  gateway = await startGateway({
    services: [athena],
    identify: () => ({ ...credentials, caller }),
    authorize(_, action, resource) {
      asked.push(`${action} ${resource}`);
      if (action === refused) throw new AwsError(400, 'AccessDeniedException', `not authorized: ${action}`);
    },
    clock,
  });
  client = new AthenaClient({
    region: 'ap-southeast-1',
    endpoint: gateway.endpoint,
    credentials,
    systemClockOffset: clock.nowMs() - Date.now(),
    maxAttempts: 1,
  });
}

async function start(statement: string, WorkGroup = 'tiendo', by = statement): Promise<string> {
  const { QueryExecutionId = '' } = await client.send(
    new StartQueryExecutionCommand({
      QueryString: statement,
      ClientRequestToken: createHash('sha256').update(by).digest('hex'),
      QueryExecutionContext: { Database: 'tiendo' },
      WorkGroup,
    }),
  );
  return QueryExecutionId;
}

async function look(id: string) {
  const { QueryExecution } = await client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
  return QueryExecution;
}

/** Runs a statement to its end. */
async function run(statement: string) {
  const id = await start(statement);
  return await vi.waitUntil(
    async () => {
      const execution = await look(id);
      return ['QUEUED', 'RUNNING'].includes(execution?.Status?.State ?? '') ? undefined : execution;
    },
    { timeout: 30_000 },
  );
}

const page = (id: string | undefined, more: { MaxResults?: number; NextToken?: string } = {}) =>
  client.send(new GetQueryResultsCommand({ QueryExecutionId: id, ...more }));

const cells = (row: { Data?: Datum[] | undefined }) => row.Data?.map(({ VarCharValue }) => VarCharValue);

describe('the embedded Athena', () => {
  it('answers the names of the columns, then the rows, with null as nothing', async () => {
    const execution = await run('select unit_id, name, iso from units order by unit_id');
    expect(execution?.Status?.State).toBe('SUCCEEDED');
    const { ResultSet } = await page(execution?.QueryExecutionId);
    expect(ResultSet?.Rows?.map(cells)).toEqual([
      ['unit_id', 'name', 'iso'],
      ['01', 'Hà Nội, thủ đô', undefined],
      ['74', 'Bình "Dương"', undefined],
    ]);
  });

  it('writes values and types as Athena does', async () => {
    const execution = await run(
      `select cast(5 as double) as whole, cast(98.7 as double) as share, cast(1e7 as double) as large,
       cast(1.5 as decimal(28,12)) as exact, count(*) as n, date '2022-06-30' as d,
       timestamp '2022-06-30 10:00:00' as t, true as b, '' as nothing from units`,
    );
    const { ResultSet } = await page(execution?.QueryExecutionId);
    expect(ResultSet?.Rows?.map(cells)[1]).toEqual([
      '5.0',
      '98.7',
      '1.0E7',
      '1.500000000000',
      '2',
      '2022-06-30',
      '2022-06-30 10:00:00.000',
      'true',
      '',
    ]);
    expect(ResultSet?.ResultSetMetadata?.ColumnInfo?.map(({ Name, Type }) => `${Name} ${Type}`)).toEqual([
      'whole double',
      'share double',
      'large double',
      'exact decimal',
      'n bigint',
      'd date',
      't timestamp',
      'b boolean',
      'nothing varchar',
    ]);
  });

  it('leaves the answer as CSV where the workgroup has it', async () => {
    const execution = await run('select name, iso from units order by name');
    const location = execution?.ResultConfiguration?.OutputLocation ?? '';
    expect(location).toBe(`s3://answers/results/${execution?.QueryExecutionId}.csv`);
    const object = objects.find('answers', location.replace('s3://answers/', ''));
    if (!object) throw new Error('there is no answer');
    expect(await text(objects.read(object, 0, object.size))).toBe(
      '"name","iso"\n"Bình ""Dương""",\n"Hà Nội, thủ đô",\n',
    );
  });

  it('tells when it ran, over how much, and what', async () => {
    const execution = await run('select name from named_units');
    expect(execution).toMatchObject({
      Query: 'select name from named_units',
      WorkGroup: 'tiendo',
      Status: { SubmissionDateTime: new Date(now), CompletionDateTime: new Date(now) },
    });
    const bytes = objects.find('exports', 'units/units.parquet')?.size;
    expect(bytes).toBeGreaterThan(0);
    expect(execution?.Statistics?.DataScannedInBytes).toBe(bytes);
  });

  it('answers page by page, the names on the first alone', async () => {
    const execution = await run('select unit_id from units order by unit_id');
    const seen: unknown[] = [];
    let NextToken: string | undefined;
    do {
      const answer = await page(execution?.QueryExecutionId, {
        MaxResults: 2,
        ...(NextToken && { NextToken }),
      });
      seen.push(answer.ResultSet?.Rows?.map(cells));
      NextToken = answer.NextToken;
    } while (NextToken !== undefined);
    expect(seen).toEqual([[['unit_id'], ['01']], [['74']]]);
  });

  it('asks the caller’s policies for all that is read and written', async () => {
    await run('select name from named_units');
    expect([...new Set(asked)]).toEqual(
      expect.arrayContaining([
        `athena:StartQueryExecution ${workgroup.arn}`,
        'glue:GetTable arn:aws:glue:ap-southeast-1:000000000000:table/tiendo/named_units',
        'glue:GetTable arn:aws:glue:ap-southeast-1:000000000000:table/tiendo/units',
        's3:ListBucket arn:aws:s3:::exports',
        's3:GetObject arn:aws:s3:::exports/units/units.parquet',
        's3:GetBucketLocation arn:aws:s3:::answers',
      ]),
    );
    expect(asked.some((one) => one.startsWith('s3:PutObject arn:aws:s3:::answers/results/'))).toBe(true);
    expect(asked.some((one) => one.includes('alerts'))).toBe(false);
  });

  it.each(['glue:GetDatabase', 'glue:GetTable', 's3:ListBucket', 's3:GetObject', 's3:PutObject'])(
    'fails, saying so, when %s is not allowed',
    async (action) => {
      refused = action;
      const execution = await run('select name from units');
      expect(execution?.Status).toMatchObject({
        State: 'FAILED',
        StateChangeReason: `not authorized: ${action}`,
      });
    },
  );

  it.each(['StartQueryExecution', 'GetQueryExecution', 'GetQueryResults'])(
    'refuses %s to who may not',
    async (action) => {
      const id = (await run('select name from units'))?.QueryExecutionId ?? '';
      refused = `athena:${action}`;
      const calls = { StartQueryExecution: () => start('select 2'), GetQueryExecution: () => look(id) };
      const call = Object.entries(calls).find(([name]) => name === action)?.[1] ?? (() => page(id));
      await expect(call()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    },
  );

  it.each([
    ['select nothing from units', /nothing/],
    ['select 1; select 2', /one SELECT/],
    ["copy units to '/tmp/units.csv'", /one SELECT/],
    ["select interval '1' day", /has no type/],
  ])('fails %j with the reason', async (statement, reason) => {
    const execution = await run(statement);
    expect(execution?.Status?.State).toBe('FAILED');
    expect(execution?.Status?.StateChangeReason).toMatch(reason);
    await expect(page(execution?.QueryExecutionId)).rejects.toMatchObject({
      name: 'InvalidRequestException',
    });
  });

  it('stops a query that would read more than the workgroup allows', async () => {
    const size = objects.find('exports', 'units/units.parquet')?.size ?? 0;
    await open({ maxBytesScanned: size });
    expect((await run('select 1 as one from units'))?.Status?.State).toBe('SUCCEEDED');
    await open({ maxBytesScanned: size - 1 });
    expect((await run('select 2 as two from units'))?.Status).toMatchObject({ State: 'CANCELLED' });
  });

  it('runs what is asked again with the same token once, and takes no other statement with it', async () => {
    const id = await start('select 1 as one', 'tiendo', 'a');
    expect(await start('select 1 as one', 'tiendo', 'a')).toBe(id);
    expect(await start('select 1 as one', 'other', 'a')).not.toBe(id);
    await expect(start('select 2 as two', 'tiendo', 'a')).rejects.toThrow('Idempotent parameters');
  });

  it('knows what ran before a restart, and that what was running has failed', async () => {
    const done = (await run('select name from units'))?.QueryExecutionId ?? '';
    const cutOff = await start('select iso from units');
    await athena.close();
    database.prepare("UPDATE athena_executions SET state = 'RUNNING' WHERE id = ?").run(cutOff);
    await open();
    expect((await look(done))?.Status?.State).toBe('SUCCEEDED');
    expect((await look(cutOff))?.Status?.State).toBe('FAILED');
  });

  it('has none of an unknown id or workgroup', async () => {
    await expect(look('5f1d3c1e-7d7e-4a4f-9b8e-1c2d3e4f5a6b')).rejects.toThrow('was not found');
    await expect(start('select 1', 'primary')).rejects.toThrow('WorkGroup primary is not found');
  });

  it('refuses what it does not know', async () => {
    const id = await start('select 1 as one');
    const commands = [
      () => client.send(new ListWorkGroupsCommand({})),
      () => client.send(new StopQueryExecutionCommand({ QueryExecutionId: id })),
    ];
    for (const send of commands) {
      await expect(send()).rejects.toMatchObject({ name: 'UnknownOperationException' });
    }
    const unknown = new GetQueryResultsCommand({ QueryExecutionId: id, QueryResultType: 'DATA_MANIFEST' });
    await expect(client.send(unknown)).rejects.toMatchObject({ name: 'InvalidRequestException' });
  });
});
