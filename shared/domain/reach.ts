import type { Instant } from './calendar.ts';
import type { Channel, Reach, ReachStatus, Registry } from './coordinator.ts';

/** How it stands with an address a coordinator has. `address` is its hash, `topic` that of an e-mail address. */
export interface Sighting {
  coordinator: string;
  channel: Channel;
  address: string;
  topic?: string;
  status: Exclude<ReachStatus, 'unused'>;
}

/**
 * Notes how it stands with every address in use at an instant: what differs from what was known last is added, and
 * addresses that are not among them count as unused from then on. Returns the same object when nothing changed.
 */
export function noteReach(
  reach: Registry['reach'],
  sightings: readonly Sighting[],
  now: Instant,
): Registry['reach'] {
  const seen = Map.groupBy(sightings, ({ coordinator }) => coordinator);
  const people = new Set([...Object.keys(reach), ...seen.keys()]);
  const noted = [...people].map((coordinator): [string, Reach[]] => [
    coordinator,
    noteOne(reach[coordinator] ?? [], seen.get(coordinator) ?? [], now),
  ]);
  const isChanged = noted.some(([coordinator, entries]) => entries !== reach[coordinator]);
  return isChanged ? Object.fromEntries(noted) : reach;
}

/** The address a coordinator has for a channel now; `undefined` when there is none. */
export function currentReach(
  reach: Registry['reach'],
  coordinator: string,
  channel: Channel,
): Reach | undefined {
  return reach[coordinator]?.find((entry) => entry.channel === channel && statusOf(entry) !== 'unused');
}

/** What is known last of an address. */
export function statusOf({ log }: Reach): ReachStatus {
  return log.at(-1)?.status ?? 'unused';
}

function noteOne(entries: Reach[], sightings: readonly Sighting[], now: Instant): Reach[] {
  const kept = entries.map((entry) => {
    const sighting = sightings.find((one) => isOf(entry, one));
    return note(entry, sighting?.status ?? 'unused', sighting?.topic, now);
  });
  const added = sightings
    .filter((sighting) => !entries.some((entry) => isOf(entry, sighting)))
    .map(({ channel, address, topic, status }): Reach => {
      return { channel, address, ...(topic !== undefined && { topic }), log: [{ at: now, status }] };
    });
  const isSame = added.length === 0 && kept.every((entry, index) => entry === entries[index]);
  return isSame ? entries : [...kept, ...added];
}

function isOf(entry: Reach, { channel, address }: Sighting): boolean {
  return entry.channel === channel && entry.address === address;
}

function note(entry: Reach, status: ReachStatus, topic: string | undefined, now: Instant): Reach {
  const isMoved = topic !== undefined && topic !== entry.topic;
  if (status === statusOf(entry) && !isMoved) return entry;
  // Clocks of two machines may differ by a little; the log is in time order all the same.
  const last = entry.log.at(-1)?.at ?? now;
  const log =
    status === statusOf(entry) ? entry.log : [...entry.log, { at: last > now ? last : now, status }];
  return { ...entry, ...(isMoved && { topic }), log };
}
