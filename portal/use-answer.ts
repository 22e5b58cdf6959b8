import { useCallback, useContext, useEffect, useRef, useState } from 'preact/hooks';
import { type AnswerOf, callRoute } from '../shared/client/call-route.ts';
import type { RouteKey } from '../shared/domain/api-routes.ts';
import { SessionEnded } from './session/session.ts';
import { useApi } from './session/session-context.ts';
import { SessionEndedContext } from './session/session-ended.ts';

/** What the API says to a question: nothing yet, an answer, or why there is none. A new question keeps the old answer. */
export type Answer<T> =
  | { state: 'loading'; answer?: T }
  | { state: 'ready'; answer: T }
  | { state: 'fault'; fault: unknown; answer?: T };

/**
 * Asks a route of the API whenever its inputs change, and again on `reload()`:
 * `useAnswer('GET /units/{unit}', { params: { unit: '74' } })`. `undefined` inputs ask nothing yet.
 */
export function useAnswer<K extends RouteKey>(
  key: K,
  inputs: Parameters<typeof callRoute<K>>[2] | undefined,
): Answer<AnswerOf<K>> & { reload(): void } {
  const api = useApi();
  const onSessionEnded = useContext(SessionEndedContext);
  const [answer, setAnswer] = useState<Answer<AnswerOf<K>>>({ state: 'loading' });
  const [round, setRound] = useState(0);
  const asked = JSON.stringify(inputs);
  // The inputs of the question that `asked` stands for: a new object each time a page is drawn.
  const latest = useRef(inputs);
  latest.current = inputs;

  useEffect(() => {
    if (latest.current === undefined) return;
    let isCurrent = true;
    setAnswer(({ answer: before }) => ({
      state: 'loading',
      ...(before !== undefined && { answer: before }),
    }));
    callRoute(api, key, latest.current).then(
      ({ body }) => {
        if (isCurrent) setAnswer({ state: 'ready', answer: body });
      },
      (fault: unknown) => {
        if (!isCurrent) return;
        if (fault instanceof SessionEnded) onSessionEnded();
        else setAnswer({ state: 'fault', fault });
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [api, key, asked, round, onSessionEnded]);

  const reload = useCallback(() => setRound((before) => before + 1), []);
  return { ...answer, reload };
}
