import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Reach } from '../domain/coordinator.ts';
import { foldToGsm7 } from '../domain/gsm7.ts';
import { statusOf } from '../domain/reach.ts';
import { addressOf } from './address.ts';

const topics = new SNSClient({});

/** An e-mail to one coordinator. `reach` is what is known of their addresses, as their registry has it. */
export interface Email {
  to: string;
  subject: string;
  text: string;
  notificationId: string;
  reach: readonly Reach[];
}

/**
 * Sends an e-mail and returns its message id. It goes to the topic the address is subscribed to, whose
 * subscriptions each let through the messages of one address alone. SNS does not say whether it arrived.
 *
 * @throws when the address was never subscribed, and when SNS does not take the message.
 */
export async function sendEmail({ to, subject, text, notificationId, reach }: Email): Promise<string> {
  const address = addressOf(to);
  const { topic } = reach.find((entry) => entry.address === address && statusOf(entry) !== 'unused') ?? {};
  if (topic === undefined) throw new Error(`The address of the notification ${notificationId} has no topic`);
  const { MessageId } = await topics.send(
    new PublishCommand({
      TopicArn: topic,
      // SNS takes ASCII alone in a subject; of Vietnamese text the fold leaves nothing else.
      Subject: foldToGsm7(subject),
      Message: text,
      MessageAttributes: {
        recipient: { DataType: 'String', StringValue: address },
        notification: { DataType: 'String', StringValue: notificationId },
      },
    }),
  );
  if (!MessageId) throw new Error(`SNS gave the notification ${notificationId} no message id`);
  return MessageId;
}
