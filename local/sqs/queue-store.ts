import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Instant } from '../../shared/domain/calendar.ts';
import { AwsError } from '../aws-service.ts';
import type { Clock } from '../clock.ts';
import { transaction } from '../transaction.ts';
import { type MessageAttributes, messageAttributesSchema, messageBytes } from './message-attributes.ts';
import {
  asQueued,
  asReceived,
  canBeSent,
  messageRowSchema,
  type QueuedMessage,
  type ReceivedMessage,
} from './messages.ts';

/** A queue as the template defines it. */
export interface QueueSettings {
  name: string;
  arn: string;
  url: string;
  visibilityTimeoutSeconds: number;
  retentionSeconds: number;
  redrive?: { deadLetterArn: string; maxReceiveCount: number };
}

/** Body and attributes together. @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
export const maxMessageBytes = 1_048_576;

const rowsSchema = z.array(messageRowSchema);
const earliestSchema = z.object({ atMs: z.number().nullable() });
const countsSchema = z.object({ visible: z.number(), inFlight: z.number(), delayed: z.number() });

export type QueueStore = ReturnType<typeof createQueueStore>;

/**
 * The queues on disk, all times by the embedded clock. A message that was received more often than the
 * redrive policy allows moves to the dead-letter queue at the next receive, counted from zero there; it keeps
 * its time of sending, so the retention of both queues runs from that. Every function takes a queue's ARN and
 * throws `AwsError` QueueDoesNotExist for another.
 */
