import { type Silence, type SilenceLog, silenceLogSchema } from '../domain/silence.ts';
import type { Clients } from './clients.ts';
import { loadManyPacked, savePacked, untilWritten } from './packed-items.ts';
import { keys } from './table-keys.ts';

/** Reads all silences there ever were, in time order. */
export async function loadSilences(clients: Clients): Promise<Silence[]> {
  return (await loadSilenceLog(clients)).silences;
}

/**
 * Changes the log of silences. Nothing is written when `change` returns the log it was given; when somebody else
 * wrote meanwhile, it is asked again with what they wrote. Returns what it returned at last.
 */
export async function changeSilences<T extends { log: SilenceLog }>(
  clients: Clients,
  change: (log: SilenceLog) => T,
): Promise<T> {
  return await untilWritten(async () => {
    const present = await loadSilenceLog(clients);
    const changed = change(present);
    if (changed.log !== present) {
      const log = { ...changed.log, version: present.version + 1 };
      await savePacked(clients.documents, keys.silences(), log);
    }
    return changed;
  });
}

async function loadSilenceLog({ documents }: Clients): Promise<SilenceLog> {
  // In a batch of one: its readers read all else in batches, and need no further permission for this.
  const [stored] = await loadManyPacked(documents, [keys.silences()], silenceLogSchema);
  return stored ?? { version: 0, silences: [] };
}
