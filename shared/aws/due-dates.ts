import { type DueDateLog, dueDateLogSchema, type SetDueDate } from '../domain/due-date.ts';
import type { Clients } from './clients.ts';
import { loadManyPacked, loadPacked, savePacked, untilWritten } from './packed-items.ts';
import { keys } from './table-keys.ts';

/** Reads the due dates set for a unit's obligations; an empty log when none ever was. */
export async function loadDueDateLog({ documents }: Clients, unit: string): Promise<DueDateLog> {
  const stored = await loadPacked(documents, keys.dueDates(unit), dueDateLogSchema);
  return stored ?? { unit, version: 0, dueDates: [] };
}

/** Reads the due dates set for the obligations of units, by unit, in time order; units without any are left out. */
export async function loadDueDates(
  { documents }: Clients,
  units: readonly string[],
): Promise<Map<string, SetDueDate[]>> {
  const logs = await loadManyPacked(documents, units.map(keys.dueDates), dueDateLogSchema);
  return new Map(logs.map(({ unit, dueDates }) => [unit, dueDates]));
}

/**
 * Changes the log of a unit and returns it. Nothing is written when `change` returns what it was given; when
 * somebody else wrote meanwhile, it is asked again with what they wrote.
 */
export async function changeDueDates(
  clients: Clients,
  unit: string,
  change: (log: DueDateLog) => DueDateLog,
): Promise<DueDateLog> {
  return await untilWritten(async () => {
    const present = await loadDueDateLog(clients, unit);
    const changed = change(present);
    if (changed === present) return present;
    const log = { ...changed, version: present.version + 1 };
    await savePacked(clients.documents, keys.dueDates(unit), log);
    return log;
  });
}
