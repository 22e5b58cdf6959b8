import { expect, it } from 'vitest';
import { oneFaultPerFunction, runCampaign } from '../harness/fault-harness.ts';
import { playScenario, scenarioNeeds, scenarioStartsAt } from '../harness/scenario.ts';
import { synthesizeSmall } from '../harness/small-assembly.ts';

const minutes = 60_000;

it(
  'ends in the same state when a call of any function fails before or after its effect, or its function dies in it',
  async () => {
    const templateDirectory = await synthesizeSmall({}, scenarioNeeds);
    const experiment = { templateDirectory, startAt: scenarioStartsAt, play: playScenario };
    const { calls, injected, divergences } = await runCampaign(experiment, oneFaultPerFunction);
    console.log(`${calls} calls, ${injected} faults injected, ${divergences.length} divergences`);
    expect(divergences).toEqual([]);
    expect(injected).toBeGreaterThanOrEqual(14);
  },
  8 * minutes,
);

it(
  'notices when a submission is published before its rows are written',
  async () => {
    const planted = {
      'shared/aws/figures.ts': 'tests/harness/planted/late-rows.ts',
      'shared/aws/heads.ts': 'tests/harness/planted/early-head.ts',
    };
    const templateDirectory = await synthesizeSmall(planted, scenarioNeeds);
    const experiment = { templateDirectory, startAt: scenarioStartsAt, play: playScenario };
    const { divergences } = await runCampaign(experiment, (calls) => {
      const writes = calls.filter(
        ({ functionName, action }) => functionName === 'ingest' && action === 'PutItem',
      );
      return writes.slice(0, 2).map((call) => ({ ...call, kind: 'hang' }));
    });
    expect(divergences.flatMap(({ difference }) => difference)).toContainEqual(
      expect.stringMatching(/^- .*"sk":"ROWS#000001"/),
    );
  },
  2 * minutes,
);
