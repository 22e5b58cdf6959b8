import * as z from 'zod';

/**
 * The most subscriptions a topic is given. Each has a filter policy, of which SNS takes 200 on one topic; the rest
 * is room for those that linger until they are removed.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/sns.html
 */
export const maxSubscriptionsPerTopic = 150;

/** Which topic each e-mail address is subscribed to, by hash of the address. `version` counts the changes. */
export const topicPlanSchema = z.strictObject({
  version: z.int(),
  topics: z.record(z.string(), z.string()),
});
export type TopicPlan = z.infer<typeof topicPlanSchema>;

/** An address, by its hash, that needs a topic; `topic` is one it is known to be subscribed to already. */
export interface PlannedAddress {
  address: string;
  topic?: string | undefined;
}

/**
 * Gives each address that has none a topic: the one it is subscribed to, else the first in the address's own order
 * that has room. `refused` are those for which every topic is full. Returns the same `topics` when nothing changed.
 */
export function assignTopics(
  present: TopicPlan['topics'],
  addresses: readonly PlannedAddress[],
  topics: readonly string[],
): { topics: TopicPlan['topics']; refused: string[] } {
  const isKnown = (topic: string | undefined) => topic !== undefined && topics.includes(topic);
  const plan = new Map(Object.entries(present).filter(([, topic]) => isKnown(topic)));
  const counts = new Map<string, number>(topics.map((topic) => [topic, 0]));
  for (const topic of plan.values()) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  const refused = new Set<string>();
  let isChanged = false;
  for (const { address, topic } of addresses) {
    if (plan.has(address)) continue;
    const order = [...topics.filter((one) => one === topic), ...topicOrder(address, topics)];
    const chosen = order.find((one) => (counts.get(one) ?? 0) < maxSubscriptionsPerTopic);
    if (chosen === undefined) {
      refused.add(address);
      continue;
    }
    plan.set(address, chosen);
    counts.set(chosen, (counts.get(chosen) ?? 0) + 1);
    isChanged = true;
  }
  return { topics: isChanged ? Object.fromEntries(plan) : present, refused: [...refused] };
}

/**
 * The topics in the order in which an address prefers them (rendezvous hashing): addresses spread evenly, and one
 * topic more or fewer moves only the addresses that prefer it.
 */
export function topicOrder(address: string, topics: readonly string[]): string[] {
  const weights = new Map(topics.map((topic) => [topic, hash(`${address} ${topic}`)]));
  return topics.toSorted((a, b) => (weights.get(b) ?? 0) - (weights.get(a) ?? 0) || (a < b ? -1 : 1));
}

/** FNV-1a with the finalizer of MurmurHash3, without which texts that differ in the end alone would lie close. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
