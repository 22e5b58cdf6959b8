import { gunzipSync } from 'node:zlib';
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
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
    mock
      .on(GetCommand)
      .resolves({ Item: { ...key, version: 1, content: await pack({ version: 1, name: 'x' }) } });
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
    mock.on(GetCommand).resolves({ Item: { ...key, content: await pack({ version: 'one' }) } });
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

  it('asks again for the keys DynamoDB left unprocessed', async () => {
    const content = await pack({ version: 1, name: 'x' });
    mock
      .on(BatchGetCommand)
      .resolvesOnce({
        Responses: { tiendo: [{ ...key, content }] },
        UnprocessedKeys: { tiendo: { Keys: [{ pk: '75#HEAD', sk: '2022' }] } },
      })
      .resolvesOnce({ Responses: { tiendo: [{ pk: '75#HEAD', sk: '2022', content }] } });
    expect(await loadManyPacked(documents, [key, { pk: '75#HEAD', sk: '2022' }], schema)).toHaveLength(2);
  });
});
