import { gunzipSync } from 'node:zlib';
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import {
  ConcurrentWriteError,
  loadManyPacked,
  loadPacked,
  pack,
  savePacked,
} from '../../shared/aws/packed-items.ts';

const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const mock = mockClient(documents);
const key = { pk: '74#HEAD', sk: '2022' };
const schema = z.strictObject({ version: z.int(), name: z.string() });

beforeEach(() => mock.reset());

describe('saving a packed item', () => {
  it('creates version 1 only where there is no item yet', async () => {
    mock.on(PutCommand).resolves({});
    await savePacked(documents, key, { version: 1, name: 'Bình Dương' });
    const input = mock.commandCalls(PutCommand)[0]?.args[0].input;
    expect(input).toMatchObject({
      TableName: 'tiendo',
      Item: { ...key, version: 1 },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    expect(JSON.parse(gunzipSync(input?.Item?.content).toString())).toEqual({
      version: 1,
      name: 'Bình Dương',
    });
  });

  it('replaces exactly the version before its own', async () => {
    mock.on(PutCommand).resolves({});
    await savePacked(documents, key, { version: 8, name: 'x' });
    expect(mock.commandCalls(PutCommand)[0]?.args[0].input).toMatchObject({
      ConditionExpression: 'version = :previous',
      ExpressionAttributeValues: { ':previous': 7 },
    });
  });

  it('reports a lost race as a concurrent write', async () => {
    mock.on(PutCommand).rejects(new ConditionalCheckFailedException({ message: 'no', $metadata: {} }));
    await expect(savePacked(documents, key, { version: 2, name: 'x' })).rejects.toThrow(ConcurrentWriteError);
  });

  it('lets every other failure through as it is', async () => {
    mock.on(PutCommand).rejects(new Error('no network'));
    await expect(savePacked(documents, key, { version: 2, name: 'x' })).rejects.toThrow('no network');
  });
});

describe('loading packed items', () => {
  it('reads consistently and returns the value', async () => {
    mock.on(GetCommand).resolves({ Item: { ...key, version: 1, content: pack({ version: 1, name: 'x' }) } });
    expect(await loadPacked(documents, key, schema)).toEqual({ version: 1, name: 'x' });
    expect(mock.commandCalls(GetCommand)[0]?.args[0].input).toEqual({
      TableName: 'tiendo',
      Key: key,
      ConsistentRead: true,
    });
  });

  it('has nothing to return when there is no item', async () => {
    mock.on(GetCommand).resolves({});
    expect(await loadPacked(documents, key, schema)).toBeUndefined();
  });

  it('fails loudly on an item that is not as its schema says', async () => {
    mock.on(GetCommand).resolves({ Item: { ...key, content: pack({ version: 'one' }) } });
    await expect(loadPacked(documents, key, schema)).rejects.toThrow('74#HEAD 2022');
  });

  it.each([
    [0, 0],
    [1, 1],
    [100, 1],
    [101, 2],
  ])('reads %i items in %i batches', async (items, batches) => {
    mock.on(BatchGetCommand).resolves({ Responses: { tiendo: [] } });
    const keys = Array.from({ length: items }, (_, index) => ({ pk: `${index}#HEAD`, sk: '2022' }));
    await loadManyPacked(documents, keys, schema);
    expect(mock.commandCalls(BatchGetCommand)).toHaveLength(batches);
  });
});

describe('what DynamoDB leaves unprocessed', () => {
  const other = { pk: '75#HEAD', sk: '2022' };
  const content = pack({ version: 1, name: 'x' });
  const nothing = { Responses: {}, UnprocessedKeys: { tiendo: { Keys: [key, other] } } };
  const half = {
    Responses: { tiendo: [{ ...key, content }] },
    UnprocessedKeys: { tiendo: { Keys: [other] } },
  };
  const rest = { Responses: { tiendo: [{ ...other, content }] } };

  beforeEach(() => {
    vi.useFakeTimers();
    return () => vi.useRealTimers();
  });

  /** Loads both items; answers what came, and at what millisecond each request was made. */
  async function load(...answers: object[]) {
    const startedAtMs = Date.now();
    const requestsAtMs: number[] = [];
    mock.on(BatchGetCommand).callsFake(() => {
      requestsAtMs.push(Date.now() - startedAtMs);
      return answers.shift() ?? nothing;
    });
    const [loaded] = await Promise.all([
      loadManyPacked(documents, [key, other], schema).catch((error: Error) => error),
      vi.runAllTimersAsync(),
    ]);
    return { loaded, requestsAtMs };
  }

  it('is asked for again, and nothing else', async () => {
    expect(await load(half, rest)).toMatchObject({ loaded: { length: 2 }, requestsAtMs: [0, 50] });
    expect(mock.commandCalls(BatchGetCommand)[1]?.args[0].input).toEqual({
      RequestItems: { tiendo: { Keys: [other], ConsistentRead: true } },
    });
  });

  it('is waited for longer after each answer that gave nothing, and given up in the end', async () => {
    const { loaded, requestsAtMs } = await load();
    expect(requestsAtMs).toEqual([0, 100, 300, 700, 1500, 3100, 6300]);
    expect(loaded).toEqual(new Error('DynamoDB left every key unprocessed 7 times in a row'));
  });

  it('is not given up while the last answer may bring it', async () => {
    const sixTimes = Array.from({ length: 6 }, () => nothing);
    expect((await load(...sixTimes, half, rest)).requestsAtMs.slice(-2)).toEqual([6300, 6350]);
  });
});
