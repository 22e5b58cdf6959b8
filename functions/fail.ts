import { ownClients } from '../shared/aws/clients.ts';
import { requireEnvironment } from '../shared/aws/environment.ts';
import { objectCreatedSchema } from '../shared/aws/events.ts';
import { queueHandler } from '../shared/aws/queue-handler.ts';
import { sendMessage } from '../shared/aws/queues.ts';
import { moveSubmission } from '../shared/aws/submissions.ts';
import { logger, metrics } from '../shared/aws/telemetry.ts';
import { parseUploadKey } from '../shared/aws/uploads.ts';

const parkedQueueUrl = requireEnvironment('PARKED_QUEUE_URL');
const clients = ownClients();

/**
 * Takes what `ingest` could not handle: marks the submission failed and parks the message, from where an
 * operator sends it back to `ingest` once the cause is mended.
 */
export const handler = queueHandler(async ({ body, now }) => {
  const { detail } = objectCreatedSchema.parse(JSON.parse(body));
  const { unit, submissionId } = parseUploadKey(detail.object.key);
  await sendMessage(parkedQueueUrl, body);
  const isFailed = await moveSubmission(clients, { unit, id: submissionId }, 'failed', { failedAt: now() });
  logger.error('Ingest:GivenUp', { unit, submissionId, isFailed });
  metrics.addMetric('Failed', 'Count', isFailed ? 1 : 0);
});
