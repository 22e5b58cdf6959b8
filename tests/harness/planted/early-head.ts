import type { Clients } from '../../../shared/aws/clients.ts';
import { saveHead as saveLast } from '../../../shared/aws/heads.ts';
import type { Head } from '../../../shared/domain/head.ts';
import { writeLateRows } from './late-rows.ts';

export { loadHead, loadHeads } from '../../../shared/aws/heads.ts';

/** A planted bug: the head names a submission before its rows are there. */
export async function saveHead(clients: Clients, head: Head): Promise<void> {
  await saveLast(clients, head);
  await writeLateRows();
}
