import type { DatabaseSync } from 'node:sqlite';
import { type AwsCall, AwsError, type AwsResponse, type AwsService, readBody } from '../aws-service.ts';
import type { Clock } from '../clock.ts';
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
    const name = /^AmazonSQS\.(\w+)$/.exec(String(call.headers['x-amz-target']))?.[1] ?? '';
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (!action) {
      const known = Object.keys(actions).join(', ');
      throw new AwsError(
        400,
        'UnknownOperationException',
        `The embedded SQS has no action "${name}"; it has ${known}`,
      );
    }
    const output = await action(
      parseJson((await readBody(call.body)).toString('utf8')),
      (permission, queueArn) => call.authorize(`sqs:${permission}`, queueArn),
    );
    return {
      status: 200,
      headers: { 'content-type': 'application/x-amz-json-1.0' },
      body: JSON.stringify(output),
    };
  }

  return { name: 'sqs', protocol: 'json', handle, ...store };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text === '' ? '{}' : text);
  } catch (cause) {
    if (cause instanceof SyntaxError)
      throw new AwsError(400, 'SerializationException', 'The body is not JSON');
    throw cause;
  }
}
