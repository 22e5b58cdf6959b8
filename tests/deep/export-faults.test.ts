import { expect, it } from 'vitest';
import { playExport } from '../harness/export-scenario.ts';
import { everyFault, runCampaign } from '../harness/fault-harness.ts';
import { keepSteps } from '../harness/keep-steps.ts';
import { scenarioStartsAt } from '../harness/scenario.ts';
import { synthesizeSmall } from '../harness/small-assembly.ts';

it('exports the same whichever of its calls fails before or after its effect, or is its last', async () => {
  const templateDirectory = await synthesizeSmall();
  keepSteps(templateDirectory, ['ingest', 'export']);
  const experiment = { templateDirectory, startAt: scenarioStartsAt, play: playExport };
  const startedMs = performance.now();
  let ofExport = 0;
  const { injected, divergences } = await runCampaign(
    experiment,
    (calls) => {
      const disturbed = calls.filter(({ functionName }) => functionName === 'export');
      ofExport = disturbed.length;
      console.log(`${ofExport} calls of export`);
      return everyFault(disturbed);
    },
    ({ action, n, kind }, outcome) => {
      if (outcome !== 'same') console.log(`${action} ${n} ${kind}: ${outcome}`);
    },
  );
  const seconds = Math.round((performance.now() - startedMs) / 1000);
  console.log(`${injected} faults injected, ${divergences.length} divergences, ${seconds} s`);
  expect(divergences).toEqual([]);
  expect(injected).toBe(3 * ofExport);
});
