import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, expect, it, vi } from 'vitest';
import { handler } from '../../functions/notify.ts';
import { addressOf } from '../../shared/aws/address.ts';
import { keys } from '../../shared/aws/table-keys.ts';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import type { Channel, Coordinator, Reach } from '../../shared/domain/coordinator.ts';
import { outboxSchema } from '../../shared/domain/notification.ts';
import { at, ledgerAfter } from '../domain/telling.ts';
import { context, scheduled, sqsEvent } from './events.ts';
import { fakeTable } from './fake-table.ts';

const table = fakeTable();
const topics = mockClient(SNSClient);
const event = sqsEvent(scheduled('2022-07-01T00:30:00Z'));
const morningMs = Date.parse('2022-07-01T00:30:00.000Z');
/** Later than a message comes back whose function died. */
const laterMs = 15 * 60_000;

const person = (id: string, rest: Partial<Coordinator> = {}): Coordinator => ({
  id,
  unit: '74',
  name: 'Đầu mối',
  language: 'vi',
  email: `${id}@74.example`,
  ...rest,
});
/** Told by text message and digest; the same in English; by digest alone. */
const people = [
  person('a', { phone: '+84900000001' }),
  person('b', { phone: '+84900000002', language: 'en' }),
  person('c'),
];

/** What a call comes to: it dies before its effect, or after it, when the answer is still on its way. */
const deaths = ['before', 'after'] as const;
type Death = (typeof deaths)[number];

let calls: string[] = [];
let isDead = false;
let diesAt: { n: number; death: Death; die: () => void } | undefined;

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Counts what is sent through a client, and lets the function die where it is to. */
function watch(prototype: { send: (...parameters: never[]) => unknown }): void {
  const { send } = prototype;
  vi.spyOn(prototype, 'send').mockImplementation(function (this: unknown, ...parameters: never[]) {
    const never = new Promise(() => {});
    if (isDead) return never;
    calls.push(Object(parameters[0]).constructor.name);
    if (diesAt?.n !== calls.length) return send.apply(this, parameters);
    isDead = true;
    if (diesAt.death === 'after') send.apply(this, parameters);
    diesAt.die();
    return never;
  });
}

async function prepare(): Promise<void> {
  vi.restoreAllMocks();
  table.reset();
  topics.reset();
  topics.on(PublishCommand).resolves({ MessageId: 'x' });
  vi.useFakeTimers({ toFake: ['Date'], now: morningMs });
  const instant = new Date(morningMs).toISOString();
  await table.putPacked(keys.alerts('74'), { ...ledgerAfter(loadCatalogue(), '74', [instant]), version: 1 });
  const reach = Object.fromEntries(
    people.map(({ id, email, phone }) => [
      id,
      [reachOf('email', email), ...(phone === undefined ? [] : [reachOf('sms', phone)])],
    ]),
  );
  await table.putPacked(keys.registry('74'), { unit: '74', version: 1, coordinators: people, reach });
  watch(DynamoDBDocumentClient.prototype);
  watch(SNSClient.prototype);
}

function reachOf(channel: Channel, address: string): Reach {
  const log = [{ at: at('2022-01-01', '00:00'), status: 'live' as const }];
  return { channel, address: addressOf(address), topic: 'arn:aws:sns:ap-southeast-1:0:t', log };
}

/** Plays a morning: the run, which may be killed, then the next two, each a quarter of an hour later. */
async function play(n?: number, death: Death = 'before') {
  await prepare();
  calls = [];
  const killed = new Promise<void>((die) => {
    diesAt = n === undefined ? undefined : { n, death, die };
  });
  await Promise.race([handler(event, context), killed]);
  // What was on its way when the function died comes back to nobody.
  await new Promise((resolve) => setImmediate(resolve));
  const first = [...calls];
  const unnoted = unnotedMessages();
  isDead = false;
  diesAt = undefined;
  for (const run of [1, 2]) {
    vi.setSystemTime(morningMs + run * laterMs);
    expect(await handler(event, context)).toEqual({ batchItemFailures: [] });
  }
  return { calls: first, unnoted, told: people.map(({ id }) => toldOf(id)), messages: sentMessages() };
}

const outboxOf = (id: string) => {
  const packed = table.packed(keys.outbox('74', id));
  return packed === undefined ? undefined : outboxSchema.parse(packed);
};

/** What the ledger of sending says of somebody, without versions. */
function toldOf(id: string) {
  const { told, open, digest, claimedAt } = outboxOf(id) ?? {};
  return { told, open, digest, claimedAt };
}

/** Each message that was sent, as `<address or its hash>: <text>`. */
function sentMessages(): string[] {
  return topics
    .commandCalls(PublishCommand)
    .map(
      ({ args: [{ input }] }) =>
        `${input.PhoneNumber ?? input.MessageAttributes?.recipient?.StringValue}: ${input.Message}`,
    );
}

/** Messages that were sent and are still open in an outbox. */
function unnotedMessages(): string[] {
  const open = people.flatMap(({ id, email, phone = '' }) =>
    (outboxOf(id)?.open ?? []).map(
      ({ channel, text }) => `${channel === 'email' ? addressOf(email) : phone}: ${text}`,
    ),
  );
  return sentMessages().filter((message) => open.includes(message));
}

const repeatsOf = (messages: readonly string[]) =>
  messages.filter((message, index) => messages.indexOf(message) !== index);

it.each(deaths)(
  'whichever call it is killed %s, the next runs tell all, and repeat only what was sent and not noted',
  async (death) => {
    const undisturbed = await play();
    expect(repeatsOf(undisturbed.messages)).toEqual([]);
    expect(undisturbed.messages).toHaveLength(5);
    const repeating: string[] = [];
    for (const [index, call] of undisturbed.calls.entries()) {
      const { told, messages, unnoted } = await play(index + 1, death);
      const repeats = repeatsOf(messages);
      expect({ call, told }).toEqual({ call, told: undisturbed.told });
      expect(new Set(messages)).toEqual(new Set(undisturbed.messages));
      expect(repeats.toSorted()).toEqual(unnoted.toSorted());
      if (repeats.length > 0) repeating.push(call);
    }
    expect(new Set(repeating)).toEqual(new Set(['PublishCommand', 'PutCommand']));
  },
);
