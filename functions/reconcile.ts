import { addressOf } from '../shared/aws/address.ts';
import { ownClients } from '../shared/aws/clients.ts';
import { scheduledSchema } from '../shared/aws/events.ts';
import { queueHandler } from '../shared/aws/queue-handler.ts';
import { changeRegistry, loadRegistries } from '../shared/aws/registries.ts';
import {
  type EmailSubscription,
  listOptedOut,
  listSubscriptions,
  subscribeEmail,
  unsubscribe,
} from '../shared/aws/subscriptions.ts';
import { logger, metrics } from '../shared/aws/telemetry.ts';
import { loadPlannedAddresses, releaseTopics, reserveTopics } from '../shared/aws/topic-plan.ts';
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import type { Instant } from '../shared/domain/calendar.ts';
import type { Coordinator, Reach, Registry } from '../shared/domain/coordinator.ts';
import { noteReach, type Sighting, statusOf } from '../shared/domain/reach.ts';
import { registrationMs } from '../shared/domain/registration.ts';

const everyUnit = loadCatalogue().units.map(({ id }) => id);
const clients = ownClients();

/**
 * Compares the subscriptions there are with the coordinators there are, once a day: notes who has confirmed,
 * unsubscribed or opted out, asks those again whose confirmation has lapsed, and ends what nobody uses. It acts on
 * what it finds, not on what happened, so a missed or doubled run changes nothing in the end.
 */
