import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Api } from '../../shared/client/api.ts';
import type { Session } from './session.ts';

/** The session the pages are drawn for; none before somebody has signed in. */
export const SessionContext = createContext<Session | undefined>(undefined);

/** The session of whoever uses the page. Throws outside the part of the portal that needs one. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('Nobody is signed in here');
  return session;
}

/** The API as the person on this page sees it. */
export function useApi(): Api {
  return useSession().api;
}
