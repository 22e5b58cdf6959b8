import * as z from 'zod';
import type { Instant } from '../../shared/domain/calendar.ts';
import { accountId } from '../aws-service.ts';
import { md5Hex, md5OfAttributes, messageAttributesSchema } from './message-attributes.ts';

/** A received message in the form of a Lambda SQS record, without the three fields that name the event source. */
export interface ReceivedMessage {
  messageId: string;
  receiptHandle: string;
  body: string;
  md5OfBody: string;
  md5OfMessageAttributes?: string;
  attributes: {
    ApproximateReceiveCount: string;
    SentTimestamp: string;
    SenderId: string;
    ApproximateFirstReceiveTimestamp: string;
    DeadLetterQueueSourceArn?: string;
  };
  messageAttributes: Record<
    string,
    { dataType: string; stringValue: string; stringListValues: never[]; binaryListValues: never[] }
  >;
}

/** A message as it lies in a queue, for inspection. It may be received again from `visibleAt` on. */
export interface QueuedMessage {
  messageId: string;
  body: string;
  sentAt: Instant;
  visibleAt: Instant;
  receiveCount: number;
}

/** A message as it is stored. */
export const messageRowSchema = z.object({
  sequence: z.number(),
  messageId: z.string(),
  body: z.string(),
  attributes: z.string(),
  sentAtMs: z.number(),
  visibleAtMs: z.number(),
  receiveCount: z.number(),
  firstReceivedAtMs: z.number().nullable(),
  sourceArn: z.string().nullable(),
});
export type MessageRow = z.infer<typeof messageRowSchema>;

/** The message somebody receives, now for the `receiveCount + 1`th time. */
export function asReceived(row: MessageRow, receiptHandle: string, nowMs: number): ReceivedMessage {
  const attributes = messageAttributesSchema.parse(JSON.parse(row.attributes));
  const md5OfMessageAttributes = md5OfAttributes(attributes);
  return {
    messageId: row.messageId,
    receiptHandle,
    body: row.body,
    md5OfBody: md5Hex(row.body),
    ...(md5OfMessageAttributes === undefined ? {} : { md5OfMessageAttributes }),
    attributes: {
      ApproximateReceiveCount: String(row.receiveCount + 1),
      SentTimestamp: String(row.sentAtMs),
      SenderId: accountId,
      ApproximateFirstReceiveTimestamp: String(row.firstReceivedAtMs ?? nowMs),
      ...(row.sourceArn === null ? {} : { DeadLetterQueueSourceArn: row.sourceArn }),
    },
    messageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, { DataType, StringValue }]) => [
        name,
        { dataType: DataType, stringValue: StringValue, stringListValues: [], binaryListValues: [] },
      ]),
    ),
  };
}

/** A stored message for inspection. */
export function asQueued(row: MessageRow): QueuedMessage {
  return {
    messageId: row.messageId,
    body: row.body,
    sentAt: new Date(row.sentAtMs).toISOString(),
    visibleAt: new Date(row.visibleAtMs).toISOString(),
    receiveCount: row.receiveCount,
  };
}

/** Whether SQS takes the text: tab, line feed, carriage return and everything from the space on, but no lone surrogates, U+FFFE and U+FFFF. */
export function canBeSent(body: string): boolean {
  return /^[\t\n\r\u0020-\uFFFD]*$/.test(body) && body.isWellFormed();
}