export const handler = queueHandler(async ({ body, now }) => {
  scheduledSchema.parse(JSON.parse(body));
  const settledBefore = new Date(Date.parse(now()) - registrationMs).toISOString();
  const planned = await loadPlannedAddresses(clients);
  const subscriptions = await listSubscriptions();
  const optedOut = await listOptedOut();
  // Read last: whoever subscribed before the lists were made is registered by now.
  const registries = await loadRegistries(clients, everyUnit);
  const { topics, refused } = await planTopics(registries);
  const run: Run = {
    settledBefore,
    topics,
    found: statusesOf(subscriptions),
    optedOut,
    failures: refused === 0 ? [] : [new Error(`${refused} addresses found no topic with room`)],
    asked: new Map(),
    changed: 0,
    gone: 0,
  };
  for (const registry of registries) {
    await reconcileUnit(run, registry, now()).catch((error: unknown) => run.failures.push(error));
  }
  const ended = await endUnused(run, subscriptions, planned, registries);
  const { changed, gone, asked, failures } = run;
  logger.info('Reconcile:Done', {
    subscriptions: subscriptions.length,
    asked: asked.size,
    ended,
    registriesChanged: changed,
    gone,
    failed: failures.length,
  });
  metrics.addMetric('AddressesGone', 'Count', gone);
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} things could not be reconciled`);
});

/** What one run works with, what it did and what went wrong in it. */
interface Run {
  /** What was noted since may be newer than what was listed. */
  settledBefore: Instant;
  /** The topic each address belongs to, by hash. */
  topics: ReadonlyMap<string, string>;
  /** How each subscription stands, by `subscriptionKey`. */
  found: ReadonlyMap<string, 'pending' | 'live'>;
  /** Hashes of the numbers that want no SMS. */
  optedOut: ReadonlySet<string>;
  failures: unknown[];
  /** How it stands with addresses that were asked to confirm in this run, by hash. */
  asked: Map<string, 'pending' | 'live'>;
  changed: number;
  gone: number;
}

/** Brings what is known of a unit's coordinators up to date. */
async function reconcileUnit(run: Run, read: Registry, now: Instant): Promise<void> {
  const change = async (present: Registry): Promise<Registry> => {
    const sightings: Sighting[] = [];
    for (const coordinator of present.coordinators) {
      sightings.push(...(await sight(run, coordinator, present.reach)));
    }
    const reach = noteReach(present.reach, sightings, now);
    return reach === present.reach ? present : { ...present, reach };
  };
  const registry = await changeRegistry(clients, read.unit, change, read);
  if (registry.version !== read.version) run.changed += 1;
  const current = registry.coordinators.flatMap(({ id }) => registry.reach[id] ?? []);
  run.gone += current.filter((entry) => statusOf(entry) === 'gone').length;
}

async function sight(run: Run, coordinator: Coordinator, reach: Registry['reach']): Promise<Sighting[]> {
  const { id, email, phone } = coordinator;
  const address = addressOf(email);
  const topic = run.topics.get(address);
  const sightings: Sighting[] = [];
  // Who found no room on any topic is as good as not confirmed.
  const status = topic === undefined ? 'pending' : await emailStatus(run, email, topic, reach[id] ?? []);
  sightings.push({ coordinator: id, channel: 'email', address, ...(topic && { topic }), status });
  if (phone !== undefined) {
    const number = addressOf(phone);
    const status = run.optedOut.has(number) ? 'gone' : 'live';
    sightings.push({ coordinator: id, channel: 'sms', address: number, status });
  }
  return sightings;
}

/**
 * How it stands with an e-mail address. SNS forgets a subscription that has ended, and drops one that is not
 * confirmed within two days: so one that was live and is missing has been ended by its owner and stays so, and any
 * other that is missing is made again.
 */
async function emailStatus(
  { settledBefore, found, asked }: Run,
  email: string,
  topic: string,
  reach: readonly Reach[],
): Promise<Sighting['status']> {
  const address = addressOf(email);
  const known = reach.find((entry) => entry.address === address && entry.topic === topic);
  const last = known && statusOf(known);
  if (known && last !== undefined && last !== 'unused' && isNewerThan(known, settledBefore)) return last;
  const listed = found.get(subscriptionKey(topic, address)) ?? asked.get(address);
  if (listed !== undefined) return listed;
  if (last === 'live' || last === 'gone') return 'gone';
  const status = await subscribeEmail(email, topic);
  asked.set(address, status);
  return status;
}

function isNewerThan({ log }: Reach, instant: Instant): boolean {
  return (log.at(-1)?.at ?? instant) > instant;
}

/** The topic of every address in use, and for how many there is no room, which keeps nobody else from theirs. */
async function planTopics(
  registries: readonly Registry[],
): Promise<{ topics: ReadonlyMap<string, string>; refused: number }> {
  const wanted = registries.flatMap(({ coordinators, reach }) =>
    coordinators.map(({ id, email }) => {
      const address = addressOf(email);
      return { address, topic: reach[id]?.find((entry) => entry.address === address)?.topic };
    }),
  );
  const { topics, refused } = await reserveTopics(clients, wanted);
  return { topics, refused: refused.length };
}

/**
 * Ends confirmed subscriptions that belong to nobody, or to another topic, and frees their places. A pending one
 * cannot be ended; it lapses by itself and keeps its place until then. Returns how many were ended.
 */
async function endUnused(
  { topics, failures }: Run,
  subscriptions: readonly EmailSubscription[],
  planned: readonly string[],
  registries: readonly Registry[],
): Promise<number> {
  const used = new Set(
    registries.flatMap(({ coordinators }) => coordinators.map(({ email }) => addressOf(email))),
  );
  const occupied = new Set(used);
  let ended = 0;
  for (const { topic, address, arn } of subscriptions) {
    if (used.has(address) && (topics.get(address) ?? topic) === topic) continue;
    try {
      if (arn === undefined) occupied.add(address);
      else {
        await unsubscribe(arn);
        ended += 1;
      }
    } catch (error) {
      occupied.add(address);
      failures.push(error);
    }
  }
  await releaseTopics(
    clients,
    planned.filter((address) => !occupied.has(address)),
  );
  return ended;
}

function statusesOf(subscriptions: readonly EmailSubscription[]): Map<string, 'pending' | 'live'> {
  const found = new Map<string, 'pending' | 'live'>();
  for (const { topic, address, arn } of subscriptions) {
    const key = subscriptionKey(topic, address);
    if (found.get(key) !== 'live') found.set(key, arn === undefined ? 'pending' : 'live');
  }
  return found;
}

function subscriptionKey(topic: string, address: string): string {
  return `${topic} ${address}`;
}
