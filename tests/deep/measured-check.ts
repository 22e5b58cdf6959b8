/**
 * Checks a file of Hà Nội received on 31 December 2022, reads its observations as they would be stored and writes its
 * annotated copy to nowhere, then prints the outcome and the most memory this process ever had, in bytes.
 */
import { openSourceFile } from '../../cli/source-file.ts';
import { loadAreas, loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { isAnnotatable } from '../../shared/domain/intake/annotatable.ts';
import { annotateFile } from '../../shared/domain/intake/annotate.ts';
import { Annotations } from '../../shared/domain/intake/annotations.ts';
import { checkFile, readObservations } from '../../shared/domain/intake/check-file.ts';

const file = await openSourceFile(process.argv[2] ?? '');
const receivedAt = '2022-12-31T10:00:00.000Z';
const context = { catalogue: loadCatalogue(), areas: loadAreas(), unitId: '01', receivedAt };
const annotations = new Annotations();
const check = await checkFile(file, context, annotations.add);
let observations = 0;
if (check.verdict === 'accepted') {
  for await (const _ of readObservations(file, check, context)) observations += 1;
}
let copyBytes = 0;
if (check.issues.length > 0 && isAnnotatable(check.file)) {
  for await (const { length } of annotateFile(file, check.file, annotations)) copyBytes += length;
}
const { verdict, rows, issueCounts, figures } = check;
const peakBytes = process.resourceUsage().maxRSS * 1024;
console.log(
  JSON.stringify({
    bytes: file.bytes,
    verdict,
    rows,
    observations,
    figures: figures.length,
    copyBytes,
    issueCounts,
    peakBytes,
  }),
);
