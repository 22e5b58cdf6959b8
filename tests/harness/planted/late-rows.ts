import type { Clients } from '../../../shared/aws/clients.ts';
import { saveFigures as saveInTime } from '../../../shared/aws/figures.ts';
import type { Figure, Observation } from '../../../shared/domain/observation.ts';

export {
  listRowsOfPoint,
  loadHeadAt,
  loadPublications,
  loadRows,
} from '../../../shared/aws/figures.ts';

let writeNow: (() => Promise<void>) | undefined;

/** Half of a planted bug: rows and figures are not written yet. */
export async function saveFigures(
  clients: Clients,
  unit: string,
  submissionId: string,
  figures: readonly Figure[],
  observations: AsyncIterable<Observation>,
): Promise<void> {
  const rows = await Array.fromAsync(observations);
  async function* again() {
    yield* rows;
  }
  writeNow = () => saveInTime(clients, unit, submissionId, figures, again());
}

/** The other half: they are written when it may be too late. */
export async function writeLateRows(): Promise<void> {
  await writeNow?.();
}
