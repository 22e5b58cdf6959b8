import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, it } from 'vitest';
import { type Cloud, type CloudSettings, startCloud } from '../../local/cloud.ts';
import { arnOf, type StackTemplate, smallStack, writeAssembly } from './small-template.ts';

/** Notes each message in the table with the time it was worked on; `hang` and `slow` are told by the body. */
const work = `
import { DynamoDBClient, PutItemCommand } from '${import.meta.resolve('@aws-sdk/client-dynamodb')}';
const client = new DynamoDBClient({});
export async function handler(event) {
  if (event.routeKey) return { statusCode: 200, body: JSON.stringify(event.requestContext.authorizer.jwt.claims['cognito:groups']) };
  for (const { body } of event.Records) {
    const message = JSON.parse(body);
    const pk = message.detail ? message.detail.object.key : 'scheduled ' + message.scheduledAt;
    await client.send(new PutItemCommand({
      TableName: process.env.TABLE_NAME,
      Item: { pk: { S: pk }, at: { S: new Date().toISOString() } },
    }));
    if (process.env.HANG) await new Promise(() => {});
  }
  return { batchItemFailures: [] };
}`;

const mayPut = { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: arnOf('Table') };
const startAt = '2022-06-15T00:30:00.000Z';
const directories: string[] = [];
let cloud: Cloud | undefined;

afterEach(async () => {
  await cloud?.close();
  cloud = undefined;
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
});

function temporary(): string {
  const directory = mkdtempSync(join(tmpdir(), 'cloud-'));
  directories.push(directory);
  return directory;
}

function assembly(stack: StackTemplate = smallStack([mayPut])): string {
  const directory = writeAssembly({ Small: stack }, { work });
  directories.push(directory);
  return directory;
}

async function open(settings: Partial<CloudSettings> = {}): Promise<Cloud> {
  cloud = await startCloud({
    templateDirectory: settings.templateDirectory ?? assembly(),
    dataDirectory: settings.dataDirectory ?? temporary(),
    startAt,
    ...settings,
  });
  return cloud;
}

async function put({ endpoint, operatorCredentials, resources }: Cloud, key: string): Promise<void> {
  const s3 = new S3Client({ region: 'ap-southeast-1', endpoint, credentials: operatorCredentials });
  await s3.send(new PutObjectCommand({ Bucket: resources.Uploads ?? '', Key: key, Body: 'x' }));
}

const notes = async (of: Cloud) =>
  (await of.items('Table')).map(({ pk, at }) => `${Object(pk).S} at ${Object(at).S}`);

describe('the embedded cloud', () => {
  it('runs a journey from upload to table as the template wires it, by its own clock', async () => {
    const running = await open();
    await put(running, '74/a b');
    await running.idle();
    expect(await notes(running)).toEqual(['74/a b at 2022-06-15T00:30:00.000Z']);
  });

  it('fires every schedule on the way of its clock, each at its time', async () => {
    const running = await open();
    await running.moveTo('2022-06-18T00:00:00.000Z');
    expect(await notes(running)).toEqual([
      'scheduled 2022-06-16T00:00:00Z at 2022-06-16T00:00:00.000Z',
      'scheduled 2022-06-17T00:00:00Z at 2022-06-17T00:00:00.000Z',
      'scheduled 2022-06-18T00:00:00Z at 2022-06-18T00:00:00.000Z',
    ]);
  });

  it('answers API requests with a token only', async () => {
    const running = await open();
    expect((await fetch(`${running.apiUrl}/work`)).status).toBe(401);
    const token = await running.issueToken('74');
    const answer = await fetch(`${running.apiUrl}/work`, { headers: { authorization: `Bearer ${token}` } });
    expect(await answer.json()).toBe('[province unit-74]');
    expect((await fetch(`${running.apiUrl}/mailbox`)).status).toBe(200);
  });

  it('goes on after a restart where it stood', async () => {
    const settings = { dataDirectory: temporary(), templateDirectory: assembly() };
    const first = await open(settings);
    await first.moveTo('2022-06-16T01:00:00.000Z');
    await first.close();
    const second = await open(settings);
    expect(second.clock.now()).toBe('2022-06-16T01:00:00.000Z');
    await second.moveTo('2022-06-16T02:00:00.000Z');
    expect(await notes(second)).toHaveLength(1);
  });
});

