import { useContext, useEffect, useState } from 'preact/hooks';
import { callRoute } from '../../../shared/client/call-route.ts';
import type { QueryExecution } from '../../../shared/domain/query-answers.ts';
import { SessionEnded } from '../../session/session.ts';
import { useApi } from '../../session/session-context.ts';
import { SessionEndedContext } from '../../session/session-ended.ts';
import { followExecution } from './follow-execution.ts';

interface Following {
  execution?: QueryExecution;
  fault?: unknown;
}

/** The running of a query as it stands, looked at until it has its outcome; `reload()` looks anew. */
export function useExecution(id: string): Following & { reload(): void } {
  const api = useApi();
  const onSessionEnded = useContext(SessionEndedContext);
  const [following, setFollowing] = useState<Following>({});
  const [round, setRound] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    setFollowing({});
    followExecution({
      read: async () => (await callRoute(api, 'GET /queries/executions/{id}', { params: { id } })).body,
      wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      tell: (execution) => setFollowing({ execution }),
      signal: abort.signal,
    }).catch((fault: unknown) => {
      if (abort.signal.aborted) return;
      if (fault instanceof SessionEnded) onSessionEnded();
      else setFollowing({ fault });
    });
    return () => abort.abort();
  }, [api, id, round, onSessionEnded]);
  return { ...following, reload: () => setRound((before) => before + 1) };
}
