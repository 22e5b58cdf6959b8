import { expect, it } from 'vitest';
import { everyFault, type FunctionCall, runCampaign } from '../harness/fault-harness.ts';
import { playScenario, scenarioNeeds, scenarioStartsAt } from '../harness/scenario.ts';
import { synthesizeSmall } from '../harness/small-assembly.ts';

/** The functions whose calls are disturbed, `export,notify`; all when left out. */
const functionNames = process.env.TIENDO_FAULTS_OF?.split(',');

const faultsOf = (calls: readonly FunctionCall[]) =>
  everyFault(calls.filter(({ functionName }) => functionNames?.includes(functionName) ?? true));

it('ends in the same state whichever call of whichever function fails, and however', async () => {
  const templateDirectory = await synthesizeSmall({}, scenarioNeeds);
  const experiment = { templateDirectory, startAt: scenarioStartsAt, play: playScenario };
  const startedMs = performance.now();
  const { calls, injected, divergences } = await runCampaign(experiment, faultsOf, (fault, differs) => {
    if (differs) console.log(`${fault.functionName} ${fault.action} ${fault.n} ${fault.kind}: differs`);
  });
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  console.log(`${calls} calls, ${injected} faults injected, ${divergences.length} divergences, ${seconds} s`);
  expect(injected).toBeGreaterThan(0);
  expect(divergences).toEqual([]);
});
