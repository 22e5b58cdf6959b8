import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { installClock } from './function-clock.ts';

/**
 * The thread a function runs in: its `Date` is the embedded clock's, its environment the template's. Events and
 * results cross as JSON, as they do in Lambda. One event at a time.
 */

/** What starts a worker. */
export interface WorkerSettings {
  memory: SharedArrayBuffer;
  /** `…/index.mjs` and the name of its export. */
  modulePath: string;
  exportName: string;
  functionName: string;
  functionArn: string;
  memoryMb: number;
}

/** To the worker. `deadlineMs` is in the machine's time. */
export interface WorkerRequest {
  requestId: string;
  event: string;
  deadlineMs: number;
}

/** From the worker. */
export type WorkerResponse =
  | { requestId: string; result: string }
  | { requestId: string; error: { name: string; message: string; stack?: string } };

type Handler = (event: unknown, context: Record<string, unknown>) => unknown;

const realNowMs = Date.now.bind(Date);
const settings: WorkerSettings = workerData;
installClock(settings.memory);

let handler: Promise<Handler> | undefined;

parentPort?.on('message', async (request: WorkerRequest) => {
  parentPort?.postMessage(await respond(request));
});

async function respond({ requestId, event, deadlineMs }: WorkerRequest): Promise<WorkerResponse> {
  try {
    handler ??= loadHandler();
    const result = await (await handler)(JSON.parse(event), {
      awsRequestId: requestId,
      callbackWaitsForEmptyEventLoop: true,
      functionName: settings.functionName,
      functionVersion: '$LATEST',
      invokedFunctionArn: settings.functionArn,
      memoryLimitInMB: String(settings.memoryMb),
      logGroupName: `/aws/lambda/${settings.functionName}`,
      logStreamName: settings.functionName,
      getRemainingTimeInMillis: () => Math.max(0, deadlineMs - realNowMs()),
    });
    return { requestId, result: JSON.stringify(result) ?? 'null' };
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    return { requestId, error: { name, message, ...(stack === undefined ? {} : { stack }) } };
  }
}

async function loadHandler(): Promise<Handler> {
  const loaded: Record<string, unknown> = await import(pathToFileURL(settings.modulePath).href);
  return z
    .custom<Handler>(
      (value) => typeof value === 'function',
      `${settings.modulePath} exports no ${settings.exportName}`,
    )
    .parse(loaded[settings.exportName]);
}
