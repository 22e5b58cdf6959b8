import { useContext, useState } from 'preact/hooks';
import { SessionEnded } from './session/session.ts';
import { SessionEndedContext } from './session/session-ended.ts';

/** Something that was asked for by a button: not yet, being done, done, or why it could not be. */
export type ActState = { at: 'idle' | 'busy' | 'done' } | { at: 'fault'; fault: unknown };

/** Does what a button stands for, once at a time, and says how it stands. */
export function useAct(): { state: ActState; act(deed: () => Promise<void>): void } {
  const onSessionEnded = useContext(SessionEndedContext);
  const [state, setState] = useState<ActState>({ at: 'idle' });
  return {
    state,
    act(deed) {
      if (state.at === 'busy') return;
      setState({ at: 'busy' });
      deed().then(
        () => setState({ at: 'done' }),
        (fault: unknown) => {
          if (fault instanceof SessionEnded) onSessionEnded();
          else setState({ at: 'fault', fault });
        },
      );
    },
  };
}
