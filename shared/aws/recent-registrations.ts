import { enterRegistration, type Registration, recentRegistrationsSchema } from '../domain/registration.ts';
import type { Clients } from './clients.ts';
import { loadPacked, savePacked, untilWritten } from './packed-items.ts';
import { keys } from './table-keys.ts';

/**
 * Announces a registration before it is written, in one item written on condition: of two units that give the same
 * new id or account at the same time, one is refused.
 *
 * @throws ProblemError for the one that comes second.
 */
export async function announceRegistration({ documents }: Clients, added: Registration): Promise<void> {
  await untilWritten(async () => {
    const present = await loadPacked(documents, keys.registrations(), recentRegistrationsSchema);
    const recent = enterRegistration(present?.recent ?? [], added);
    await savePacked(documents, keys.registrations(), { version: (present?.version ?? 0) + 1, recent });
  });
}
