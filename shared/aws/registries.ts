import { type Registry, registrySchema } from '../domain/coordinator.ts';
import type { Clients } from './clients.ts';
import { loadManyPacked, loadPacked, savePacked } from './packed-items.ts';
import { keys } from './table-keys.ts';

/** Reads the coordinators of a unit; an empty registry when nobody was ever registered. */
export async function loadRegistry({ documents }: Clients, unit: string): Promise<Registry> {
  return (
    (await loadPacked(documents, keys.registry(unit), registrySchema)) ?? {
      unit,
      version: 0,
      coordinators: [],
    }
  );
}

/** Reads the registries of units; units without one are left out. */
export async function loadRegistries({ documents }: Clients, units: readonly string[]): Promise<Registry[]> {
  return await loadManyPacked(documents, units.map(keys.registry), registrySchema);
}

/**
 * Writes a registry one version on.
 *
 * @throws ConcurrentWriteError when somebody else changed it meanwhile.
 */
export async function saveRegistry({ documents }: Clients, registry: Registry): Promise<void> {
  await savePacked(documents, keys.registry(registry.unit), registry);
}
