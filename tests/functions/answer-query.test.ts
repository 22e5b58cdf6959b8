import { Readable } from 'node:stream';
import {
  AthenaClient,
  AthenaServiceException,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  type QueryExecution,
  StartQueryExecutionCommand,
  TooManyRequestsException,
} from '@aws-sdk/client-athena';
import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../functions/answer-query.ts';
import { metrics } from '../../shared/aws/telemetry.ts';
import { queryListAnswer } from '../../shared/domain/query-answers.ts';
import { context, httpRequest } from './events.ts';

const athena = mockClient(AthenaClient);
const objects = mockClient(S3Client);
const id = '5f1d3c1e-7d7e-4a4f-9b8e-1c2d3e4f5a6b';
const statement = '-- tiendo: overdue-by-body\nselect 1';
const key = `results/${id}.csv`;

beforeEach(() => {
  athena.reset();
  objects.reset();
  athena.on(StartQueryExecutionCommand).resolves({ QueryExecutionId: id });
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2022-07-01T01:00:30.000Z') });
  return () => vi.useRealTimers();
});

async function call(routeKey: string, path: Record<string, string>, body?: unknown, groups = '[analyst]') {
  const answer = await handler(httpRequest(routeKey, groups, { path, body }), context);
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? '') };
}
const start = (body: unknown = {}, name = 'overdue-by-body') => call('POST /queries/{name}', { name }, body);
const look = () => call('GET /queries/executions/{id}', { id });

const tokens = () =>
  athena.commandCalls(StartQueryExecutionCommand).map(({ args: [{ input }] }) => input.ClientRequestToken);

/** What Athena tells of the execution. */
function tell(status: QueryExecution['Status'], more: Partial<QueryExecution> = {}): void {
  athena.on(GetQueryExecutionCommand).resolves({
    QueryExecution: {
      QueryExecutionId: id,
      Query: statement,
      WorkGroup: 'tiendo',
      Status: { SubmissionDateTime: new Date('2022-07-01T01:00:00.000Z'), ...status },
      ...more,
    },
  });
}

/** An answer of Athena, as it lies in S3; `bytes` is how large the whole file is. */
function answered(csv: string, bytes = csv.length): void {
  tell(
    { State: 'SUCCEEDED', CompletionDateTime: new Date('2022-07-01T01:00:02.500Z') },
    {
      ResultConfiguration: { OutputLocation: `s3://answers/${key}` },
      Statistics: { DataScannedInBytes: 12_345 },
    },
  );
  athena.on(GetQueryResultsCommand).resolves({
    ResultSet: {
      ResultSetMetadata: {
        ColumnInfo: [
          { Name: 'body', Type: 'varchar' },
          { Name: 'overdue', Type: 'bigint' },
        ],
      },
    },
  });
  objects.on(GetObjectCommand).callsFake(async () => ({
    Body: Object.assign(Readable.from([csv]), { transformToString: async () => csv }),
    ContentRange: `bytes 0-${csv.length - 1}/${bytes}`,
  }));
  objects.on(PutObjectCommand).resolves({});
}

describe('GET /queries', () => {
  it('tells of every named query, with the statement its parameters are put in', async () => {
    const { status, body } = await call('GET /queries', {});
    expect(status).toBe(200);
    expect(queryListAnswer.parse(body)).toEqual(body);
    const knownOn = queryListAnswer.parse(body).queries.find(({ name }) => name === 'known-on');
    expect(knownOn).toMatchObject({
      parameters: [{ name: 'day', kind: 'day', default: '9999-12-31' }, {}, {}],
    });
    expect(knownOn?.sql).toContain(`date '\${day}'`);
  });
});

describe('POST /queries/{name}', () => {
  it('starts it in our workgroup and database, and answers what runs', async () => {
    const { status, body } = await start({ parameters: { day: '2022-06-30' } });
    expect(status).toBe(202);
    expect(body).toMatchObject({ id, query: 'overdue-by-body' });
    expect(body.statement).toContain("date '2022-06-30'");
    const [started] = athena.commandCalls(StartQueryExecutionCommand);
    expect(started?.args[0].input).toEqual({
      QueryString: body.statement,
      ClientRequestToken: expect.stringMatching(/^[0-9a-f]{64}$/),
      QueryExecutionContext: { Database: 'tiendo' },
      WorkGroup: 'tiendo',
    });
  });

  it('is the same request within a minute, and another one in the next', async () => {
    await start();
    vi.setSystemTime('2022-07-01T01:00:59.999Z');
    await start();
    vi.setSystemTime('2022-07-01T01:01:00.000Z');
    await start();
    const [first, again, later] = tokens();
    expect(again).toBe(first);
    expect(later).not.toBe(first);
  });

  it('is the same request for as long as the caller says so', async () => {
    await start({ requestToken: 'a' });
    vi.setSystemTime('2022-07-01T09:00:00.000Z');
    await start({ requestToken: 'a' });
    await start({ requestToken: 'b' });
    await start({ requestToken: 'a', parameters: { day: '2022-06-30' } });
    const [first, again, ...others] = tokens();
    expect(again).toBe(first);
    expect(new Set([first, ...others]).size).toBe(3);
  });

  it('says so when Athena is busy', async () => {
    athena
      .on(StartQueryExecutionCommand)
      .rejects(new TooManyRequestsException({ message: 'busy', $metadata: {} }));
    expect(await start()).toMatchObject({ status: 429, body: { code: 'too-many-queries' } });
  });

  it.each([
    [{ parameters: { day: 30 } }, 'request-invalid'],
    [{ sql: 'select 1' }, 'request-invalid'],
    [{ parameters: { day: '30/06/2022' } }, 'parameter-invalid'],
  ])('starts nothing for %j', async (body, code) => {
    expect(await start(body)).toMatchObject({ status: 400, body: { code } });
    expect(tokens()).toEqual([]);
  });

  it('is refused to a province', async () => {
    const refused = await call('POST /queries/{name}', { name: 'known-on' }, {}, '[province unit-74]');
    expect(refused).toMatchObject({ status: 403, body: { code: 'role-forbidden' } });
  });
});

