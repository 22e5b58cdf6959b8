import { randomUUID } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { region } from './aws-service.ts';
import type { Clock } from './clock.ts';
import type { WorkerRequest, WorkerResponse, WorkerSettings } from './function-worker.ts';
import type { Credentials } from './identities.ts';
import type { FunctionSettings } from './template-functions.ts';

/** An invocation ended without a result: the handler threw, took too long, or its worker was ended. */
export class FunctionError extends Error {
  readonly functionName: string;
  /** Name of the error the handler threw; `TimedOut` or `Killed` when the worker was ended. */
  readonly type: string;
  constructor(functionName: string, type: string, message: string, stack?: string) {
    super(`${functionName}: ${type}: ${message}`);
    this.name = 'FunctionError';
    this.functionName = functionName;
    this.type = type;
    if (stack !== undefined) this.stack = stack;
  }
}

export interface Functions {
  readonly names: readonly string[];
  /** Runs a function by its short name (`ingest`) or its name in Lambda. Throws `FunctionError`. */
  invoke(name: string, event: unknown): Promise<unknown>;
  /** Ends the workers of a function at once, wherever they are; the next invocation starts anew. */
  kill(name: string): Promise<void>;
  /** Calls back with each line a function logs. Returns a function that ends it. */
  onLog(listener: (functionName: string, line: string) => void): () => void;
  close(): Promise<void>;
}

export interface FunctionsSettings {
  functions: readonly FunctionSettings[];
  clock: Clock;
  endpoint: string;
  credentialsOf(name: string): Credentials;
  /** Each function logs to `<name>.log` here. */
  logDirectory: string;
  /** Put over the template's environment; for tests and harnesses only. */
  environment?: Readonly<Record<string, string>>;
  /** Real time an invocation may take; default three times what the template says, at least 30 seconds. */
  timeoutMs?: number;
  /** How many workers one function may have at a time; default 4. */
  maxWorkers?: number;
}

/** An event that waits for a worker. */
interface Job {
  event: string;
  resolve(result: unknown): void;
  reject(error: FunctionError): void;
}

interface Running extends Omit<Job, 'event'> {
  requestId: string;
  timer: NodeJS.Timeout;
}

/** A worker and what it is doing. */
interface Environment {
  worker: Worker;
  running?: Running;
}

/**
 * Runs each function's own bundle in worker threads with exactly the environment its template gives it, plus what
 * Lambda sets. Workers stay warm and take one event at a time; further events get further workers, then wait.
 */
