import { monotonicFactory } from 'ulid';
import { unitClients } from '../shared/aws/clients.ts';
import { requireEnvironment } from '../shared/aws/environment.ts';
import { loadHeads } from '../shared/aws/heads.ts';
import { httpHandler } from '../shared/aws/http-handler.ts';
import { createSubmission } from '../shared/aws/submissions.ts';
import { logger } from '../shared/aws/telemetry.ts';
import { presignUpload, uploadKey } from '../shared/aws/uploads.ts';
import { loadAreas, loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import { dryRun, joinPublished } from '../shared/domain/check-upload.ts';
import { dryRunReport } from '../shared/domain/dry-run-report.ts';
import { roleForbidden } from '../shared/domain/problem.ts';
import { uploadUrlSeconds } from '../shared/domain/submission.ts';

const unitRoleArn = requireEnvironment('UNIT_ROLE_ARN');
const catalogue = loadCatalogue();
const areas = loadAreas();
/** Of two requests in one millisecond the second has the later id. */
const nextId = monotonicFactory();

/**
 * Answers 201 with the new submission's id and a URL that takes exactly the announced file, once. A dry run
 * answers 200 with what would come of the file in the body if it were sent now; it writes nothing.
 */
export const handler = httpHandler<'request-upload'>({
  'POST /submissions': async ({ viewer, body, now }) => {
    if (viewer.role !== 'province') throw roleForbidden(viewer.role);
    const { unit, subject } = viewer;
    const clients = await unitClients(unitRoleArn, unit, Date.parse(now));
    const id = nextId(Date.parse(now));
    const { url, headers } = await presignUpload(clients, uploadKey(unit, id), body);
    await createSubmission(clients, {
      ...body,
      id,
      unit,
      state: 'requested',
      requestedAt: now,
      requestedBy: subject,
    });
    logger.info('RequestUpload:Granted', { unit, submissionId: id, bytes: body.bytes });
    const expiresAt = new Date(Date.parse(now) + uploadUrlSeconds * 1000).toISOString();
    return { status: 201, body: { id, upload: { method: 'PUT', url, headers, expiresAt } } };
  },

  'POST /submissions?dryRun': async ({ viewer, file, now }) => {
    if (viewer.role !== 'province') throw roleForbidden(viewer.role);
    const { unit } = viewer;
    const clients = await unitClients(unitRoleArn, unit, Date.parse(now));
    const heads = await loadHeads(clients, [unit], catalogue.directive.firstYear, now);
    const context = { catalogue, areas, unitId: unit, receivedAt: now };
    const result = await dryRun(file, context, joinPublished(heads));
    const { verdict, rows, issueCounts } = result.check;
    logger.info('RequestUpload:Checked', { unit, bytes: file.bytes, verdict, rows, issueCounts });
    return { status: 200, body: dryRunReport(result) };
  },
});
