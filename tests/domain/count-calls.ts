import { type Profiler, Session } from 'node:inspector/promises';

/**
 * How many calls of the domain's functions some work takes, those made by a sort or a map included. Unlike
 * the clock this is the same on every machine.
 */
export async function countDomainCalls(work: () => unknown): Promise<number> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    await session.post('Profiler.takePreciseCoverage');
    work();
    const { result } = await session.post('Profiler.takePreciseCoverage');
    return result.filter(({ url }) => url.includes('/shared/domain/')).reduce(addCalls, 0);
  } finally {
    await session.post('Profiler.stopPreciseCoverage');
    session.disconnect();
  }
}

function addCalls(sum: number, { functions }: Profiler.ScriptCoverage): number {
  return functions.reduce((total, { ranges: [whole] }) => total + (whole?.count ?? 0), sum);
}
