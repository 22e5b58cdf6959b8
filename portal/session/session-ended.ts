import { createContext } from 'preact';

/** To be told when the API finds that the session has ended: the sign-in page is shown again. */
export const SessionEndedContext = createContext<() => void>(() => {});
