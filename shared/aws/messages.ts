import { createHash } from 'node:crypto';
import { PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import type { Coordinator } from '../domain/coordinator.ts';
import { foldToGsm7 } from '../domain/gsm7.ts';
import type { Notification } from '../domain/notification.ts';
import { requireEnvironment } from './environment.ts';

const topicArn = requireEnvironment('TOPIC_ARN');
const topics = new SNSClient({});

/** The most one SMS may cost, in US dollars. */
const maxSmsPrice = '0.20';

/**
 * Sends a notification and returns its message id. An e-mail goes to the topic, whose subscriptions each let
 * through the messages of one address alone; an SMS goes to the number.
 *
 * @throws when the coordinator has no address for the channel, and when SNS does not take the message.
 */
export async function sendNotification(
  coordinator: Coordinator,
  notification: Notification,
): Promise<string> {
  const { MessageId } = await topics.send(
    notification.channel === 'email'
      ? emailCommand(coordinator, notification)
      : smsCommand(coordinator, notification),
  );
  if (!MessageId) throw new Error(`SNS gave the notification ${notification.id} no message id`);
  return MessageId;
}

/**
 * Subscribes an e-mail address to its own messages. Repeating it changes nothing: one address always has the
 * same filter, whoever shares it. The person behind it has to confirm once.
 */
export async function subscribeEmail(email: string): Promise<void> {
  await topics.send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: 'email',
      Endpoint: email,
      Attributes: { FilterPolicy: JSON.stringify({ recipient: [recipientOf(email)] }) },
      ReturnSubscriptionArn: true,
    }),
  );
}

function emailCommand({ email, id }: Coordinator, notification: Notification): PublishCommand {
  if (!email) throw new Error(`The coordinator ${id} has no e-mail address`);
  return new PublishCommand({
    TopicArn: topicArn,
    // SNS takes ASCII alone in a subject; of Vietnamese text the fold leaves nothing else.
    Subject: foldToGsm7(notification.subject ?? 'tiendo'),
    Message: notification.text,
    MessageAttributes: {
      recipient: { DataType: 'String', StringValue: recipientOf(email) },
      notification: { DataType: 'String', StringValue: notification.id },
    },
  });
}

function smsCommand({ phone, id }: Coordinator, notification: Notification): PublishCommand {
  if (!phone) throw new Error(`The coordinator ${id} has no phone number`);
  return new PublishCommand({
    PhoneNumber: phone,
    Message: notification.text,
    MessageAttributes: {
      'AWS.SNS.SMS.SMSType': { DataType: 'String', StringValue: 'Transactional' },
      'AWS.SNS.SMS.MaxPrice': { DataType: 'Number', StringValue: maxSmsPrice },
    },
  });
}

/** What filter policies match an address by, without writing the address into them. */
function recipientOf(email: string): string {
  return createHash('sha256').update(email.toLowerCase()).digest('hex').slice(0, 32);
}
