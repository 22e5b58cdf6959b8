import { type AlertLedger, alertLedgerSchema, emptyLedger } from '../domain/alert.ts';
import type { Clients } from './clients.ts';
import { loadManyPacked, loadPacked, savePacked } from './packed-items.ts';
import { keys } from './table-keys.ts';

/** Reads the alert ledger of a unit; an empty one when nothing was ever decided. */
export async function loadLedger({ documents }: Clients, unit: string): Promise<AlertLedger> {
  return (await loadPacked(documents, keys.alerts(unit), alertLedgerSchema)) ?? emptyLedger(unit);
}

/** Reads the ledgers of units; units without one are left out. */
export async function loadLedgers({ documents }: Clients, units: readonly string[]): Promise<AlertLedger[]> {
  return await loadManyPacked(documents, units.map(keys.alerts), alertLedgerSchema);
}

/**
 * Writes a ledger one version on.
 *
 * @throws ConcurrentWriteError when another evaluation wrote it meanwhile.
 */
export async function saveLedger({ documents }: Clients, ledger: AlertLedger): Promise<void> {
  await savePacked(documents, keys.alerts(ledger.unit), ledger);
}
