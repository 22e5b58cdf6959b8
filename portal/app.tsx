import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { LocationProvider } from 'preact-iso';
import { type Config, loadConfig } from './config.ts';
import { type Language, LanguageContext, storedLanguage, storeLanguage } from './language.ts';
import { Fault } from './parts/fault.tsx';
import { Loading } from './parts/loading.tsx';
import { openSession, resumeSession, type Session } from './session/session.ts';
import { SessionContext } from './session/session-context.ts';
import { SessionEndedContext } from './session/session-ended.ts';
import { finishSignIn } from './session/sign-in.ts';
import { SignInPage, type SignInProblem } from './session/sign-in-page.tsx';
import { Shell } from './shell.tsx';

/** Where the portal stands with whoever opened it. */
type Standing =
  | { at: 'start' }
  | { at: 'fault'; fault: unknown }
  | { at: 'signed-out'; config: Config; problem?: SignInProblem }
  | { at: 'signed-in'; config: Config; session: Session };

/** The portal: the sign-in page, or the pages of whoever is signed in. */
export function App() {
  const [language, setLanguage] = useState<Language>(storedLanguage);
  const [standing, setStanding] = useState<Standing>({ at: 'start' });
  useLayoutEffect(() => storeLanguage(language), [language]);
  useEffect(() => {
    start().then(setStanding, (fault: unknown) => setStanding({ at: 'fault', fault }));
  }, []);
  return (
    <LanguageContext.Provider value={{ language, choose: setLanguage }}>
      <StandingPage of={standing} change={setStanding} />
    </LanguageContext.Provider>
  );
}

function StandingPage({ of: standing, change }: { of: Standing; change(standing: Standing): void }) {
  switch (standing.at) {
    case 'start':
      return <Loading />;
    case 'fault':
      return <Fault fault={standing.fault} retry={() => location.reload()} />;
    case 'signed-out':
      return <SignInPage {...standing} />;
    case 'signed-in': {
      const { config, session } = standing;
      return (
        <SessionContext.Provider value={session}>
          <SessionEndedContext.Provider value={() => change({ at: 'signed-out', config, problem: 'ended' })}>
            <LocationProvider>
              <Shell />
            </LocationProvider>
          </SessionEndedContext.Provider>
        </SessionContext.Provider>
      );
    }
  }
}

/** Ends a sign-in that has just come back, or goes on with the session this tab had. */
async function start(): Promise<Standing> {
  const config = await loadConfig();
  if (location.pathname !== '/callback') {
    const session = resumeSession(config);
    return session ? { at: 'signed-in', config, session } : { at: 'signed-out', config };
  }
  try {
    const finished = await finishSignIn(config, new URL(location.href));
    const session = openSession(config, finished);
    history.replaceState(null, '', finished.returnTo);
    return session ? { at: 'signed-in', config, session } : { at: 'signed-out', config, problem: 'no-role' };
  } catch {
    // A code that was used already, an answer to another tab's question, a refusal: all mended by signing in again.
    history.replaceState(null, '', '/');
    return { at: 'signed-out', config, problem: 'failed' };
  }
}
