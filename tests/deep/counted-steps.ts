import { type Profiler, Session } from 'node:inspector';

/**
 * Counts what the domain does from now on, as the engine itself counts: for each function how often its
 * busiest block was entered. Modules of the domain must be imported after this, or the blocks in them are not
 * counted. The answer is a function that gives the steps since it was last called; the clock has no part in it.
 */
export function countSteps(): () => number {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  return () => {
    let steps = 0;
    // A session within the process answers before `post` returns.
    session.post('Profiler.takePreciseCoverage', (error, { result }) => {
      if (error) throw error;
      steps = stepsOf(result);
    });
    return steps;
  };
}

function stepsOf(scripts: readonly Profiler.ScriptCoverage[]): number {
  let steps = 0;
  for (const { url, functions } of scripts) {
    if (!url.includes('/shared/domain/')) continue;
    for (const { ranges } of functions) steps += Math.max(...ranges.map(({ count }) => count));
  }
  return steps;
}