describe('GET /queries/executions/{id}', () => {
  it.each([
    ['QUEUED', 'queued'],
    ['RUNNING', 'running'],
  ] as const)('%s is %s', async (State, state) => {
    tell({ State });
    expect(await look()).toEqual({
      status: 200,
      body: { id, query: 'overdue-by-body', statement, submittedAt: '2022-07-01T01:00:00.000Z', state },
    });
  });

  it('has the rows, what their columns mean, and a file for Excel', async () => {
    answered('"body","overdue"\n"=A","9007199254740991"\n,"0"\n');
    const { status, body } = await look();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: 'succeeded',
      completedAt: '2022-07-01T01:00:02.500Z',
      bytesScanned: 12_345,
      columns: [
        { name: 'body', type: 'text', title: { en: 'Coordinating body' } },
        { name: 'overdue', type: 'number' },
      ],
      rows: [
        ['=A', '9007199254740991'],
        [null, '0'],
      ],
      rowCount: 2,
      download: {
        fileName: 'overdue-by-body-2022-07-01.csv',
        isForExcel: true,
        expiresAt: '2022-07-01T01:05:30.000Z',
      },
    });
    const [put] = objects.commandCalls(PutObjectCommand);
    expect(put?.args[0].input).toMatchObject({
      Bucket: 'answers',
      Key: `results/${id}-excel.csv`,
      Body: "\ufeffbody;overdue\r\n'=A;9007199254740991\r\n;0\r\n",
    });
    expect(body.download.url).toContain(`results/${id}-excel.csv`);
  });

  it.each([
    [999, 999],
    [1000, 1000],
    [1001, 1000],
  ])('of %i rows has %i, and the number of all', async (count, shown) => {
    answered(`"body","overdue"\n${'"a","1"\n'.repeat(count)}`);
    const { body } = await look();
    expect([body.rows.length, body.rowCount]).toEqual([shown, count]);
  });

  const most = 8 * 1024 * 1024;
  it.each([
    [most, true],
    [most + 1, false],
  ])('of %i bytes is made for Excel: %s', async (bytes, isForExcel) => {
    answered('"body","overdue"\n"a","1"\n"b",', bytes);
    const { body } = await look();
    expect(body.download.isForExcel).toBe(isForExcel);
    expect(objects.commandCalls(PutObjectCommand)).toHaveLength(isForExcel ? 1 : 0);
    if (isForExcel) return;
    expect(body).not.toHaveProperty('rowCount');
    expect(body.rows).toEqual([['a', '1']]);
    expect(new URL(body.download.url).pathname).toBe(`/${key}`);
  });

  it.each([
    ['FAILED', 'COLUMN_NOT_FOUND: line 3:1', 'a fault of the system', 1],
    ['CANCELLED', 'Bytes scanned limit was exceeded', 'Restrict it to a unit', 0],
  ] as const)('%s says why, and what to do', async (State, StateChangeReason, said, rings) => {
    const count = vi.spyOn(metrics, 'addMetric');
    tell({ State, StateChangeReason });
    const { status, body } = await look();
    expect([status, body.state]).toEqual([200, 'failed']);
    expect(body.reason.en).toContain(said);
    expect(body.reason.vi).toContain(StateChangeReason);
    expect(count).toHaveBeenCalledExactlyOnceWith('QueriesFailed', 'Count', rings);
    count.mockRestore();
  });

  it('is none when it ran in another workgroup', async () => {
    tell({ State: 'SUCCEEDED' }, { WorkGroup: 'primary' });
    expect(await look()).toMatchObject({ status: 404, body: { code: 'execution-unknown' } });
  });

  it('is none when its statement is no named query', async () => {
    tell({ State: 'RUNNING' }, { Query: 'select * from points' });
    expect(await look()).toMatchObject({ status: 404, body: { code: 'execution-unknown' } });
  });

  const refusal = (name: string, message: string) =>
    new AthenaServiceException({ name, message, $fault: 'client', $metadata: {} });
  const denied = (workgroup: string) =>
    `not authorized to perform: athena:GetQueryExecution on resource: arn:aws:athena:ap-southeast-1:1:workgroup/${workgroup}`;

  it.each([
    ['there is none of that id', refusal('InvalidRequestException', 'QueryExecution was not found'), 404],
    ['it is of a workgroup we may not see', refusal('AccessDeniedException', denied('primary')), 404],
    ['our own role is at fault', refusal('AccessDeniedException', denied('tiendo')), 500],
    ['Athena is out of order', refusal('InternalServerException', 'no'), 500],
  ])('when %s', async (_, error, status) => {
    athena.on(GetQueryExecutionCommand).rejects(error);
    expect((await look()).status).toBe(status);
  });

  it('says so when the answer is not kept any more', async () => {
    answered('');
    objects.on(GetObjectCommand).rejects(new NoSuchKey({ message: 'gone', $metadata: {} }));
    expect(await look()).toMatchObject({ status: 410, body: { code: 'answer-gone' } });
  });
});
