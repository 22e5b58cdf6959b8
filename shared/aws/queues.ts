import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

const queues = new SQSClient({});

/** The longest SQS keeps a message back, in seconds. */
export const maxDelaySeconds = 15 * 60;

/** Sends one message, which nobody receives before `delaySeconds` are over. */
export async function sendMessage(queueUrl: string, body: string, delaySeconds = 0): Promise<void> {
  await queues.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: body,
      ...(delaySeconds > 0 && { DelaySeconds: delaySeconds }),
    }),
  );
}
