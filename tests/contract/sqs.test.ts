import { randomUUID } from 'node:crypto';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSqs } from '../../local/sqs/sqs.ts';
import { type ContractEndpoint, startContractEndpoint } from './endpoint.ts';

/**
 * Two empty queues of the endpoint: TIENDO_CONTRACT_QUEUE, with maxReceiveCount 2, and its dead-letter queue
 * TIENDO_CONTRACT_DEAD_LETTERS.
 */
const queueName = process.env.TIENDO_CONTRACT_QUEUE ?? 'contract';
const deadLettersName = process.env.TIENDO_CONTRACT_DEAD_LETTERS ?? 'contract-dead-letters';

let endpoint: ContractEndpoint;
let client: SQSClient;
let QueueUrl: string;
let deadLettersUrl: string;

beforeAll(async () => {
  endpoint = await startContractEndpoint(({ clock, database }) => {
    const queue = (name: string) => ({
      name,
      arn: `arn:aws:sqs:ap-southeast-1:000000000000:${name}`,
      url: `http://127.0.0.1:4566/000000000000/${name}`,
      visibilityTimeoutSeconds: 30,
      retentionSeconds: 345_600,
    });
    const deadLetters = queue(deadLettersName);
    const redrive = { deadLetterArn: deadLetters.arn, maxReceiveCount: 2 };
    return {
      services: [createSqs({ database, clock, queues: [{ ...queue(queueName), redrive }, deadLetters] })],
    };
  });
  client = new SQSClient(endpoint.client);
  QueueUrl = await urlOf(queueName);
  deadLettersUrl = await urlOf(deadLettersName);
});
afterAll(async () => {
  client.destroy();
  await endpoint.close();
});

async function urlOf(name: string): Promise<string> {
  const { QueueUrl: url } = await client.send(new GetQueueUrlCommand({ QueueName: name }));
  return url ?? '';
}

/** Takes one message, which is there already or comes within the long poll. */
async function receiveOne(url = QueueUrl) {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      WaitTimeSeconds: 10,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
  );
  expect(Messages).toHaveLength(1);
  return Messages[0];
}

const remove = (ReceiptHandle: string | undefined, url = QueueUrl) =>
  client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
const giveBack = (ReceiptHandle: string | undefined) =>
  client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
const countOf = async () => {
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages', 'QueueArn'] }),
  );
  return Attributes;
};

describe('a queue', () => {
  it('carries text and attributes unchanged, digests included', async () => {
    const body = `${randomUUID()} Tiến độ\t"<&>\u00a0😀`;
    const sent = await client.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: body,
        MessageAttributes: { alerts: { DataType: 'Number', StringValue: '3' } },
      }),
    );
    const message = await receiveOne();
    expect(message).toMatchObject({
      MessageId: sent.MessageId,
      Body: body,
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      MessageAttributes: { alerts: { DataType: 'Number', StringValue: '3' } },
      Attributes: { ApproximateReceiveCount: '1' },
    });
    await remove(message?.ReceiptHandle);
  });

  it('sends and deletes in batches, each entry on its own', async () => {
    const sent = await client.send(
      new SendMessageBatchCommand({
        QueueUrl,
        Entries: [
          { Id: 'a', MessageBody: 'a' },
          { Id: 'b', MessageBody: 'b\u0001' },
        ],
      }),
    );
    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['a']);
    expect(sent.Failed).toMatchObject([{ Id: 'b', Code: 'InvalidMessageContents', SenderFault: true }]);
    const message = await receiveOne();
    const deleted = await client.send(
      new DeleteMessageBatchCommand({
        QueueUrl,
        Entries: [{ Id: 'a', ReceiptHandle: message?.ReceiptHandle }],
      }),
    );
    expect(deleted.Successful?.map(({ Id }) => Id)).toEqual(['a']);
  });

  it('answers a long poll when a message comes', async () => {
    const received = receiveOne();
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'late' }));
    const message = await received;
    expect(message?.Body).toBe('late');
    await remove(message?.ReceiptHandle);
  });

  it('has the attributes that are asked for', async () => {
    expect(await countOf()).toEqual({
      ApproximateNumberOfMessages: '0',
      QueueArn: expect.stringMatching(new RegExp(`:${queueName}$`)),
    });
  });

  it('that does not exist is an error the SDK knows', async () => {
    await expect(client.send(new GetQueueUrlCommand({ QueueName: randomUUID() }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
  });

  it('moves what fails too often to its dead-letter queue, and takes it back from there', async () => {
    const body = randomUUID();
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: body }));
    for (const times of ['1', '2']) {
      const message = await receiveOne();
      expect(message?.Attributes?.ApproximateReceiveCount).toBe(times);
      await giveBack(message?.ReceiptHandle);
    }
    const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages).toBeUndefined();

    const dead = await receiveOne(deadLettersUrl);
    const sourceArn = dead?.Attributes?.DeadLetterQueueSourceArn;
    expect(sourceArn).toBe((await countOf())?.QueueArn);
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: deadLettersUrl,
        ReceiptHandle: dead?.ReceiptHandle,
        VisibilityTimeout: 0,
      }),
    );
    const deadLettersArn = sourceArn?.replace(new RegExp(`${queueName}$`), deadLettersName);
    await client.send(
      new StartMessageMoveTaskCommand({ SourceArn: deadLettersArn, DestinationArn: sourceArn }),
    );
    const again = await receiveOne();
    expect(again?.Body).toBe(body);
    await remove(again?.ReceiptHandle);
  });
});