describe('a message whose function is killed in the middle', () => {
  const untilNoted = async (running: Cloud) => {
    while ((await notes(running)).length === 0) await new Promise((resolve) => setImmediate(resolve));
  };

  it('is delivered again after its visibility timeout', async () => {
    const running = await open({ environment: { HANG: 'yes' } });
    await put(running, 'a');
    await untilNoted(running);
    await running.kill('work');
    await running.idle();
    const [queue] = running.queues.queues.filter(({ name }) => name === 'Small-Queue');
    expect(running.queues.messages(queue?.arn ?? '')).toMatchObject([
      { receiveCount: 1, visibleAt: '2022-06-15T00:31:00.000Z' },
    ]);
  });

  it('is delivered again after the whole cloud ended and started anew', async () => {
    const settings = { dataDirectory: temporary(), templateDirectory: assembly() };
    const first = await open({ ...settings, environment: { HANG: 'yes' } });
    await put(first, 'a');
    await untilNoted(first);
    await first.close();
    const second = await open(settings);
    await second.idle();
    expect(await notes(second)).toEqual(['a at 2022-06-15T00:30:00.000Z']);
    await second.moveTo('2022-06-15T01:00:00.000Z');
    expect(await notes(second)).toEqual(['a at 2022-06-15T00:31:00.000Z']);
    expect(second.queues.queues.flatMap(({ arn }) => second.queues.messages(arn))).toEqual([]);
  });
});

describe('faults injected into calls', () => {
  it.each(['fail-before', 'fail-after'] as const)(
    '%s: the SDK or the queue repeats, the state is the same',
    async (how) => {
      const actions: string[] = [];
      const running = await open({
        environment: { AWS_MAX_ATTEMPTS: '1' },
        intercept({ functionName, action }) {
          if (functionName) actions.push(action);
          return functionName && actions.length === 1 ? how : 'pass';
        },
      });
      await put(running, 'a');
      await running.moveTo('2022-06-15T01:00:00.000Z');
      expect(actions).toEqual(['PutItem', 'PutItem']);
      expect(await notes(running)).toEqual(['a at 2022-06-15T00:31:00.000Z']);
    },
  );
});

describe('what the template does not allow', () => {
  it('fails the run, naming function, action and resource', async () => {
    const running = await open({ templateDirectory: assembly(smallStack([])) });
    await put(running, 'a');
    await expect(running.idle()).rejects.toThrow(
      /assumed-role\/Small-WorkRole\/work \(function work\) is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:ap-southeast-1:000000000000:table\/Small-Table/,
    );
    expect(running.denials).toMatchObject([{ functionName: 'work' }]);
  });

  it.each<[string, (stack: StackTemplate) => void, RegExp]>([
    [
      'a rule',
      (stack) => delete stack.Resources.QueuePolicy,
      /Rule Rule is not authorized to perform: sqs:SendMessage/,
    ],
    [
      'a schedule',
      ({ Resources }) => Object.assign(Resources.ScheduleRole?.Properties ?? {}, { Policies: [] }),
      /Schedule Schedule is not authorized to perform: sqs:SendMessage/,
    ],
    [
      'an event source mapping',
      (stack) => delete stack.Resources.WorkPolicy,
      /Function work is not authorized to perform: sqs:ReceiveMessage/,
    ],
    [
      'a route',
      (stack) => delete stack.Resources.Permission,
      /Route GET \/work is not authorized to perform: lambda:Invoke/,
    ],
    [
      'an unknown resource type',
      ({ Resources }) => {
        Resources.Stream = { Type: 'AWS::Kinesis::Stream' };
      },
      /Small, Stream: the embedded cloud does not know the resource type AWS::Kinesis::Stream/,
    ],
    [
      'a queue policy with a statement that is not evaluated',
      ({ Resources }) =>
        Object.assign(Resources.QueuePolicy?.Properties ?? {}, {
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [{ Sid: 'Odd', Effect: 'Deny', Action: 'sqs:*', Resource: '*', Principal: '*' }],
          },
        }),
      /does not evaluate the statement Odd/,
    ],
  ])('stops the start: %s', async (_, change, message) => {
    const stack = smallStack([mayPut]);
    change(stack);
    await expect(open({ templateDirectory: assembly(stack) })).rejects.toThrow(message);
  });
});
