import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { logMetrics } from '@aws-lambda-powertools/metrics/middleware';
import middy from '@middy/core';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Instant } from '../domain/calendar.ts';
import { logger, metrics } from './telemetry.ts';

/** One message of a queue. `now` reads the clock: long work asks again. */
export interface QueueMessage {
  body: string;
  now: () => Instant;
}

/**
 * The handler of a queue. Messages are handled one after the other; one that throws is reported as failed,
 * so that SQS delivers it again and, in the end, to the dead-letter queue.
 */
export function queueHandler(handle: (message: QueueMessage) => Promise<void>) {
  const handleBatch = async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
    for (const { messageId, body } of event.Records) {
      try {
        await handle({ body, now: () => new Date().toISOString() });
      } catch (error) {
        const causes = error instanceof AggregateError ? error.errors : [];
        for (const cause of [error, ...causes]) logger.error('Message:Failed', { messageId, error: cause });
        batchItemFailures.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures };
  };
  return middy<SQSEvent, SQSBatchResponse>()
    .use(injectLambdaContext(logger))
    .use(logMetrics(metrics))
    .handler(handleBatch);
}
