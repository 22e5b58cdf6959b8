import { useCallback, useContext, useEffect, useState } from 'preact/hooks';
import type { Api } from '../../../shared/client/api.ts';
import { callRoute } from '../../../shared/client/call-route.ts';
import type { AlertState } from '../../../shared/domain/alert-view.ts';
import type { Instant } from '../../../shared/domain/calendar.ts';
import { SessionEnded } from '../../session/session.ts';
import { useApi } from '../../session/session-context.ts';
import { SessionEndedContext } from '../../session/session-ended.ts';
import type { Answer } from '../../use-answer.ts';
import type { AlertItem } from './alert-list.ts';

/** The alerts asked for, as of an instant; `isComplete` is false while further pages of them are read. */
export interface AlertBook {
  asOf: Instant;
  alerts: AlertItem[];
  isComplete: boolean;
}

/** What alerts are wanted: of a unit, or of all; in a state, or in any the API gives by itself. */
export interface AlertQuery {
  unit?: string | undefined;
  state?: AlertState | undefined;
  asOf?: string | undefined;
}

/** All pages of the alerts asked for, each shown as it comes. */
export function useAlerts({ unit, state, asOf }: AlertQuery): Answer<AlertBook> & { reload(): void } {
  const api = useApi();
  const onSessionEnded = useContext(SessionEndedContext);
  const [answer, setAnswer] = useState<Answer<AlertBook>>({ state: 'loading' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    const read = async () => {
      for await (const book of readPages(api, { unit, state, asOf })) {
        if (!isCurrent) return;
        setAnswer({ state: book.isComplete ? 'ready' : 'loading', answer: book });
      }
    };
    setAnswer({ state: 'loading' });
    read().catch((fault: unknown) => {
      if (!isCurrent) return;
      if (fault instanceof SessionEnded) onSessionEnded();
      else setAnswer({ state: 'fault', fault });
    });
    return () => {
      isCurrent = false;
    };
  }, [api, unit, state, asOf, round, onSessionEnded]);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  return { ...answer, reload };
}

/** Page after page, all as of the instant of the first; each time what is known so far. */
async function* readPages(api: Api, query: AlertQuery): AsyncGenerator<AlertBook> {
  const alerts: AlertItem[] = [];
  let asOf = query.asOf;
  let after: string | undefined;
  do {
    const { body } = await callRoute(api, 'GET /alerts', { query: { ...query, asOf, after } });
    alerts.push(...body.alerts);
    asOf = body.asOf;
    after = body.next;
    yield { asOf: body.asOf, alerts: [...alerts], isComplete: after === undefined };
  } while (after !== undefined);
}
