import { gunzipSync } from 'node:zlib';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { type ItemKey, pack } from '../../shared/aws/packed-items.ts';

type Item = Record<string, unknown>;

/**
 * The table in memory, behind every document client: just the commands and conditions that `shared/aws` uses.
 * `mock` holds the commands that were sent; `reset` empties both.
 */
export function fakeTable() {
  const mock = mockClient(DynamoDBDocumentClient);
  const items = new Map<string, Item>();

  function reset(): void {
    items.clear();
    mock.reset();
    mock.on(GetCommand).callsFake(({ Key }) => ({ Item: items.get(keyOf(Key)) }));
    mock.on(BatchGetCommand).callsFake(({ RequestItems }) => {
      const keys: Item[] = RequestItems.tiendo.Keys;
      return { Responses: { tiendo: keys.flatMap((key) => items.get(keyOf(key)) ?? []) } };
    });
    mock
      .on(QueryCommand)
      .callsFake(({ ExpressionAttributeValues: { ':pk': wanted, ':first': first = '' } }) => ({
        Items: [...items.values()].filter(({ pk, sk }) => pk === wanted && String(sk) > first),
      }));
    mock.on(ScanCommand).callsFake(() => ({ Items: [...items.values()].filter((item) => 'openPk' in item) }));
    mock.on(PutCommand).callsFake(({ Item, ConditionExpression, ExpressionAttributeValues }) => {
      const present = items.get(keyOf(Item));
      if (ConditionExpression === 'attribute_not_exists(pk)') require(present === undefined);
      if (ConditionExpression === 'version = :previous')
        require(present?.version === ExpressionAttributeValues[':previous']);
      items.set(keyOf(Item), Item);
      return {};
    });
    mock.on(UpdateCommand).callsFake((input) => {
      const { Key, UpdateExpression, ExpressionAttributeNames, ExpressionAttributeValues: values } = input;
      const present = items.get(keyOf(Key));
      const allowed = Object.keys(values).filter((name) => name.startsWith(':from'));
      require(allowed.some((name) => values[name] === present?.state));
      const [, set = '', removed = ''] = /^SET (.*?)(?: REMOVE (.*))?$/.exec(UpdateExpression) ?? [];
      const assigned = set.split(', ').map((assignment) => assignment.split(' = '));
      const changed = assigned.map(([name = '', value = '']) => [
        ExpressionAttributeNames[name] ?? name,
        values[value],
      ]);
      const next = { ...present, ...Object.fromEntries(changed) };
      for (const name of removed.split(', ')) delete next[name];
      items.set(keyOf(Key), next);
      return {};
    });
  }

  reset();
  return {
    mock,
    reset,
    /** Writes an item as it is. */
    put: (key: ItemKey, item: object) => items.set(keyOf({ ...key }), { ...key, ...item }),
    /** Writes an item whose value is packed. */
    putPacked: async <T extends { version: number }>(key: ItemKey, value: T) =>
      items.set(keyOf({ ...key }), { ...key, version: value.version, content: pack(value) }),
    item: (key: ItemKey) => items.get(keyOf({ ...key })),
    packed: (key: ItemKey) => unpack(items.get(keyOf({ ...key }))),
    /** The keys that were written, in order: `74#HEAD 2022`. */
    written: () => mock.commandCalls(PutCommand).map(({ args: [{ input }] }) => keyOf(input.Item ?? {})),
  };
}

/** The value of a packed item. */
export function unpack(item: Item | undefined) {
  const content = item?.content;
  return content instanceof Uint8Array ? JSON.parse(gunzipSync(content).toString()) : undefined;
}

function keyOf({ pk, sk }: Item): string {
  return `${pk} ${sk}`;
}

function require(isFulfilled: boolean): void {
  if (!isFulfilled) throw new ConditionalCheckFailedException({ message: 'no', $metadata: {} });
}
