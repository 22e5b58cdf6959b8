import type { Context, SQSEvent } from 'aws-lambda';
import { expect, it } from 'vitest';
import { queueHandler } from '../../shared/aws/queue-handler.ts';

const context = { functionName: 'ingest', awsRequestId: '1' } as Context;
const event = (...bodies: string[]) =>
  ({ Records: bodies.map((body, index) => ({ messageId: `m${index}`, body })) }) as unknown as SQSEvent;

it('reports only the messages that failed', async () => {
  const handler = queueHandler(async ({ body }) => {
    if (body === 'bad') throw new Error('no');
  });
  expect(await handler(event('good', 'bad', 'good'), context)).toEqual({
    batchItemFailures: [{ itemIdentifier: 'm1' }],
  });
});

it('reports nothing when all went well', async () => {
  expect(await queueHandler(async () => {})(event('good'), context)).toEqual({ batchItemFailures: [] });
});
