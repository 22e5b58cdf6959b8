import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import type { Cloud } from '../../local/cloud.ts';
import type { InterceptedCall, Interception } from '../../local/gateway.ts';
import { type Snapshot, takeSnapshot } from './snapshot.ts';
import { startCloud } from './start-cloud.ts';

/** What is done to a call: refused before its effect, its answer lost after it, or its function killed in it. */
export const faultKinds = ['fail-before', 'fail-after', 'hang'] as const satisfies readonly Interception[];
export type FaultKind = (typeof faultKinds)[number];

/** One call of a function: the `n`-th of its calls in the run, counted from 1. */
export interface FunctionCall {
  functionName: string;
  n: number;
  action: string;
}

export interface Fault extends FunctionCall {
  kind: FaultKind;
}

/** A scenario, and the cloud assembly it is played in. */
export interface Experiment {
  templateDirectory: string;
  startAt: string;
  play(cloud: Cloud): Promise<void>;
}

export interface Run {
  calls: FunctionCall[];
  snapshot: Snapshot;
  /** Whether the fault's call was reached. */
  isInjected: boolean;
  /** Why the scenario could not be played to its end, if it could not. */
  failure?: unknown;
}

/** How a run with a fault differs from the one without. */
export interface Divergence {
  fault: Fault;
  /** Lines only the disturbed run has (`+`) or lacks (`-`), what it lost, and what it left in queues. */
  difference: string[];
}

/**
 * Plays an experiment in a cloud of its own, every AWS call of every function counted and, where a fault says
 * so, disturbed. SDK clients do not repeat by themselves, so that each fault reaches the function.
 */
export async function play(
  { templateDirectory, startAt, play: scenario }: Experiment,
  fault?: Fault,
): Promise<Run> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'tiendo-run-'));
  const calls: FunctionCall[] = [];
  const counts = new Map<string, number>();
  let isInjected = false;
  let running: Cloud | undefined;

  function intercept({ functionName, action }: InterceptedCall): Interception {
    if (functionName === undefined) return 'pass';
    const n = (counts.get(functionName) ?? 0) + 1;
    counts.set(functionName, n);
    calls.push({ functionName, n, action });
    if (fault?.functionName !== functionName || fault.n !== n) return 'pass';
    isInjected = true;
    if (fault.kind === 'hang') void running?.kill(functionName);
    return fault.kind;
  }

  const environment = { AWS_MAX_ATTEMPTS: '1' };
  const cloud = await startCloud({ templateDirectory, dataDirectory, startAt, intercept, environment });
  running = cloud;
  try {
    const failure = await scenario(cloud).then(
      () => undefined,
      (error: unknown) => error ?? 'unknown',
    );
    await settle(cloud);
    return {
      calls,
      snapshot: await takeSnapshot(cloud),
      isInjected,
      ...(failure !== undefined && { failure }),
    };
  } finally {
    await cloud.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  }
}

/**
 * Lets redelivered messages and the next sweeps do their work. Each hour ends with a sweep; the minutes after the
 * last bring that one's own message back, should it have failed.
 */
async function settle(cloud: Cloud): Promise<void> {
  for (const minutes of [60, 60, 60, 14]) {
    await cloud.moveTo(new Date(cloud.clock.nowMs() + minutes * 60_000).toISOString());
  }
}

/** What a disturbed run left that the undisturbed one did not, or the other way round; empty when all is well. */
export function compare(expected: Snapshot, actual: Snapshot): string[] {
  return [
    ...without(expected.lines, actual.lines).map((line) => `- ${line}`),
    ...without(actual.lines, expected.lines).map((line) => `+ ${line}`),
    ...actual.lost.map((upload) => `lost ${upload}`),
    ...(actual.queued > 0 ? [`${actual.queued} messages left in queues`] : []),
  ];
}

/** What is left of some lines when others are taken away, one for one: a line can be there more than once. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const line of others) counts.set(line, (counts.get(line) ?? 0) + 1);
  return lines.filter((line) => {
    const count = counts.get(line) ?? 0;
    counts.set(line, count - 1);
    return count <= 0;
  });
}

/**
 * A message may come twice only when a crash falls between sending and noting it. A run tells several people at a
 * time, each by one message after the other, so that a kill can fall there for each of them once.
 */
