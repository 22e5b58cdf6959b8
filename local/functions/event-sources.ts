import * as z from 'zod';
import { region } from '../aws-service.ts';
import type { Sqs } from '../sqs/sqs.ts';
import type { MappingSettings } from '../template/functions.ts';

export interface EventSources {
  /** Begins to take messages. */
  start(): void;
  /** Takes what is visible now; called when the clock was moved. */
  poll(): void;
  /** Resolves when no message of these queues is visible and none is being worked on. */
  idle(): Promise<void>;
  /** Takes no more messages and resolves when nothing is being worked on. */
  stop(): Promise<void>;
}

const resultSchema = z
  .object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).default([]) })
  .nullish();

/**
 * Feeds functions from queues, as Lambda's event source mappings do: what a function reports as failed, or all of a
 * batch when it throws, stays in the queue and is visible again after the visibility timeout; the rest is deleted.
 * Each queue has one invocation at a time unless its scaling configuration says otherwise; queues run side by side.
 */
export function createEventSources(settings: {
  mappings: readonly MappingSettings[];
  queues: Pick<Sqs, 'receive' | 'delete' | 'counts' | 'onMessage'>;
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Told of each batch that did not succeed whole; `error` is what the function threw. */
  onFailure?(failure: { functionName: string; queueArn: string; error?: unknown }): void;
}): EventSources {
  const { queues, invoke } = settings;
  const sources = settings.mappings.map((mapping) => ({ mapping, active: new Set<Promise<void>>() }));
  type Source = (typeof sources)[number];
  let isRunning = false;
  let stopListening = () => {};

  function pump(source: Source): void {
    const { mapping, active } = source;
    while (isRunning && active.size < mapping.maximumConcurrency) {
      const messages = queues.receive(mapping.queueArn, mapping.batchSize);
      if (messages.length === 0) return;
      const work: Promise<void> = handle(mapping, messages).finally(() => {
        active.delete(work);
        pump(source);
      });
      active.add(work);
    }
  }

  async function handle(mapping: MappingSettings, messages: ReturnType<Sqs['receive']>): Promise<void> {
    const { queueArn, functionName } = mapping;
    const Records = messages.map((message) => ({
      ...message,
      eventSource: 'aws:sqs',
      eventSourceARN: queueArn,
      awsRegion: region,
    }));
    let failed: ReadonlySet<string>;
    try {
      failed = failedOf(mapping, await invoke(functionName, { Records }), messages);
    } catch (error) {
      settings.onFailure?.({ functionName, queueArn, error });
      return;
    }
    if (failed.size > 0) settings.onFailure?.({ functionName, queueArn });
    for (const { messageId, receiptHandle } of messages) {
      if (!failed.has(messageId)) queues.delete(queueArn, receiptHandle);
    }
  }

  function poll(): void {
    for (const source of sources) pump(source);
  }

  function isBusy({ mapping, active }: Source): boolean {
    return active.size > 0 || queues.counts(mapping.queueArn).visible > 0;
  }

  async function settle(): Promise<void> {
    for (;;) {
      const active = sources.flatMap((source) => [...source.active]);
      if (active.length === 0) return;
      await Promise.race(active);
    }
  }

  return {
    poll,
    start() {
      isRunning = true;
      stopListening = queues.onMessage((queueArn) => {
        for (const source of sources) if (source.mapping.queueArn === queueArn) pump(source);
      });
      poll();
    },
    async idle() {
      // Taking from one queue can move messages to another, which is heard of only after this turn.
      do {
        poll();
        await settle();
        await Promise.resolve();
      } while (isRunning && sources.some(isBusy));
    },
    async stop() {
      isRunning = false;
      stopListening();
      await settle();
    },
  };
}

/** Ids of the messages that failed. A report that cannot be read, or names a strange message, fails all of them. */
function failedOf(
  mapping: MappingSettings,
  result: unknown,
  messages: readonly { messageId: string }[],
): ReadonlySet<string> {
  if (!mapping.reportsBatchItemFailures) return new Set();
  const all = new Set(messages.map(({ messageId }) => messageId));
  const parsed = resultSchema.safeParse(result);
  if (!parsed.success) return all;
  const failed = (parsed.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  return failed.every((id) => all.has(id)) ? new Set(failed) : all;
}