export function createQueueStore(settings: {
  database: DatabaseSync;
  clock: Clock;
  queues: readonly QueueSettings[];
}) {
  const { database, clock } = settings;
  const queues = new Map(settings.queues.map((queue) => [queue.arn, queue]));
  for (const { name, redrive } of settings.queues) {
    if (redrive && !queues.has(redrive.deadLetterArn)) {
      throw new Error(`Queue ${name}: there is no dead-letter queue ${redrive.deadLetterArn}`);
    }
  }
  database.exec(`
    CREATE TABLE IF NOT EXISTS sqs_message (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, queueArn TEXT NOT NULL, messageId TEXT NOT NULL,
      body TEXT NOT NULL, attributes TEXT NOT NULL, sentAtMs INTEGER NOT NULL, visibleAtMs INTEGER NOT NULL,
      receiveCount INTEGER NOT NULL, firstReceivedAtMs INTEGER, receiptHandle TEXT, sourceArn TEXT);
    CREATE INDEX IF NOT EXISTS sqs_message_by_visibility ON sqs_message (queueArn, visibleAtMs, sequence);
    CREATE INDEX IF NOT EXISTS sqs_message_by_receipt ON sqs_message (receiptHandle);`);
  const insert = database.prepare(`
    INSERT INTO sqs_message (queueArn, messageId, body, attributes, sentAtMs, visibleAtMs, receiveCount)
    VALUES (?, ?, ?, ?, ?, ?, 0)`);
  const expire = database.prepare('DELETE FROM sqs_message WHERE queueArn = ? AND sentAtMs <= ?');
  const firstVisible = database.prepare(`
    SELECT * FROM sqs_message WHERE queueArn = ? AND visibleAtMs <= ? ORDER BY visibleAtMs, sequence LIMIT ?`);
  const take = database.prepare(`
    UPDATE sqs_message SET visibleAtMs = ?, receiveCount = receiveCount + 1, receiptHandle = ?,
      firstReceivedAtMs = coalesce(firstReceivedAtMs, ?) WHERE sequence = ?`);
  const bury = database.prepare(`
    UPDATE sqs_message SET queueArn = ?, sourceArn = ?, visibleAtMs = ?, receiveCount = 0,
      firstReceivedAtMs = NULL, receiptHandle = NULL
    WHERE queueArn = ? AND visibleAtMs <= ? AND receiveCount >= ?`);
  const remove = database.prepare('DELETE FROM sqs_message WHERE queueArn = ? AND receiptHandle = ?');
  const hide = database.prepare(
    'UPDATE sqs_message SET visibleAtMs = ? WHERE queueArn = ? AND receiptHandle = ? AND visibleAtMs > ?',
  );
  const purgeAll = database.prepare('DELETE FROM sqs_message WHERE queueArn = ?');
  const removeRow = database.prepare('DELETE FROM sqs_message WHERE sequence = ?');
  const list = database.prepare('SELECT * FROM sqs_message WHERE queueArn = ? ORDER BY sequence');
  const earliest = database.prepare('SELECT min(visibleAtMs) AS atMs FROM sqs_message WHERE queueArn = ?');
  const count = database.prepare(`
    SELECT coalesce(sum(visibleAtMs <= :now), 0) AS visible,
      coalesce(sum(visibleAtMs > :now AND receiptHandle IS NOT NULL), 0) AS inFlight,
      coalesce(sum(visibleAtMs > :now AND receiptHandle IS NULL), 0) AS delayed
    FROM sqs_message WHERE queueArn = :queueArn`);

  const listeners = new Set<(queueArn: string) => void>();
  /** Listeners hear of it when the transaction it happens in is over, and never within it. */
  function announce(queueArn: string): void {
    queueMicrotask(() => {
      for (const listener of listeners) listener(queueArn);
    });
  }

  function queueAt(queueArn: string): QueueSettings {
    const queue = queues.get(queueArn);
    if (!queue) throw new AwsError(400, 'QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  }

  /** The queue, after dropping what has outlived its retention. */
  function freshQueue(queueArn: string): QueueSettings {
    const queue = queueAt(queueArn);
    expire.run(queueArn, clock.nowMs() - queue.retentionSeconds * 1000);
    return queue;
  }

  /** Adds a message; returns its id. Throws `AwsError` when it is empty, too large or has characters XML cannot carry. */
  function send(
    queueArn: string,
    body: string,
    attributes: MessageAttributes = {},
    delaySeconds = 0,
  ): { messageId: string } {
    queueAt(queueArn);
    if (body === '')
      throw new AwsError(400, 'MissingParameter', 'The request must contain the parameter MessageBody.');
    if (!canBeSent(body)) {
      throw new AwsError(
        400,
        'InvalidMessageContents',
        'The message contains characters outside the allowed set.',
      );
    }
    if (messageBytes(body, attributes) > maxMessageBytes) {
      const message = `One or more parameters are invalid. Reason: Message must be shorter than ${maxMessageBytes} bytes.`;
      throw new AwsError(400, 'InvalidParameterValue', message);
    }
    const now = clock.nowMs();
    const messageId = randomUUID();
    insert.run(queueArn, messageId, body, JSON.stringify(attributes), now, now + delaySeconds * 1000);
    announce(queueArn);
    return { messageId };
  }

  /** Takes up to `max` visible messages and hides them for the queue's visibility timeout, or the one given. */
  function receive(queueArn: string, max: number, visibilityTimeoutSeconds?: number): ReceivedMessage[] {
    return transaction(database, () => {
      const queue = freshQueue(queueArn);
      const now = clock.nowMs();
      const hiddenUntil = now + (visibilityTimeoutSeconds ?? queue.visibilityTimeoutSeconds) * 1000;
      if (queue.redrive) {
        const { deadLetterArn, maxReceiveCount } = queue.redrive;
        const { changes } = bury.run(deadLetterArn, queueArn, now, queueArn, now, maxReceiveCount);
        if (changes > 0) announce(deadLetterArn);
      }
      return rowsSchema.parse(firstVisible.all(queueArn, now, max)).map((row) => {
        const receiptHandle = randomUUID();
        take.run(hiddenUntil, receiptHandle, now, row.sequence);
        return asReceived(row, receiptHandle, now);
      });
    });
  }

  /** Deletes a received message. An older receipt of a message received again changes nothing, as in AWS. */
  function deleteMessage(queueArn: string, receiptHandle: string): void {
    queueAt(queueArn);
    checkReceipt(receiptHandle);
    remove.run(queueArn, receiptHandle);
  }

  /** Hides a message in flight for so many seconds from now; 0 makes it visible at once. */
  function changeVisibility(queueArn: string, receiptHandle: string, seconds: number): void {
    freshQueue(queueArn);
    checkReceipt(receiptHandle);
    const now = clock.nowMs();
    if (hide.run(now + seconds * 1000, queueArn, receiptHandle, now).changes === 0) {
      throw new AwsError(400, 'MessageNotInflight', 'The message is not in flight.');
    }
    if (seconds === 0) announce(queueArn);
  }

  /** The instant from which a receive has something to do; not after now when a message is visible. */
  function nextVisibleAt(queueArn: string): Instant | undefined {
    freshQueue(queueArn);
    const { atMs } = earliestSchema.parse(earliest.get(queueArn));
    return atMs === null ? undefined : new Date(atMs).toISOString();
  }

  /** How many messages can be received now, are being worked on, and were sent with a delay still running. */
  function counts(queueArn: string): { visible: number; inFlight: number; delayed: number } {
    freshQueue(queueArn);
    return countsSchema.parse(count.get({ queueArn, now: clock.nowMs() }));
  }

  /** What lies in a queue, oldest first. Looking changes nothing. */
  function messages(queueArn: string): QueuedMessage[] {
    freshQueue(queueArn);
    return rowsSchema.parse(list.all(queueArn)).map(asQueued);
  }

  /**
   * Moves the visible messages of a dead-letter queue to another queue, or each to the queue it came from, as
   * new messages. Returns how many. Throws `AwsError` for a queue that is nobody's dead-letter queue, and for
   * a message that came from no queue when no destination is given.
   */
  function moveMessages(sourceArn: string, destinationArn?: string): number {
    return transaction(database, () => {
      freshQueue(sourceArn);
      if (destinationArn !== undefined) queueAt(destinationArn);
      if (![...queues.values()].some(({ redrive }) => redrive?.deadLetterArn === sourceArn)) {
        throw new AwsError(
          400,
          'InvalidParameterValue',
          'Source queue must be configured as a Dead Letter Queue.',
        );
      }
      const rows = rowsSchema.parse(firstVisible.all(sourceArn, clock.nowMs(), -1));
      for (const row of rows) {
        const destination = destinationArn ?? row.sourceArn;
        if (destination === null) {
          const message = `Message ${row.messageId} came from no queue: name a DestinationArn.`;
          throw new AwsError(400, 'InvalidParameterValue', message);
        }
        removeRow.run(row.sequence);
        send(destination, row.body, messageAttributesSchema.parse(JSON.parse(row.attributes)));
      }
      return rows.length;
    });
  }

  return {
    queues: settings.queues,
    send,
    receive,
    delete: deleteMessage,
    changeVisibility,
    nextVisibleAt,
    counts,
    messages,
    moveMessages,
    /** Deletes every message of a queue, those in flight too. */
    purge: (queueArn: string): void => void purgeAll.run(queueAt(queueArn).arn),
    /** Calls back with the queue's ARN after messages became visible in it. Returns a function that ends it. */
    onMessage(listener: (queueArn: string) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function checkReceipt(receiptHandle: string): void {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(receiptHandle)) {
    throw new AwsError(400, 'ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');
  }
}
