import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignTopics, maxSubscriptionsPerTopic, topicOrder } from '../../shared/domain/topics.ts';

const topics = Array.from(
  { length: 16 },
  (_, index) => `arn:aws:sns:ap-southeast-1:1:MessagesTopic${index + 1}`,
);
const addresses = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    address: createHash('sha256').update(`dau-moi-${index}@example.vn`).digest('hex').slice(0, 32),
  }));

/** Subscriptions on the fullest topic. */
function fullest(assigned: Readonly<Record<string, string>>): number {
  const byTopic = Map.groupBy(Object.values(assigned), (topic) => topic);
  return Math.max(...[...byTopic.values()].map(({ length }) => length));
}

describe('the topics of addresses', () => {
  it('share 1,000 recipients evenly enough', () => {
    const assigned = assignTopics({}, addresses(1000), topics);
    console.log(`1,000 recipients on 16 topics: at most ${fullest(assigned.topics)} filter policies on one`);
    expect(assigned.refused).toEqual([]);
    expect(Object.keys(assigned.topics)).toHaveLength(1000);
    expect(fullest(assigned.topics)).toBeLessThan(100);
  });

  it('have room for 2,400, never over 150 on one, and the 2,401st is refused', () => {
    const most = topics.length * maxSubscriptionsPerTopic;
    const all = addresses(most + 1);
    const full = assignTopics({}, all.slice(0, most), topics);
    expect(full.refused).toEqual([]);
    expect(fullest(full.topics)).toBe(maxSubscriptionsPerTopic);
    const over = assignTopics(full.topics, all, topics);
    expect(over.refused).toEqual([all[most]?.address]);
    expect(over.topics).toBe(full.topics);
  });

  it('stay as they are, whoever comes, goes and comes back in whatever order', () => {
    const pool = addresses(60);
    const few = topics.slice(0, 4);
    fc.assert(
      fc.property(fc.array(fc.shuffledSubarray(pool), { maxLength: 6 }), (rounds) => {
        let present: Readonly<Record<string, string>> = {};
        for (const round of rounds) {
          const next = assignTopics(present, round, few).topics;
          for (const [address, topic] of Object.entries(present)) expect(next[address]).toBe(topic);
          for (const { address } of round) expect(next[address]).toBe(topicOrder(address, few)[0]);
          present = next;
        }
      }),
    );
  });

  it('are the next in order where one is full', () => {
    const [one = { address: '' }] = addresses(1);
    const [first = '', second] = topicOrder(one.address, topics);
    const full = Object.fromEntries(
      Array.from({ length: maxSubscriptionsPerTopic }, (_, index) => [`taken-${index}`, first]),
    );
    expect(assignTopics(full, [one], topics).topics[one.address]).toBe(second);
    delete full['taken-0'];
    expect(assignTopics(full, [one], topics).topics[one.address]).toBe(first);
  });

  it('are the ones addresses are subscribed to already, where the plan does not say', () => {
    const [one = { address: '' }] = addresses(1);
    const last = topicOrder(one.address, topics).at(-1);
    expect(assignTopics({}, [{ ...one, topic: last }], topics).topics[one.address]).toBe(last);
    expect(assignTopics({}, [{ ...one, topic: 'another' }], topics).topics[one.address]).not.toBe('another');
  });

  it('are given anew when a topic is no more, and move no other address', () => {
    const before = assignTopics({}, addresses(200), topics).topics;
    const after = assignTopics(before, addresses(200), topics.slice(1)).topics;
    for (const [address, topic] of Object.entries(before)) {
      if (topic === topics[0]) expect(after[address]).not.toBe(topic);
      else expect(after[address]).toBe(topic);
    }
  });
});