export function repeatsWrongly({ kind, functionName, action }: Fault, { repeated }: Snapshot): boolean {
  const isNeverSent = action === 'Publish' && kind === 'fail-before';
  if (functionName !== 'notify' || isNeverSent) return repeated.length > 0;
  const recipients = repeated.map((message) => recipientSchema.parse(JSON.parse(message)).to);
  return kind === 'hang' ? new Set(recipients).size < recipients.length : recipients.length > 1;
}

const recipientSchema = z.object({ to: z.string() });

/** What a disturbed run came to: the state of the undisturbed one, perhaps with a message told twice, or another. */
export type Outcome = 'same' | 'told twice' | 'differs';

/** The result of a campaign, as the evidence states it. */
export interface Campaign {
  calls: number;
  injected: number;
  /** Faults after which somebody got a message twice where that may be. */
  repeating: number;
  divergences: Divergence[];
}

/**
 * Plays the experiment once undisturbed and once for each fault that `choose` picks from its calls, and
 * compares what they leave behind.
 */
export async function runCampaign(
  experiment: Experiment,
  choose: (calls: readonly FunctionCall[]) => readonly Fault[],
  onRun: (fault: Fault, outcome: Outcome) => void = () => {},
): Promise<Campaign> {
  const undisturbed = await play(experiment);
  if (undisturbed.failure !== undefined) throw undisturbed.failure;
  const trouble = [...undisturbed.snapshot.lost, ...undisturbed.snapshot.repeated];
  if (trouble.length > 0) throw new Error(`Even the undisturbed run lost or repeated: ${trouble.join(', ')}`);
  const divergences: Divergence[] = [];
  let injected = 0;
  let repeating = 0;
  for (const fault of choose(undisturbed.calls)) {
    const { snapshot, isInjected, failure } = await play(experiment, fault);
    const difference = compare(undisturbed.snapshot, snapshot);
    if (failure !== undefined) difference.push(`the scenario failed: ${failure}`);
    if (repeatsWrongly(fault, snapshot))
      difference.push(...snapshot.repeated.map((message) => `twice ${message}`));
    const isRepeating = difference.length === 0 && snapshot.repeated.length > 0;
    if (isInjected) injected += 1;
    if (isRepeating) repeating += 1;
    if (difference.length > 0) divergences.push({ fault, difference });
    onRun(fault, difference.length > 0 ? 'differs' : isRepeating ? 'told twice' : 'same');
  }
  return { calls: undisturbed.calls.length, injected, repeating, divergences };
}

/** Every kind of fault at every call. */
export function everyFault(calls: readonly FunctionCall[]): Fault[] {
  return calls.flatMap((call) => kindsFor(call).map((kind) => ({ ...call, kind })));
}

/** A presigned PUT is signed by a function but made by its client, with which no function can die. */
function kindsFor({ functionName, action }: FunctionCall): readonly FaultKind[] {
  const isPresigned = functionName === 'request-upload' && action === 'PutObject';
  return isPresigned ? faultKinds.filter((kind) => kind !== 'hang') : faultKinds;
}

/** One fault for each action of each function, at the first such call, the kinds taking turns. */
export function oneFaultPerAction(calls: readonly FunctionCall[]): Fault[] {
  const first = new Map<string, FunctionCall>();
  for (const call of calls) {
    const key = `${call.functionName} ${call.action}`;
    if (!first.has(key)) first.set(key, call);
  }
  return [...first.values()].flatMap((call, index) => {
    const kinds = kindsFor(call);
    const kind = kinds[index % kinds.length];
    return kind ? [{ ...call, kind }] : [];
  });
}

/** One fault for each function, at the first call of one of its actions, the actions and kinds taking turns. */
export function oneFaultPerFunction(calls: readonly FunctionCall[]): Fault[] {
  const ofFunctions = Map.groupBy(oneFaultPerAction(calls), ({ functionName }) => functionName);
  return [...ofFunctions.values()].flatMap((faults, index) => faults[(index + 1) % faults.length] ?? []);
}
