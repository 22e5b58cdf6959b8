import { findSubject } from '../shared/aws/accounts.ts';
import { addressOf } from '../shared/aws/address.ts';
import { ownClients } from '../shared/aws/clients.ts';
import { httpHandler } from '../shared/aws/http-handler.ts';
import { announceRegistration } from '../shared/aws/recent-registrations.ts';
import { changeRegistry, loadRegistries } from '../shared/aws/registries.ts';
import { subscribeEmail } from '../shared/aws/subscriptions.ts';
import { logger } from '../shared/aws/telemetry.ts';
import { reserveTopics } from '../shared/aws/topic-plan.ts';
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import { findUnit } from '../shared/domain/catalogue.ts';
import type { Coordinator, Registry } from '../shared/domain/coordinator.ts';
import { unitUnknown } from '../shared/domain/problem.ts';
import { currentReach, noteReach, type Sighting, statusOf } from '../shared/domain/reach.ts';
import { registrationOf } from '../shared/domain/registration.ts';
import {
  accountUnknown,
  checkCoordinators,
  coordinatorsInvalid,
  type RegistryFault,
  topicsFull,
  viewCoordinators,
} from '../shared/domain/registry.ts';

const catalogue = loadCatalogue();
const everyUnit = catalogue.units.map(({ id }) => id);
const clients = ownClients();

/**
 * Registers the coordinators a unit has from now on, and subscribes their e-mail addresses, which also asks those
 * again who have unsubscribed. Addresses nobody uses any more are unsubscribed by `reconcile`. With `?dryRun` the
 * list is only checked.
 */
export const handler = httpHandler<'register-coordinators'>({
  'PUT /units/{unit}/coordinators': async ({ params, query, body, now }) => {
    const unit = params.unit ?? '';
    if (!findUnit(catalogue, unit)) throw unitUnknown(unit);
    const registries = await loadRegistries(clients, everyUnit);
    const given = body.coordinators.map((coordinator) => ({ ...coordinator, unit }));
    const { coordinators, faults } = await resolveAccounts(given, registries);
    const others = registries.filter((registry) => registry.unit !== unit);
    const staying = others.flatMap((registry) => registry.coordinators);
    const found = [...checkCoordinators(catalogue, coordinators, staying), ...faults];
    if (found.length > 0) throw coordinatorsInvalid(found.toSorted((a, b) => a.index - b.index));
    if (query.dryRun !== undefined) {
      return {
        status: 200,
        body: { unit, coordinators: coordinators.map((one) => ({ ...one, reach: {} })) },
      };
    }
    await announceRegistration(clients, registrationOf(unit, coordinators, now));
    const emails = await subscribeAll(coordinators, registries);
    const registry = await changeRegistry(clients, unit, (present) => ({
      ...present,
      coordinators,
      reach: noteReach(
        present.reach,
        coordinators.flatMap((one) => sightingsOf(one, emails, present)),
        now,
      ),
    }));
    logger.info('Coordinators:Registered', { unit, count: coordinators.length });
    return { status: 200, body: { unit, coordinators: viewCoordinators(registry) } };
  },
});

/** The coordinators with the subjects of their accounts; an account that is not there is a fault. */
async function resolveAccounts(
  given: readonly Coordinator[],
  registries: readonly Registry[],
): Promise<{ coordinators: Coordinator[]; faults: RegistryFault[] }> {
  const known = new Set(registries.flatMap(({ coordinators }) => coordinators.map(({ account }) => account)));
  const coordinators: Coordinator[] = [];
  const faults: RegistryFault[] = [];
  for (const [index, { account, ...rest }] of given.entries()) {
    // A subject that is registered already was resolved then.
    const subject = account === undefined || known.has(account) ? account : await findSubject(account);
    if (account !== undefined && subject === undefined) faults.push(accountUnknown(index, account));
    coordinators.push({ ...rest, ...(subject !== undefined && { account: subject }) });
  }
  return { coordinators, faults };
}

/** Where and how each e-mail address is subscribed, by hash of the address. */
type Emails = ReadonlyMap<string, Pick<Sighting, 'topic' | 'status'>>;

/** Subscribes every address to its topic. Repeatable: a run that broke off leaves nothing a second one would not do. */
async function subscribeAll(
  coordinators: readonly Coordinator[],
  registries: readonly Registry[],
): Promise<Emails> {
  const reaches = registries.flatMap(({ reach }) => Object.values(reach).flat());
  const wanted = coordinators.map(({ email }) => {
    const address = addressOf(email);
    return { address, topic: reaches.find((reach) => reach.address === address)?.topic };
  });
  const { topics, refused } = await reserveTopics(clients, wanted);
  if (refused.length > 0) {
    logger.error('Topics:Full', { refused: refused.length });
    throw topicsFull();
  }
  const emails = new Map<string, Pick<Sighting, 'topic' | 'status'>>();
  for (const { email } of coordinators) {
    const address = addressOf(email);
    const topic = topics.get(address);
    if (topic === undefined || emails.has(address)) continue;
    emails.set(address, { topic, status: await subscribeEmail(email, topic) });
  }
  return emails;
}

/** How it stands with the addresses of a coordinator; only SNS knows of a number that has opted out. */
function sightingsOf({ id, email, phone }: Coordinator, emails: Emails, { reach }: Registry): Sighting[] {
  const address = addressOf(email);
  const subscribed = emails.get(address);
  const sightings: Sighting[] = [];
  if (subscribed) sightings.push({ coordinator: id, channel: 'email', address, ...subscribed });
  if (phone !== undefined) {
    const number = addressOf(phone);
    const known = currentReach(reach, id, 'sms');
    const isGone = known?.address === number && statusOf(known) === 'gone';
    sightings.push({
      coordinator: id,
      channel: 'sms',
      address: number,
      status: isGone ? 'gone' : 'live',
    });
  }
  return sightings;
}
