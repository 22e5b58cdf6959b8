import { expect, it } from 'vitest';
import { everyFault, runCampaign } from '../harness/fault-harness.ts';
import { playScenario, scenarioNeeds, scenarioStartsAt } from '../harness/scenario.ts';
import { synthesizeSmall } from '../harness/small-assembly.ts';

it('ends in the same state whichever call of whichever function fails, and however', async () => {
  const templateDirectory = await synthesizeSmall({}, scenarioNeeds);
  const experiment = { templateDirectory, startAt: scenarioStartsAt, play: playScenario };
  const startedMs = performance.now();
  const { calls, injected, divergences } = await runCampaign(experiment, everyFault, (fault, differs) => {
    if (differs) console.log(`${fault.functionName} ${fault.action} ${fault.n} ${fault.kind}: differs`);
  });
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  console.log(`${calls} calls, ${injected} faults injected, ${divergences.length} divergences, ${seconds} s`);
  expect(divergences).toEqual([]);
});
