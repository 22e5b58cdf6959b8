import { randomUUID } from 'node:crypto';
import {
  ListPhoneNumbersOptedOutCommand,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMailbox, type Mailbox } from '../../local/mailbox/mailbox.ts';
import { createSns, type Sns } from '../../local/sns/sns.ts';
import { type ContractEndpoint, startContractEndpoint } from './endpoint.ts';

/** A topic of the endpoint. What is delivered can be seen only where the mailbox is: on the embedded one. */
const TopicArn = process.env.TIENDO_CONTRACT_TOPIC ?? 'arn:aws:sns:ap-southeast-1:000000000000:contract';
const isEmbedded = process.env.TIENDO_CONTRACT_ENDPOINT === undefined;

let endpoint: ContractEndpoint;
let client: SNSClient;
let mailbox: Mailbox;
let sns: Sns;

beforeAll(async () => {
  endpoint = await startContractEndpoint(({ clock, database }) => {
    mailbox = createMailbox(database);
    sns = createSns({
      database,
      clock,
      topics: [{ arn: TopicArn }],
      deliver: mailbox.deliver,
      confirmByItself: false,
    });
    return { services: [sns] };
  });
  client = new SNSClient(endpoint.client);
});
afterAll(async () => {
  client.destroy();
  await endpoint.close();
});

const subscribe = (Endpoint: string, coordinator: string) =>
  client.send(
    new SubscribeCommand({
      TopicArn,
      Protocol: 'email',
      Endpoint,
      ReturnSubscriptionArn: true,
      Attributes: { FilterPolicy: JSON.stringify({ coordinator: [coordinator] }) },
    }),
  );

/** What is listed for each address: the ARN of its subscription, or `PendingConfirmation`. */
async function listed(): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  let NextToken: string | undefined;
  do {
    const page = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn, NextToken }));
    for (const { Endpoint = '', SubscriptionArn = '' } of page.Subscriptions ?? [])
      found.set(Endpoint, SubscriptionArn);
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}

/** Opens the link in the latest message to an address. */
const confirm = (address: string) =>
  sns.confirm(/token=(\S+)/.exec(mailbox.messages(address).at(-1)?.body ?? '')?.[1] ?? '');

describe('a subscription', () => {
  it('is made, listed, changed and ended', async () => {
    const address = `${randomUUID()}@example.vn`;
    const { SubscriptionArn } = await subscribe(address, 'a');
    expect(SubscriptionArn?.startsWith(`${TopicArn}:`)).toBe(true);
    expect((await subscribe(address, 'a')).SubscriptionArn).toBe(SubscriptionArn);
    expect((await listed()).get(address)).toBe('PendingConfirmation');
    const AttributeValue = '{"coordinator":["b"]}';
    await client.send(
      new SetSubscriptionAttributesCommand({
        SubscriptionArn,
        AttributeName: 'FilterPolicy',
        AttributeValue,
      }),
    );
    await client.send(new UnsubscribeCommand({ SubscriptionArn }));
    if (isEmbedded) expect((await listed()).has(address)).toBe(false);
  });

  it('says that it awaits its confirmation, until it has it', async () => {
    const address = `${randomUUID()}@example.vn`;
    const ask = () => client.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: address }));
    expect((await ask()).SubscriptionArn).toBe('pending confirmation');
    if (!isEmbedded) return;
    confirm(address);
    const { SubscriptionArn } = await ask();
    expect(SubscriptionArn?.startsWith(`${TopicArn}:`)).toBe(true);
    expect((await listed()).get(address)).toBe(SubscriptionArn);
  });

  it.runIf(isEmbedded)('is listed no more once its owner has unsubscribed', async () => {
    const address = `${randomUUID()}@example.vn`;
    const { SubscriptionArn = '' } = await subscribe(address, 'a');
    confirm(address);
    expect(sns.unsubscribe(SubscriptionArn)).toBe(true);
    expect((await listed()).has(address)).toBe(false);
  });

  it('with an unknown operator in its filter policy is refused', async () => {
    const Attributes = { FilterPolicy: '{"coordinator":[{"sounds-like":"a"}]}' };
    const command = new SubscribeCommand({
      TopicArn,
      Protocol: 'email',
      Endpoint: 'a@example.vn',
      Attributes,
    });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('publishing', () => {
  it('answers with the id of the message', async () => {
    const { MessageId } = await client.send(
      new PublishCommand({ TopicArn, Subject: 'Nhac han', Message: 'x' }),
    );
    expect(MessageId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.runIf(isEmbedded)('delivers text and attributes unchanged to those concerned', async () => {
    const [address, coordinator] = [`${randomUUID()}@example.vn`, randomUUID()];
    await subscribe(address, coordinator);
    await subscribe(`other-${address}`, 'other');
    for (const one of [address, `other-${address}`]) confirm(one);
    const before = mailbox.messages(address).length;
    const Message = 'Tiến độ: "98,7 %" < 100 % & còn 7 ngày\r\n+1 😀';
    const MessageAttributes = {
      coordinator: { DataType: 'String', StringValue: coordinator },
      alerts: { DataType: 'Number', StringValue: '1' },
    };
    await client.send(new PublishCommand({ TopicArn, Subject: 'Nhac han', Message, MessageAttributes }));
    expect(mailbox.messages(address).slice(before)).toMatchObject([
      { channel: 'email', subject: 'Nhac han', body: Message },
    ]);
    expect(mailbox.messages(`other-${address}`)).toHaveLength(1);
  });

  it.runIf(isEmbedded)('sends an SMS to a phone number', async () => {
    const MessageAttributes = {
      'AWS.SNS.SMS.SenderID': { DataType: 'String', StringValue: 'tiendo' },
      'AWS.SNS.SMS.MaxPrice': { DataType: 'Number', StringValue: '0.20' },
    };
    await client.send(
      new PublishCommand({ PhoneNumber: '+84912345678', Message: 'qua han', MessageAttributes }),
    );
    expect(mailbox.messages('+84912345678')).toMatchObject([
      { channel: 'sms', body: 'qua han', smsParts: 1 },
    ]);
  });

  it('lists the numbers that have opted out', async () => {
    const phone = '+84912345679';
    if (isEmbedded) sns.optOut(phone);
    const { phoneNumbers = [] } = await client.send(new ListPhoneNumbersOptedOutCommand({}));
    if (isEmbedded) expect(phoneNumbers).toEqual([phone]);
    expect(phoneNumbers.every((one) => one.startsWith('+'))).toBe(true);
  });

  it.each([
    ['a message over 256 KiB', { Message: 'x'.repeat(262_145) }, 'InvalidParameterException'],
    ['a subject over 100 characters', { Subject: 'x'.repeat(101) }, 'InvalidParameterException'],
    ['a subject of two lines', { Subject: 'a\nb' }, 'InvalidParameterException'],
    ['an unknown topic', { TopicArn: `${TopicArn}-${randomUUID()}` }, 'NotFoundException'],
  ])('refuses %s', async (_, input, name) => {
    const command = new PublishCommand({ TopicArn, Message: 'x', ...input });
    await expect(client.send(command)).rejects.toMatchObject({ name });
  });
});
