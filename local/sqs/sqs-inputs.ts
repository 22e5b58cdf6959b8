import * as z from 'zod';
import { AwsError } from '../aws-service.ts';
import { messageAttributesSchema } from './message-attributes.ts';

const queueUrl = z.string();
const delaySeconds = z.int().min(0).max(900).optional();
const visibilityTimeout = z.int().min(0).max(43_200);
const message = {
  MessageBody: z.string(),
  MessageAttributes: messageAttributesSchema.optional(),
  DelaySeconds: delaySeconds,
};
const entries = <T extends z.ZodRawShape>(shape: T) =>
  z.strictObject({ QueueUrl: queueUrl, Entries: z.array(z.strictObject({ Id: z.string(), ...shape })) });

/** The input of each action of the embedded SQS. Strict: what it lacks is refused, never ignored. */
export const sqsInputs = {
  GetQueueUrl: z.strictObject({ QueueName: z.string() }),
  GetQueueAttributes: z.strictObject({ QueueUrl: queueUrl, AttributeNames: z.array(z.string()).optional() }),
  PurgeQueue: z.strictObject({ QueueUrl: queueUrl }),
  SendMessage: z.strictObject({ QueueUrl: queueUrl, ...message }),
  SendMessageBatch: entries(message),
  ReceiveMessage: z.strictObject({
    QueueUrl: queueUrl,
    MaxNumberOfMessages: z.int().min(1).max(10).default(1),
    VisibilityTimeout: visibilityTimeout.optional(),
    WaitTimeSeconds: z.int().min(0).max(20).default(0),
    AttributeNames: z.array(z.string()).default([]),
    MessageSystemAttributeNames: z.array(z.string()).default([]),
    MessageAttributeNames: z.array(z.string()).default([]),
  }),
  DeleteMessage: z.strictObject({ QueueUrl: queueUrl, ReceiptHandle: z.string() }),
  DeleteMessageBatch: entries({ ReceiptHandle: z.string() }),
  ChangeMessageVisibility: z.strictObject({
    QueueUrl: queueUrl,
    ReceiptHandle: z.string(),
    VisibilityTimeout: visibilityTimeout,
  }),
  StartMessageMoveTask: z.strictObject({ SourceArn: z.string(), DestinationArn: z.string().optional() }),
};

/** Reads the input of an action; throws `AwsError` InvalidParameterValue naming each field at fault. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new AwsError(400, 'InvalidParameterValue', z.prettifyError(result.error));
}
