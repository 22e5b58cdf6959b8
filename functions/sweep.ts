import { ownClients } from '../shared/aws/clients.ts';
import { requireEnvironment } from '../shared/aws/environment.ts';
import { objectCreatedMessage } from '../shared/aws/events.ts';
import { queueHandler } from '../shared/aws/queue-handler.ts';
import { sendMessage } from '../shared/aws/queues.ts';
import { listOpenSubmissions, moveSubmission } from '../shared/aws/submissions.ts';
import { logger, metrics } from '../shared/aws/telemetry.ts';
import { findUpload, uploadKey } from '../shared/aws/uploads.ts';
import type { Instant } from '../shared/domain/calendar.ts';
import {
  isOverdueForIngest,
  isRequestExpired,
  type Submission,
  type SubmissionState,
} from '../shared/domain/submission.ts';

const ingestQueueUrl = requireEnvironment('INGEST_QUEUE_URL');
const uploadsBucket = requireEnvironment('UPLOADS_BUCKET');
const clients = ownClients();

/**
 * Queues every upload that waits for its outcome too long again, and expires requests nobody used. A message is
 * sent before that is noted: cut off in between it is sent once more, which changes nothing. What fails for one
 * submission keeps no other waiting.
 */
export const handler = queueHandler(async ({ now }) => {
  const failures: unknown[] = [];
  let queuedAgain = 0;
  let expired = 0;
  for await (const { submission, handledAt } of listOpenSubmissions(clients)) {
    try {
      const done = await sweepOne(submission, handledAt, now());
      if (done === 'received') queuedAgain += 1;
      if (done === 'expired') expired += 1;
    } catch (error) {
      failures.push(error);
    }
  }
  logger.info('Sweep:Done', { queuedAgain, expired, failed: failures.length });
  metrics.addMetric('QueuedAgain', 'Count', queuedAgain);
  metrics.addMetric('Expired', 'Count', expired);
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} submissions could not be swept`);
});

/** Does what is due about one submission and returns the state it moved to, if it did. */
async function sweepOne(
  submission: Submission,
  handledAt: Instant | undefined,
  now: Instant,
): Promise<SubmissionState | undefined> {
  const { unit, id, state } = submission;
  const receivedAt = await findUpload(clients, uploadKey(unit, id));
  if (receivedAt !== undefined && isOverdueForIngest(receivedAt, handledAt, now)) {
    await sendMessage(ingestQueueUrl, objectCreatedMessage(uploadsBucket, uploadKey(unit, id)));
    await moveSubmission(clients, submission, 'received', { receivedAt, handledAt: now }, [state]);
    return 'received';
  }
  if (receivedAt === undefined && isRequestExpired(submission, now)) {
    await moveSubmission(clients, submission, 'expired', {}, ['requested']);
    return 'expired';
  }
  return undefined;
}