export function createFunctions(settings: FunctionsSettings): Functions {
  const { clock, logDirectory } = settings;
  mkdirSync(logDirectory, { recursive: true });
  const runners = settings.functions.map((one) => createRunner(one));
  const listeners = new Set<(functionName: string, line: string) => void>();
  const logs = new Map<string, WriteStream>();

  function createRunner(definition: FunctionSettings) {
    const { name } = definition;
    const environments = new Set<Environment>();
    const waiting: Job[] = [];
    const timeoutMs = settings.timeoutMs ?? Math.max(30_000, definition.timeoutSeconds * 3000);

    function start(): Environment {
      const worker = new Worker(new URL('./function-worker.ts', import.meta.url), {
        name,
        workerData: workerSettings(definition, clock),
        env: environmentOf(definition),
        stdout: true,
        stderr: true,
      });
      const environment: Environment = { worker };
      keepLog(name, worker.stdout);
      keepLog(name, worker.stderr);
      worker.on('message', (response: WorkerResponse) => {
        if (environment.running?.requestId !== response.requestId) return;
        const running = finish(environment);
        if ('result' in response) running?.resolve(JSON.parse(response.result));
        else {
          const { error } = response;
          log(name, `${error.stack ?? error.message}\n`);
          running?.reject(new FunctionError(name, error.name, error.message, error.stack));
        }
        startWaiting();
      });
      const gone = (type: string, message: string) => {
        environments.delete(environment);
        finish(environment)?.reject(new FunctionError(name, type, message));
        startWaiting();
      };
      worker.on('error', (error) => {
        log(name, `${error instanceof Error ? error.stack : String(error)}\n`);
        gone('Unhandled', error instanceof Error ? error.message : String(error));
      });
      worker.on('exit', () => gone('Killed', 'the worker ended before it answered'));
      environments.add(environment);
      return environment;
    }

    function invoke(event: unknown): Promise<unknown> {
      return new Promise((resolve, reject) => {
        waiting.push({ event: JSON.stringify(event), resolve, reject });
        startWaiting();
      });
    }

    /** Gives waiting events to workers that are free, and starts workers as long as it may. */
    function startWaiting(): void {
      while (waiting.length > 0) {
        const free = [...environments].find(({ running }) => !running);
        if (!free && environments.size >= (settings.maxWorkers ?? 4)) return;
        const job = waiting.shift();
        if (job) run(free ?? start(), job);
      }
    }

    function run(environment: Environment, { event, resolve, reject }: Job): void {
      const requestId = randomUUID();
      const timer = setTimeout(() => {
        environments.delete(environment);
        finish(environment)?.reject(
          new FunctionError(name, 'TimedOut', `no answer within ${timeoutMs / 1000} s`),
        );
        void environment.worker.terminate();
        startWaiting();
      }, timeoutMs);
      environment.running = { requestId, timer, resolve, reject };
      const request: WorkerRequest = { requestId, event, deadlineMs: Date.now() + timeoutMs };
      environment.worker.postMessage(request);
    }

    function refuseWaiting(): void {
      for (const { reject } of waiting.splice(0))
        reject(new FunctionError(name, 'Killed', 'the embedded cloud ended'));
    }

    async function kill(): Promise<void> {
      await Promise.all([...environments].map(({ worker }) => worker.terminate()));
    }

    return { definition, invoke, kill, refuseWaiting };
  }

  /** What Lambda sets, what the template says, and what keeps the SDK from looking elsewhere. */
  function environmentOf({ name, functionName, memoryMb, environment, codeDirectory }: FunctionSettings) {
    const { accessKeyId, secretAccessKey, sessionToken } = settings.credentialsOf(name);
    return {
      ...environment,
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
      AWS_LAMBDA_FUNCTION_NAME: functionName,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
      AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${functionName}`,
      AWS_LAMBDA_LOG_STREAM_NAME: functionName,
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      LAMBDA_TASK_ROOT: codeDirectory,
      LANG: 'en_US.UTF-8',
      TZ: ':UTC',
      AWS_ENDPOINT_URL: settings.endpoint,
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_CONFIG_FILE: join(codeDirectory, 'no-aws-config'),
      AWS_SHARED_CREDENTIALS_FILE: join(codeDirectory, 'no-aws-credentials'),
      ...settings.environment,
    };
  }

  function keepLog(name: string, stream: Readable): void {
    let rest = '';
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) log(name, `${line}\n`);
    });
    stream.on('end', () => {
      if (rest !== '') log(name, `${rest}\n`);
    });
  }

  function log(name: string, text: string): void {
    const file = logs.get(name) ?? createWriteStream(join(logDirectory, `${name}.log`), { flags: 'a' });
    logs.set(name, file);
    file.write(text);
    for (const listener of listeners) listener(name, text.trimEnd());
  }

  function find(name: string) {
    const runner = runners.find(
      ({ definition }) => definition.name === name || definition.functionName === name,
    );
    if (!runner) throw new Error(`There is no function ${name}`);
    return runner;
  }

  return {
    names: runners.map(({ definition }) => definition.name),
    invoke: (name, event) => find(name).invoke(event),
    kill: (name) => find(name).kill(),
    onLog(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      for (const runner of runners) runner.refuseWaiting();
      await Promise.all(runners.map((runner) => runner.kill()));
      await Promise.all([...logs.values()].map((file) => new Promise<void>((resolve) => file.end(resolve))));
    },
  };
}

/** Marks a worker as free; returns what it was doing. */
function finish(environment: Environment): Running | undefined {
  const { running } = environment;
  clearTimeout(running?.timer);
  delete environment.running;
  return running;
}

function workerSettings(definition: FunctionSettings, clock: Clock): WorkerSettings {
  const { handler, codeDirectory, functionName, arn, memoryMb } = definition;
  const at = handler.lastIndexOf('.');
  const [file, exportName] = [handler.slice(0, at), handler.slice(at + 1)];
  const modulePath = ['.mjs', '.js']
    .map((extension) => join(codeDirectory, `${file}${extension}`))
    .find((path) => existsSync(path));
  if (!modulePath) throw new Error(`Function ${definition.name}: ${codeDirectory} has no ${file}.mjs`);
  return { memory: clock.memory, modulePath, exportName, functionName, functionArn: arn, memoryMb };
}
