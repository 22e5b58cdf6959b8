import { flushCompileCache } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { installClock } from './embedded-date.ts';

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
// It was meant for Node, which has read it.
delete process.env.NODE_COMPILE_CACHE;

let handler: Promise<Handler> | undefined;

parentPort?.on('message', async (request: WorkerRequest) => {
  const isFirst = handler === undefined;
  parentPort?.postMessage(await respond(request));
  // Workers are ended without notice, so what was compiled is kept as soon as it has served once.
  if (isFirst) flushCompileCache();
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
  const exported = loaded[settings.exportName];
  if (!isHandler(exported)) throw new Error(`${settings.modulePath} exports no ${settings.exportName}`);
  return exported;
}

function isHandler(value: unknown): value is Handler {
  return typeof value === 'function';
}
