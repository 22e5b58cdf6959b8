import type { DatabaseSync } from 'node:sqlite';
import type { AwsCall, AwsResponse, AwsService } from '../aws-service.ts';
import type { Clock } from '../clock.ts';
import { jsonResponse, readJsonCall } from '../json-protocol.ts';
import { createQueueStore, type QueueSettings, type QueueStore } from './queue-store.ts';
import { createSqsApi } from './sqs-api.ts';

/** SQS on the wire, and the queues for the parts that run in the same process. */
export type Sqs = AwsService & QueueStore;

/**
 * The embedded SQS: standard queues on disk with visibility, retention and dead-letter queues by the embedded
 * clock. It speaks the JSON protocol of the SDK (`X-Amz-Target: AmazonSQS.SendMessage`); an action it lacks is
 * an UnknownOperationException. Each call needs `sqs:<action>` on the queue.
 */
export function createSqs(settings: {
  database: DatabaseSync;
  clock: Clock;
  queues: readonly QueueSettings[];
}): Sqs {
  const store = createQueueStore(settings);
  const actions = createSqsApi(store);

  async function handle(call: AwsCall): Promise<AwsResponse> {
    const { action, input } = await readJsonCall(call, actions, { service: 'SQS', target: 'AmazonSQS' });
    const output = await action(input, (permission, queueArn) =>
      call.authorize(`sqs:${permission}`, queueArn),
    );
    return jsonResponse('1.0', output);
  }

  return { name: 'sqs', protocol: 'json', handle, ...store };
}
