import { ownClients } from '../shared/aws/clients.ts';
import { requireEnvironment } from '../shared/aws/environment.ts';
import { objectCreatedMessage } from '../shared/aws/events.ts';
import { queueHandler } from '../shared/aws/queue-handler.ts';
import { sendMessage } from '../shared/aws/queues.ts';
import { listOpenSubmissions, moveSubmission } from '../shared/aws/submissions.ts';
import { logger, metrics } from '../shared/aws/telemetry.ts';
import { findUpload, uploadKey } from '../shared/aws/uploads.ts';
import { isOverdueForIngest, isRequestExpired } from '../shared/domain/submission.ts';

const ingestQueueUrl = requireEnvironment('INGEST_QUEUE_URL');
const uploadsBucket = requireEnvironment('UPLOADS_BUCKET');
const clients = ownClients();

/**
 * Queues every upload that waits for its outcome too long again, and expires requests nobody used. A message is
 * sent before that is noted: cut off in between it is sent once more, which changes nothing.
 */
export const handler = queueHandler(async ({ now }) => {
  let queuedAgain = 0;
  let expired = 0;
  for await (const { submission, handledAt } of listOpenSubmissions(clients)) {
    const { unit, id, state } = submission;
    const receivedAt = await findUpload(clients, uploadKey(unit, id));
    if (receivedAt !== undefined && isOverdueForIngest(receivedAt, handledAt, now())) {
      await sendMessage(ingestQueueUrl, objectCreatedMessage(uploadsBucket, uploadKey(unit, id)));
      await moveSubmission(clients, submission, 'received', { receivedAt, handledAt: now() }, [state]);
      queuedAgain += 1;
    } else if (receivedAt === undefined && isRequestExpired(submission, now())) {
      await moveSubmission(clients, submission, 'expired', {}, ['requested']);
      expired += 1;
    }
  }
  logger.info('Sweep:Done', { queuedAgain, expired });
  metrics.addMetric('QueuedAgain', 'Count', queuedAgain);
  metrics.addMetric('Expired', 'Count', expired);
});
