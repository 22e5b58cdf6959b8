import { monotonicFactory } from 'ulid';
import { unitClients } from '../shared/aws/clients.ts';
import { requireEnvironment } from '../shared/aws/environment.ts';
import { httpHandler } from '../shared/aws/http-handler.ts';
import { createSubmission } from '../shared/aws/submissions.ts';
import { logger } from '../shared/aws/telemetry.ts';
import { presignUpload, uploadKey } from '../shared/aws/uploads.ts';
import { roleForbidden } from '../shared/domain/problem.ts';
import { uploadUrlSeconds } from '../shared/domain/submission.ts';

const unitRoleArn = requireEnvironment('UNIT_ROLE_ARN');
/** Of two requests in one millisecond the second has the later id. */
const nextId = monotonicFactory();

/** Answers 201 with the new submission's id and a URL that takes exactly the announced file, once. */
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
});
