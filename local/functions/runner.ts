import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../clock.ts';
import type { FunctionSettings } from '../template/functions.ts';
import { FunctionError } from './function-error.ts';
import type { Logs } from './logs.ts';
import type { WorkerRequest, WorkerResponse, WorkerSettings } from './worker.ts';

/** Runs one function. */
export interface Runner {
  readonly definition: FunctionSettings;
  /** Rejects with `FunctionError`. */
  invoke(event: unknown): Promise<unknown>;
  /** Ends its workers at once, wherever they are; the next invocation starts anew. */
  kill(): Promise<void>;
  /** Rejects the events that have no worker yet. */
  refuseWaiting(): void;
}

export interface RunnerSettings {
  definition: FunctionSettings;
  clock: Clock;
  environment: Readonly<Record<string, string>>;
  logs: Logs;
  /** Real time an invocation may take. */
  timeoutMs: number;
  maxWorkers: number;
  /** Where compiled code is kept from one start to the next; left out, it is compiled at each. */
  compiledDirectory?: string;
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

/** The workers of a function: they stay warm and take one event at a time; further events get further workers, then wait. */
export function createRunner(settings: RunnerSettings): Runner {
  const { definition, logs, timeoutMs, maxWorkers } = settings;
  const { name } = definition;
  const environments = new Set<Environment>();
  const waiting: Job[] = [];

  function start(): Environment {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      name,
      workerData: workerSettings(definition, settings.clock),
      env: {
        ...settings.environment,
        // Node reads it when the thread starts; the worker takes it away before the function can see it.
        ...(settings.compiledDirectory === undefined
          ? {}
          : { NODE_COMPILE_CACHE: settings.compiledDirectory }),
      },
      stdout: true,
      stderr: true,
    });
    const environment: Environment = { worker };
    logs.follow(name, worker.stdout);
    logs.follow(name, worker.stderr);
    worker.on('message', (response: WorkerResponse) => {
      if (environment.running?.requestId !== response.requestId) return;
      const running = finish(environment);
      if ('result' in response) running?.resolve(JSON.parse(response.result));
      else {
        const { error } = response;
        logs.add(name, `${error.stack ?? error.message}\n`);
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
      logs.add(name, `${error instanceof Error ? error.stack : String(error)}\n`);
      gone('Unhandled', error instanceof Error ? error.message : String(error));
    });
    worker.on('exit', () => gone('Killed', 'the worker ended before it answered'));
    environments.add(environment);
    return environment;
  }

  /** Gives waiting events to workers that are free, and starts workers as long as it may. */
  function startWaiting(): void {
    while (waiting.length > 0) {
      const free = [...environments].find(({ running }) => !running);
      if (!free && environments.size >= maxWorkers) return;
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

  return {
    definition,
    invoke(event) {
      return new Promise((resolve, reject) => {
        waiting.push({ event: JSON.stringify(event), resolve, reject });
        startWaiting();
      });
    },
    async kill() {
      await Promise.all([...environments].map(({ worker }) => worker.terminate()));
    },
    refuseWaiting() {
      for (const { reject } of waiting.splice(0))
        reject(new FunctionError(name, 'Killed', 'the embedded cloud ended'));
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
