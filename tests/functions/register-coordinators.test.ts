import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { handler } from '../../functions/register-coordinators.ts';
import { keys } from '../../shared/aws/table-keys.ts';
import { context, httpRequest } from './events.ts';
import { fakeTable } from './fake-table.ts';

const table = fakeTable();
const topics = mockClient(SNSClient);
const first = {
  id: 'a',
  name: 'Đầu mối',
  language: 'vi',
  email: 'Dau-Moi@74.example',
  phone: '+84900000001',
};
const second = { id: 'b', name: 'Liaison', language: 'en', phone: '+84900000002' };

beforeEach(() => {
  table.reset();
  topics.reset();
  topics.on(SubscribeCommand).resolves({ SubscriptionArn: 'arn' });
});

const register = (coordinators: unknown[], unit = '74', groups = '[admin]') =>
  handler(
    httpRequest('PUT /units/{unit}/coordinators', groups, { path: { unit }, body: { coordinators } }),
    context,
  );
const registry = () => table.packed(keys.registry('74'));

describe('registering coordinators', () => {
  it('subscribes each e-mail address to its own messages, then writes the whole list one version on', async () => {
    topics.on(SubscribeCommand).callsFake(() => {
      expect(registry()).toBeUndefined();
      return {};
    });
    expect((await register([first, second])).statusCode).toBe(200);
    expect(topics.commandCalls(SubscribeCommand).map(({ args: [{ input }] }) => input)).toEqual([
      {
        TopicArn: 'arn:aws:sns:ap-southeast-1:000000000000:messages',
        Protocol: 'email',
        Endpoint: first.email,
        // The address itself must not be legible in the subscription's settings.
        Attributes: { FilterPolicy: expect.stringMatching(/^\{"recipient":\["[0-9a-f]{32}"\]\}$/) },
        ReturnSubscriptionArn: true,
      },
    ]);
    const coordinators = [first, second].map((person) => ({ ...person, unit: '74' }));
    expect(registry()).toEqual({ unit: '74', version: 1, coordinators });
    topics.on(SubscribeCommand).resolves({});
    await register([second]);
    expect(registry()).toMatchObject({ version: 2, coordinators: [{ id: 'b' }] });
  });

  it('writes nothing when a subscription fails, so that repeating it is all there is to do', async () => {
    topics.on(SubscribeCommand).rejects(new Error('throttled'));
    expect((await register([first])).statusCode).toBe(500);
    expect(registry()).toBeUndefined();
  });

  it.each([
    ['an unknown unit', [first], '7', '[admin]', 404],
    ['a coordinator twice', [first, first], '74', '[admin]', 400],
    ['a number without country code', [{ ...second, phone: '0900000002' }], '74', '[admin]', 400],
    ['a unit of its own choice', [{ ...first, unit: '79' }], '74', '[admin]', 400],
    ['a province', [first], '74', '[province unit-74]', 403],
    ['a coordinator', [first], '74', '[coordinator]', 403],
    ['an analyst', [first], '74', '[analyst]', 403],
  ])('is refused for %s', async (_, coordinators, unit, groups, status) => {
    expect((await register(coordinators, unit, groups)).statusCode).toBe(status);
    expect(topics.calls()).toHaveLength(0);
    expect(table.mock.calls()).toHaveLength(0);
  });
});
