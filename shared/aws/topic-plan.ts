import { assignTopics, type PlannedAddress, type TopicPlan, topicPlanSchema } from '../domain/topics.ts';
import type { Clients } from './clients.ts';
import { loadPacked, savePacked, untilWritten } from './packed-items.ts';
import { topicArns } from './subscriptions.ts';
import { keys } from './table-keys.ts';

/** The topic of each address asked for, by hash; `refused` are those for which there is no room. */
export interface TopicsOf {
  topics: ReadonlyMap<string, string>;
  refused: readonly string[];
}

/**
 * Gives each address its topic, for good. The plan is one item, written on condition: two who ask at the same time
 * never take the same last place.
 */
export async function reserveTopics(
  clients: Clients,
  addresses: readonly PlannedAddress[],
): Promise<TopicsOf> {
  let refused: readonly string[] = [];
  const plan = await changePlan(clients, (present) => {
    const assigned = assignTopics(present, addresses, topicArns);
    refused = assigned.refused;
    return assigned.topics;
  });
  return {
    topics: new Map(
      addresses.flatMap(({ address }) => {
        const topic = plan[address];
        return topic === undefined ? [] : [[address, topic]];
      }),
    ),
    refused,
  };
}

/** The addresses that have a topic, by hash. */
export async function loadPlannedAddresses(clients: Clients): Promise<string[]> {
  return Object.keys((await loadPlan(clients)).topics);
}

/** Frees the places of addresses that nobody uses any more. */
export async function releaseTopics(clients: Clients, addresses: readonly string[]): Promise<void> {
  const released = new Set(addresses);
  await changePlan(clients, (present) => {
    const kept = Object.entries(present).filter(([address]) => !released.has(address));
    return kept.length === Object.keys(present).length ? present : Object.fromEntries(kept);
  });
}

async function changePlan(
  clients: Clients,
  change: (topics: TopicPlan['topics']) => TopicPlan['topics'],
): Promise<TopicPlan['topics']> {
  return await untilWritten(async () => {
    const { version, topics } = await loadPlan(clients);
    const changed = change(topics);
    if (changed !== topics) {
      await savePacked(clients.documents, keys.topicPlan(), { version: version + 1, topics: changed });
    }
    return changed;
  });
}

async function loadPlan({ documents }: Clients): Promise<TopicPlan> {
  return (await loadPacked(documents, keys.topicPlan(), topicPlanSchema)) ?? { version: 0, topics: {} };
}
