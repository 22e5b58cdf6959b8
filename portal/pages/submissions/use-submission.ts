import { useContext, useEffect, useState } from 'preact/hooks';
import { callRoute } from '../../../shared/client/call-route.ts';
import { SessionEnded } from '../../session/session.ts';
import { useApi } from '../../session/session-context.ts';
import { SessionEndedContext } from '../../session/session-ended.ts';
import { type Following, followSubmission } from './follow-submission.ts';

/** A submission as it stands, kept current until it has its outcome; `reload()` reads it anew. */
export function useSubmission(unit: string, id: string): Following & { fault?: unknown; reload(): void } {
  const api = useApi();
  const onSessionEnded = useContext(SessionEndedContext);
  const [following, setFollowing] = useState<Following & { fault?: unknown }>({ isReachable: true });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    const read = async () =>
      (await callRoute(api, 'GET /submissions/{id}', { params: { id }, query: { unit } })).body;
    const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
    followSubmission({ read, wait, tell: setFollowing, signal: abort.signal }).catch((fault: unknown) => {
      if (abort.signal.aborted) return;
      if (fault instanceof SessionEnded) onSessionEnded();
      else setFollowing({ isReachable: true, fault });
    });
    return () => abort.abort();
  }, [api, unit, id, round, onSessionEnded]);
  return { ...following, reload: () => setRound((before) => before + 1) };
}
