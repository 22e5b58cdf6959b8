import { expect, it } from 'vitest';
import { everyFault, type Fault, type FunctionCall, runCampaign } from '../harness/fault-harness.ts';
import { playScenario, scenarioNeeds, scenarioStartsAt } from '../harness/scenario.ts';
import { synthesizeSmall } from '../harness/small-assembly.ts';

/**
 * With `TIENDO_FAULTS_OF=export,notify` the faults of those functions alone, with `TIENDO_FAULT_KIND=hang` those of that kind
 * alone, with `TIENDO_FAULTS_FROM=29` those of that call of the function and later ones.
 */
const {
  TIENDO_FAULTS_OF: functionNames,
  TIENDO_FAULT_KIND: kind,
  TIENDO_FAULTS_FROM: first = '1',
} = process.env;

function choose(calls: readonly FunctionCall[]): Fault[] {
  return everyFault(calls).filter(
    (fault) =>
      (functionNames?.split(',').includes(fault.functionName) ?? true) &&
      (kind ?? fault.kind) === fault.kind &&
      fault.n >= Number(first),
  );
}

it('ends in the same state whichever call of whichever function fails, and however', async () => {
  const templateDirectory = await synthesizeSmall({}, scenarioNeeds);
  const experiment = { templateDirectory, startAt: scenarioStartsAt, play: playScenario };
  const startedMs = performance.now();
  const { calls, injected, repeating, divergences } = await runCampaign(
    experiment,
    choose,
    ({ functionName, action, n, kind }, outcome) => {
      if (outcome !== 'same') console.log(`${functionName} ${action} ${n} ${kind}: ${outcome}`);
    },
  );
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  console.log(
    `${calls} calls, ${injected} faults injected, ${repeating} with a message told twice as it may be, ${divergences.length} divergences, ${seconds} s`,
  );
  expect(injected).toBeGreaterThan(0);
  expect(divergences).toEqual([]);
});
