import { loadAreas, loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { dryRun } from '../../shared/domain/check-upload.ts';
import { dryRunReport } from '../../shared/domain/dry-run-report.ts';
import { watchFile } from '../../shared/domain/intake/watch-file.ts';
import type { CheckedFile, CheckRequest } from './check-messages.ts';
import { openChosenFile } from './chosen-file.ts';
import { readSheet } from './read-sheet.ts';

/** How often a check reads a file from beginning to end, besides the reading for its hash. */
const readingsOfCheck = 3;

/**
 * Checks a chosen file by the code of the API's own dry run, then reads the rows again that something was found at.
 * `tell` is told the share that is done, from 0 to 1. Holds neither the file nor its rows.
 *
 * @throws FileUnreadable when the file changes or goes away meanwhile.
 */
export async function checkChosenFile(
  { file, unit, receivedAt, published }: CheckRequest,
  tell: (share: number) => void,
): Promise<CheckedFile> {
  const ofBytes = Math.max(1, file.size) * (1 + readingsOfCheck);
  const source = await openChosenFile(file, (bytes) => tell(bytes / ofBytes));
  const watched = watchFile(source, readingsOfCheck, (bytes) => {
    tell((source.bytes + bytes * readingsOfCheck) / ofBytes);
  });
  const context = { catalogue: loadCatalogue(), areas: loadAreas(), unitId: unit, receivedAt };
  const report = dryRunReport(await dryRun(watched, context, published));
  const sheet = await readSheet(source, report.file, report.issues);
  return { report, ...(sheet && { sheet }) };
}
