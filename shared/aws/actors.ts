import { type Actor, actorOf } from '../domain/actor.ts';
import type { Coordinator } from '../domain/coordinator.ts';
import type { Viewer } from '../domain/viewer.ts';
import type { Clients } from './clients.ts';
import { loadRegistries } from './registries.ts';

/** Reads everybody registered with units, in the order of the units. */
export async function loadCoordinators(clients: Clients, units: readonly string[]): Promise<Coordinator[]> {
  const registries = await loadRegistries(clients, units);
  const byUnit = new Map(registries.map(({ unit, coordinators }) => [unit, coordinators]));
  return units.flatMap((unit) => byUnit.get(unit) ?? []);
}

/**
 * Whom a viewer acts for. For a coordinator the registries of all units are read; the office of a unit needs none.
 *
 * @throws ProblemError when nobody is registered with the account, or the role does not act on alerts.
 */
export async function loadActor(clients: Clients, viewer: Viewer, units: readonly string[]): Promise<Actor> {
  return actorOf(viewer, viewer.role === 'coordinator' ? await loadCoordinators(clients, units) : []);
}
