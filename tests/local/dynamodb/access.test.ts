import { describe, expect, it } from 'vitest';
import { accessOf } from '../../../local/dynamodb/access.ts';
import type { TableSettings } from '../../../local/template/stores.ts';

const arn = 'arn:aws:dynamodb:ap-southeast-1:000000000000:table/T';
const table: TableSettings = {
  name: 'T',
  arn,
  attributes: [],
  key: { hash: 'pk', range: 'sk' },
  indexes: [
    { name: 'open', key: { hash: 'openPk', range: 'openSk' }, projection: { type: 'ALL', attributes: [] } },
  ],
};
const find = (name: string) => (name === 'T' ? table : undefined);
const key = (pk: string) => ({ pk: { S: pk }, sk: { S: '2022' } });

describe('the access a DynamoDB call needs', () => {
  it.each<[string, Record<string, unknown>, string, string[] | undefined]>([
    ['GetItem', { TableName: 'T', Key: key('74#HEAD') }, arn, ['74#HEAD']],
    ['DeleteItem', { TableName: 'T', Key: key('74#HEAD') }, arn, ['74#HEAD']],
    ['UpdateItem', { TableName: 'T', Key: key('74#HEAD'), UpdateExpression: 'SET a = :a' }, arn, ['74#HEAD']],
    ['PutItem', { TableName: 'T', Item: { ...key('74#HEAD'), openPk: { S: '79#OPEN' } } }, arn, ['74#HEAD']],
    ['PutItem', { TableName: 'T', Item: { pk: { N: '74' } } }, arn, ['74']],
    [
      'BatchGetItem',
      { RequestItems: { T: { Keys: [key('74#A'), key('79#A'), key('74#A')] } } },
      arn,
      ['74#A', '79#A'],
    ],
    [
      'BatchWriteItem',
      {
        RequestItems: { T: [{ PutRequest: { Item: key('74#A') } }, { DeleteRequest: { Key: key('79#B') } }] },
      },
      arn,
      ['74#A', '79#B'],
    ],
    [
      'Query',
      {
        TableName: 'T',
        KeyConditionExpression: '#p = :p AND begins_with(sk, :s)',
        ExpressionAttributeNames: { '#p': 'pk' },
        ExpressionAttributeValues: { ':p': { S: '74#A' }, ':s': { S: 'ROWS' } },
      },
      arn,
      ['74#A'],
    ],
    [
      'Query',
      {
        TableName: 'T',
        KeyConditionExpression: 'sk = :s AND pk=:p',
        ExpressionAttributeValues: { ':p': { S: '74#A' }, ':s': { S: '79#B' } },
      },
      arn,
      ['74#A'],
    ],
    [
      'Query',
      {
        TableName: 'T',
        IndexName: 'open',
        KeyConditionExpression: 'openPk = :p',
        ExpressionAttributeValues: { ':p': { S: '74#OPEN' } },
      },
      `${arn}/index/open`,
      ['74#OPEN'],
    ],
    [
      'Query',
      {
        TableName: 'T',
        IndexName: 'open',
        KeyConditionExpression: 'pk = :p',
        ExpressionAttributeValues: { ':p': { S: '74#OPEN' } },
      },
      `${arn}/index/open`,
      undefined,
    ],
    ['Scan', { TableName: 'T' }, arn, undefined],
    [
      'Scan',
      {
        TableName: 'T',
        IndexName: 'open',
        FilterExpression: 'openPk = :p',
        ExpressionAttributeValues: { ':p': { S: '74#OPEN' } },
      },
      `${arn}/index/open`,
      undefined,
    ],
    ['DescribeTable', { TableName: 'T' }, arn, undefined],
  ])('%s %j', (action, body, resource, keys) => {
    const context = keys ? { 'dynamodb:LeadingKeys': keys } : {};
    expect(accessOf(action, body, find)).toEqual([{ action: `dynamodb:${action}`, resource, context }]);
  });

  it.each([
    ['GetItem', { TableName: 'Other', Key: key('a') }],
    ['BatchGetItem', { RequestItems: { T: { Keys: [] }, Other: { Keys: [] } } }],
    ['Query', { TableName: 'T', IndexName: 'other' }],
  ])('is not known for a table or index that does not exist: %s %j', (action, body) => {
    expect(accessOf(action, body, find)).toBeUndefined();
  });
});
