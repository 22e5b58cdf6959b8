import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { addressOf } from '../../shared/aws/address.ts';
import { sendEmail } from '../../shared/aws/messages.ts';
import type { Reach } from '../../shared/domain/coordinator.ts';

const topics = mockClient(SNSClient);
const to = 'Dau-Moi@74.example';
const entry = (topic: string, address: string, status: 'live' | 'unused' = 'live'): Reach => ({
  channel: 'email',
  address,
  topic,
  log: [{ at: '2022-04-01T00:00:00.000Z', status }],
});
const email = {
  to,
  subject: 'Tiến độ: 2 chỉ tiêu',
  text: 'Chỉ tiêu II.9.1 còn 7 ngày.',
  notificationId: '2022-07-01#74-1#email#12',
  reach: [entry('old', addressOf('old@74.example'), 'unused'), entry('home', addressOf(to.toLowerCase()))],
};

beforeEach(() => {
  topics.reset();
  topics.on(PublishCommand).resolves({ MessageId: 'm1' });
});

describe('sending an e-mail', () => {
  it('publishes it to the topic of its address, for that address alone', async () => {
    expect(await sendEmail(email)).toBe('m1');
    expect(topics.commandCalls(PublishCommand).map(({ args: [{ input }] }) => input)).toEqual([
      {
        TopicArn: 'home',
        Subject: 'Tien do: 2 chi tieu',
        Message: email.text,
        MessageAttributes: {
          recipient: { DataType: 'String', StringValue: addressOf(to) },
          notification: { DataType: 'String', StringValue: email.notificationId },
        },
      },
    ]);
  });

  it.each([
    ['was never subscribed', []],
    ['is not used any more', [entry('home', addressOf(to), 'unused')]],
  ])('fails when the address %s, and names it nowhere', async (_, reach) => {
    const failure = await sendEmail({ ...email, reach }).catch((error: Error) => error.message);
    expect(failure).toMatch(/2022-07-01#74-1#email#12 has no topic/);
    expect(failure).not.toContain('@74');
  });

  it('fails when SNS gives no message id', async () => {
    topics.on(PublishCommand).resolves({});
    await expect(sendEmail(email)).rejects.toThrow('no message id');
  });
});
