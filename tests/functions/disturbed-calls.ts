import { AsyncLocalStorage } from 'node:async_hooks';
import { S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** What befalls a call: it fails, or whoever made it dies in it, before its effect or after it. */
export const callFaults = ['fails before', 'fails after', 'dies before', 'dies after'] as const;
/** One of these faults. */
export type CallFault = (typeof callFaults)[number];

/** One run of a function, whose `n`-th call has a fault. */
interface Run {
  calls: number;
  isDead: boolean;
  die(): void;
  fault?: { n: number; kind: CallFault };
}

const runs = new AsyncLocalStorage<Run>();
const noAnswer = new Promise<never>(() => {});

/** Lets calls of the clients that are faked have faults: after each reset of `fakeTable` and `fakeExports`. */
export function interceptCalls(): void {
  intercept(S3Client.prototype);
  intercept(DynamoDBDocumentClient.prototype);
}

function intercept(client: { send(...call: never[]): unknown }): void {
  const { send } = client;
  client.send = (...call) => disturb(() => send.apply(client, call));
}

/** A process that has died makes no call more, whatever it was doing beside. */
async function disturb(send: () => unknown): Promise<unknown> {
  const run = runs.getStore();
  if (!run) return await send();
  if (run.isDead) return await noAnswer;
  run.calls += 1;
  const kind = run.calls === run.fault?.n ? run.fault.kind : undefined;
  if (kind === 'fails before') throw new Error('The call was refused');
  if (kind === 'dies before') run.die();
  const answer = run.isDead ? undefined : await send();
  if (kind === 'fails after') throw new Error('The answer was lost');
  if (kind === 'dies after') run.die();
  return run.isDead ? await noAnswer : answer;
}

/** Does some work until it ends or dies of its fault. Returns how many calls it made. */
export async function workWithFault(work: () => Promise<unknown>, fault?: Run['fault']): Promise<number> {
  const { promise: death, resolve } = Promise.withResolvers<void>();
  const run: Run = {
    calls: 0,
    isDead: false,
    die() {
      this.isDead = true;
      resolve();
    },
    ...(fault && { fault }),
  };
  await Promise.race([runs.run(run, work), death]);
  return run.calls;
}
