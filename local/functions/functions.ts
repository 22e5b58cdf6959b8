import type { Clock } from '../clock.ts';
import type { Credentials } from '../iam/identities.ts';
import type { FunctionSettings } from '../template/functions.ts';
import { environmentOf } from './environment.ts';
import { type Logs, openLogs } from './logs.ts';
import { createRunner } from './runner.ts';

export interface Functions {
  readonly names: readonly string[];
  /** Runs a function by its short name (`ingest`) or its name in Lambda. Throws `FunctionError`. */
  invoke(name: string, event: unknown): Promise<unknown>;
  /** Ends the workers of a function at once, wherever they are; the next invocation starts anew. */
  kill(name: string): Promise<void>;
  onLog: Logs['onLog'];
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
  /** Where compiled code is kept from one start to the next; left out, it is compiled at each. */
  compiledDirectory?: string;
}

/**
 * Runs each function's own bundle in worker threads with exactly the environment its template gives it, plus what
 * Lambda sets.
 */
export function createFunctions(settings: FunctionsSettings): Functions {
  const { clock, endpoint, credentialsOf, timeoutMs, maxWorkers = 4, compiledDirectory } = settings;
  const logs = openLogs(settings.logDirectory);
  const runners = settings.functions.map((definition) =>
    createRunner({
      definition,
      clock,
      environment: {
        ...environmentOf(definition, credentialsOf(definition.name), endpoint),
        ...settings.environment,
      },
      logs,
      timeoutMs: timeoutMs ?? Math.max(30_000, definition.timeoutSeconds * 3000),
      maxWorkers,
      ...(compiledDirectory === undefined ? {} : { compiledDirectory }),
    }),
  );

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
    onLog: logs.onLog,
    async close() {
      for (const runner of runners) runner.refuseWaiting();
      await Promise.all(runners.map((runner) => runner.kill()));
      await logs.close();
    },
  };
}
