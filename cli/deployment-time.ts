import { Unreachable } from '../shared/client/api.ts';
import type { Instant } from '../shared/domain/calendar.ts';
import { loadLocalRun, type Machine, normalizeUrl } from './session.ts';

/** A run on this machine answers at once or not at all. */
const maxWaitMs = 5000;

/**
 * What time it is at the deployment a file will be sent to, the one of `--api` or else the local run, to the second:
 * the embedded clock of a local run stands elsewhere than this machine's. It is the `Date` of any answer, so that
 * nobody needs to be signed in. `undefined` when there is no local run, or none that still answers.
 *
 * @throws Unreachable when the API of `--api` does not answer.
 */
export async function deploymentTime(
  api: string | undefined,
  machine: Machine,
): Promise<{ url: string; time: Instant } | undefined> {
  const address = api ?? (await loadLocalRun(machine))?.apiUrl;
  if (address === undefined) return undefined;
  const url = normalizeUrl(address);
  try {
    const answer = await fetch(`${url}/catalogue`, { signal: AbortSignal.timeout(maxWaitMs) });
    await answer.body?.cancel();
    const timeMs = Date.parse(answer.headers.get('date') ?? '');
    return Number.isNaN(timeMs) ? undefined : { url, time: new Date(timeMs).toISOString() };
  } catch (error) {
    if (api === undefined) return undefined;
    throw new Unreachable(url, error);
  }
}
