import { emptyRegistry, type Registry, registrySchema } from '../domain/coordinator.ts';
import type { Clients } from './clients.ts';
import { loadManyPacked, loadPacked, savePacked, untilWritten } from './packed-items.ts';
import { keys } from './table-keys.ts';

/** Reads the coordinators of a unit; an empty registry when nobody was ever registered. */
export async function loadRegistry({ documents }: Clients, unit: string): Promise<Registry> {
  return (await loadPacked(documents, keys.registry(unit), registrySchema)) ?? emptyRegistry(unit);
}

/** Reads the registries of units; units without one are left out. */
export async function loadRegistries({ documents }: Clients, units: readonly string[]): Promise<Registry[]> {
  return await loadManyPacked(documents, units.map(keys.registry), registrySchema);
}

/**
 * Changes the registry of a unit and returns it. Nothing is written when `change` returns what it was given; when
 * somebody else wrote meanwhile, it is asked again with what they wrote. Whoever has `read` it a moment ago saves
 * reading it again.
 */
export async function changeRegistry(
  clients: Clients,
  unit: string,
  change: (registry: Registry) => Registry | Promise<Registry>,
  read?: Registry,
): Promise<Registry> {
  let known = read;
  return await untilWritten(async () => {
    const present = known ?? (await loadRegistry(clients, unit));
    known = undefined;
    const changed = await change(present);
    if (changed === present) return present;
    const registry = { ...changed, version: present.version + 1 };
    await savePacked(clients.documents, keys.registry(unit), registry);
    return registry;
  });
}
