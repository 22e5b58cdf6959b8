import type * as z from 'zod';
import { AwsError } from '../aws-service.ts';
import { md5Hex, md5OfAttributes } from './message-attributes.ts';
import type { ReceivedMessage } from './messages.ts';
import { maxMessageBytes, type QueueSettings, type QueueStore } from './queue-store.ts';
import { parseInput, sqsInputs } from './sqs-inputs.ts';

/** Authorizes the caller for an action on a queue: `('SendMessage', arn)`. */
export type AuthorizeQueue = (action: string, queueArn: string) => void;
type Action = (input: unknown, authorize: AuthorizeQueue) => object | Promise<object>;

/**
 * The actions of the SQS API by name, each from its JSON input to its JSON output. Parameters the embedded
 * SQS does not have (FIFO queues, tracing headers) are an InvalidParameterValue, never ignored.
 */
export function createSqsApi(store: QueueStore): Record<string, Action> {
  /** The queue of a URL. The port may have changed since the URL was noted, so its path decides. */
  function queueOf(url: string): QueueSettings {
    const path = URL.canParse(url) ? new URL(url).pathname : url;
    const queue = store.queues.find((candidate) => new URL(candidate.url).pathname === path);
    if (!queue) throw new AwsError(400, 'QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  }

  function authorizedQueue(url: string, action: string, authorize: AuthorizeQueue): QueueSettings {
    const queue = queueOf(url);
    authorize(action, queue.arn);
    return queue;
  }

  function send(queue: QueueSettings, input: z.infer<typeof sqsInputs.SendMessage>): object {
    const attributes = input.MessageAttributes ?? {};
    const { messageId } = store.send(queue.arn, input.MessageBody, attributes, input.DelaySeconds);
    return {
      MessageId: messageId,
      MD5OfMessageBody: md5Hex(input.MessageBody),
      MD5OfMessageAttributes: md5OfAttributes(attributes),
    };
  }

  return {
    GetQueueUrl(input, authorize) {
      const { QueueName } = parseInput(sqsInputs.GetQueueUrl, input);
      const queue = store.queues.find(({ name }) => name === QueueName);
      if (!queue) throw new AwsError(400, 'QueueDoesNotExist', 'The specified queue does not exist.');
      authorize('GetQueueUrl', queue.arn);
      return { QueueUrl: queue.url };
    },
    GetQueueAttributes(input, authorize) {
      const { QueueUrl, AttributeNames = [] } = parseInput(sqsInputs.GetQueueAttributes, input);
      const queue = authorizedQueue(QueueUrl, 'GetQueueAttributes', authorize);
      return { Attributes: select(queueAttributes(store, queue), AttributeNames) };
    },
    PurgeQueue(input, authorize) {
      store.purge(
        authorizedQueue(parseInput(sqsInputs.PurgeQueue, input).QueueUrl, 'PurgeQueue', authorize).arn,
      );
      return {};
    },
    SendMessage(input, authorize) {
      const parsed = parseInput(sqsInputs.SendMessage, input);
      return send(authorizedQueue(parsed.QueueUrl, 'SendMessage', authorize), parsed);
    },
    SendMessageBatch(input, authorize) {
      const { QueueUrl, Entries } = parseInput(sqsInputs.SendMessageBatch, input);
      const queue = authorizedQueue(QueueUrl, 'SendMessage', authorize);
      return forEachEntry(Entries, ({ Id: _, ...entry }) => send(queue, { QueueUrl, ...entry }));
    },
    async ReceiveMessage(input, authorize) {
      const parsed = parseInput(sqsInputs.ReceiveMessage, input);
      const { arn } = authorizedQueue(parsed.QueueUrl, 'ReceiveMessage', authorize);
      const receive = () => store.receive(arn, parsed.MaxNumberOfMessages, parsed.VisibilityTimeout);
      let received = receive();
      if (received.length === 0 && parsed.WaitTimeSeconds > 0) {
        await waitForMessage(store, arn, parsed.WaitTimeSeconds);
        received = receive();
      }
      if (received.length === 0) return {};
      const systemNames = [...parsed.AttributeNames, ...parsed.MessageSystemAttributeNames];
      return { Messages: received.map((taken) => asWire(taken, systemNames, parsed.MessageAttributeNames)) };
    },
    DeleteMessage(input, authorize) {
      const { QueueUrl, ReceiptHandle } = parseInput(sqsInputs.DeleteMessage, input);
      store.delete(authorizedQueue(QueueUrl, 'DeleteMessage', authorize).arn, ReceiptHandle);
      return {};
    },
    DeleteMessageBatch(input, authorize) {
      const { QueueUrl, Entries } = parseInput(sqsInputs.DeleteMessageBatch, input);
      const { arn } = authorizedQueue(QueueUrl, 'DeleteMessage', authorize);
      return forEachEntry(Entries, ({ ReceiptHandle }) => {
        store.delete(arn, ReceiptHandle);
        return {};
      });
    },
    ChangeMessageVisibility(input, authorize) {
      const { QueueUrl, ReceiptHandle, VisibilityTimeout } = parseInput(
        sqsInputs.ChangeMessageVisibility,
        input,
      );
      const { arn } = authorizedQueue(QueueUrl, 'ChangeMessageVisibility', authorize);
      store.changeVisibility(arn, ReceiptHandle, VisibilityTimeout);
      return {};
    },
    /** Moves at once what AWS moves in the background, so there is no task to list or cancel. */
    StartMessageMoveTask(input, authorize) {
      const { SourceArn, DestinationArn } = parseInput(sqsInputs.StartMessageMoveTask, input);
      for (const action of [
        'StartMessageMoveTask',
        'ReceiveMessage',
        'DeleteMessage',
        'GetQueueAttributes',
      ]) {
        authorize(action, SourceArn);
      }
      if (DestinationArn !== undefined) authorize('SendMessage', DestinationArn);
      const moved = store.moveMessages(SourceArn, DestinationArn);
      return { TaskHandle: Buffer.from(JSON.stringify({ SourceArn, moved })).toString('base64') };
    },
  };
}

/** Runs each entry of a batch on its own: one that fails does not keep the others from being done. */
function forEachEntry<E extends { Id: string }>(batch: readonly E[], run: (entry: E) => object): object {
  if (batch.length === 0) throw new AwsError(400, 'EmptyBatchRequest', 'There should be at least one entry.');
  if (batch.length > 10)
    throw new AwsError(400, 'TooManyEntriesInBatchRequest', 'At most 10 entries are allowed.');
  if (new Set(batch.map(({ Id }) => Id)).size < batch.length) {
    throw new AwsError(400, 'BatchEntryIdsNotDistinct', 'Two entries have the same Id.');
  }
  const successful: object[] = [];
  const failed: object[] = [];
  for (const entry of batch) {
    try {
      successful.push({ Id: entry.Id, ...run(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed.push({
        Id: entry.Id,
        SenderFault: error.status < 500,
        Code: error.code,
        Message: error.message,
      });
    }
  }
  return { Successful: successful, Failed: failed };
}

/** Long polling is a matter of the connection, so it waits in real time, not on the embedded clock. */
async function waitForMessage(store: QueueStore, queueArn: string, seconds: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = store.onMessage((arn) => arn === queueArn && resolve());
  const timer = setTimeout(resolve, seconds * 1000);
  // A client that waits must not keep the embedded cloud from ending.
  timer.unref();
  await promise;
  clearTimeout(timer);
  stop();
}

function queueAttributes(store: QueueStore, queue: QueueSettings): Record<string, string> {
  const { visible, inFlight, delayed } = store.counts(queue.arn);
  const { redrive } = queue;
  const policy = redrive && {
    deadLetterTargetArn: redrive.deadLetterArn,
    maxReceiveCount: redrive.maxReceiveCount,
  };
  return {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    VisibilityTimeout: String(queue.visibilityTimeoutSeconds),
    MessageRetentionPeriod: String(queue.retentionSeconds),
    MaximumMessageSize: String(maxMessageBytes),
    ...(policy && { RedrivePolicy: JSON.stringify(policy) }),
  };
}

function asWire(
  received: ReceivedMessage,
  systemNames: readonly string[],
  attributeNames: readonly string[],
): object {
  const attributes = select(
    Object.fromEntries(
      Object.entries(received.messageAttributes).map(([name, { dataType, stringValue }]) => [
        name,
        { DataType: dataType, StringValue: stringValue },
      ]),
    ),
    attributeNames,
  );
  const systemAttributes = select(received.attributes, systemNames);
  return {
    MessageId: received.messageId,
    ReceiptHandle: received.receiptHandle,
    Body: received.body,
    MD5OfBody: received.md5OfBody,
    ...(Object.keys(systemAttributes).length > 0 && { Attributes: systemAttributes }),
    ...(Object.keys(attributes).length > 0 && {
      MessageAttributes: attributes,
      MD5OfMessageAttributes: md5OfAttributes(attributes),
    }),
  };
}

/** The named entries; `All` means every one, `prefix.*` those that begin so. */
function select<T>(values: Record<string, T>, names: readonly string[]): Record<string, T> {
  const isWanted = (key: string) =>
    names.some(
      (name) => name === key || name === 'All' || (name.endsWith('.*') && key.startsWith(name.slice(0, -1))),
    );
  return Object.fromEntries(Object.entries(values).filter(([key]) => isWanted(key)));
}
