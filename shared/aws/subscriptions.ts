import {
  ListPhoneNumbersOptedOutCommand,
  ListSubscriptionsByTopicCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { addressOf } from './address.ts';
import { requireEnvironment } from './environment.ts';

const client = new SNSClient({});

/** The ARNs of the topics that e-mails are published to. */
export const topicArns: readonly string[] = requireEnvironment('TOPIC_ARNS').split(',');

/** An e-mail subscription as SNS lists it. Only a confirmed one has an ARN, by which it can be ended. */
export interface EmailSubscription {
  topic: string;
  /** Hash of the address. */
  address: string;
  arn?: string;
}

/**
 * Subscribes an e-mail address to its own messages on a topic, and says whether it is confirmed. Repeating it
 * changes nothing but that the person behind a pending one is asked again: one address always has the same filter,
 * whoever shares it.
 */
export async function subscribeEmail(email: string, topic: string): Promise<'pending' | 'live'> {
  const { SubscriptionArn } = await client.send(
    new SubscribeCommand({
      TopicArn: topic,
      Protocol: 'email',
      // Two spellings of one address would get every message twice.
      Endpoint: email.toLowerCase(),
      Attributes: { FilterPolicy: JSON.stringify({ recipient: [addressOf(email)] }) },
    }),
  );
  return isArn(SubscriptionArn) ? 'live' : 'pending';
}

/** Every subscription of every topic, by its hash, pending ones included. */
export async function listSubscriptions(): Promise<EmailSubscription[]> {
  return (await Promise.all(topicArns.map(listTopic))).flat();
}

/** Ends a confirmed subscription; one that is gone already is as good. */
export async function unsubscribe(arn: string): Promise<void> {
  await client.send(new UnsubscribeCommand({ SubscriptionArn: arn }));
}

/** The phone numbers of this account and region that want no SMS any more, by their hash. */
export async function listOptedOut(): Promise<Set<string>> {
  const found = new Set<string>();
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new ListPhoneNumbersOptedOutCommand(nextToken === undefined ? {} : { nextToken }),
    );
    for (const phone of page.phoneNumbers ?? []) found.add(addressOf(phone));
    nextToken = page.nextToken;
  } while (nextToken);
  return found;
}

async function listTopic(topic: string): Promise<EmailSubscription[]> {
  const found: EmailSubscription[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn: topic, NextToken }));
    for (const { Protocol, Endpoint, SubscriptionArn } of page.Subscriptions ?? []) {
      // SNS goes on listing an ended subscription for a while, with `Deleted` for its ARN.
      if (Protocol !== 'email' || Endpoint === undefined || SubscriptionArn === 'Deleted') continue;
      found.push({
        topic,
        address: addressOf(Endpoint),
        ...(isArn(SubscriptionArn) && { arn: SubscriptionArn }),
      });
    }
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

/** Until a subscription is confirmed SNS says `PendingConfirmation` or `pending confirmation` in place of its ARN. */
function isArn(text: string | undefined): text is string {
  return text?.startsWith('arn:') ?? false;
}
