import {
  type Acknowledgement,
  type AcknowledgementLog,
  acknowledgementLogSchema,
} from '../domain/acknowledgement.ts';
import type { Clients } from './clients.ts';
import { loadManyPacked, loadPacked, savePacked, untilWritten } from './packed-items.ts';
import { keys } from './table-keys.ts';

/** Reads the acknowledgements of a unit's alerts; an empty log when there never were any. */
export async function loadAcknowledgementLog(
  { documents }: Clients,
  unit: string,
): Promise<AcknowledgementLog> {
  const stored = await loadPacked(documents, keys.acknowledgements(unit), acknowledgementLogSchema);
  return stored ?? { unit, version: 0, acknowledgements: [] };
}

/** Reads the acknowledgements of the alerts of units, by unit, in time order; units without any are left out. */
export async function loadAcknowledgements(
  { documents }: Clients,
  units: readonly string[],
): Promise<Map<string, Acknowledgement[]>> {
  const logs = await loadManyPacked(documents, units.map(keys.acknowledgements), acknowledgementLogSchema);
  return new Map(logs.map(({ unit, acknowledgements }) => [unit, acknowledgements]));
}

/**
 * Changes the log of a unit and returns it. Nothing is written when `change` returns what it was given; when
 * somebody else wrote meanwhile, it is asked again with what they wrote.
 */
export async function changeAcknowledgements(
  clients: Clients,
  unit: string,
  change: (log: AcknowledgementLog) => AcknowledgementLog,
): Promise<AcknowledgementLog> {
  return await untilWritten(async () => {
    const present = await loadAcknowledgementLog(clients, unit);
    const changed = change(present);
    if (changed === present) return present;
    const log = { ...changed, version: present.version + 1 };
    await savePacked(clients.documents, keys.acknowledgements(unit), log);
    return log;
  });
}
