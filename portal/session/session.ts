import * as z from 'zod';
import type { Api } from '../../shared/client/api.ts';
import { type Viewer, viewerOf, viewerSchema } from '../../shared/domain/viewer.ts';
import type { Config } from '../config.ts';
import { endSignIn, type Person, refresh, type Tokens } from './sign-in.ts';

/** Somebody who is signed in, in this tab. */
export interface Session {
  viewer: Viewer;
  email: string;
  api: Api;
  signOut(): Promise<void>;
}

/** The session has ended: too long unused, or ended by the sign-in service. */
export class SessionEnded extends Error {
  constructor() {
    super('The session has ended');
    this.name = 'SessionEnded';
  }
}

const storedSchema = z.object({
  viewer: viewerSchema,
  email: z.string(),
  tokens: z.object({ accessToken: z.string(), refreshToken: z.string().optional(), expiresAtMs: z.number() }),
  usedAtMs: z.number(),
});
type Stored = z.infer<typeof storedSchema>;

const key = 'tiendo.session';
/** Office machines are shared: whoever leaves one without signing out is signed out after half an hour. */
const maxIdleMs = 30 * 60 * 1000;
/** An access token is renewed when less than this is left of it. */
const renewBeforeMs = 60 * 1000;

/** Keeps a sign-in for this tab. `undefined` for an account whose groups give it no role. */
export function openSession(
  config: Config,
  { tokens, person }: { tokens: Tokens; person: Person },
): Session | undefined {
  const viewer = viewerOf(person.subject, person.groups);
  if (!viewer) return undefined;
  const { accessToken, refreshToken, expiresAtMs } = tokens;
  store({
    viewer,
    email: person.email,
    tokens: { accessToken, refreshToken, expiresAtMs },
    usedAtMs: Date.now(),
  });
  return sessionOf(config, { viewer, email: person.email });
}

/** The session this tab has from before it was loaded again. */
export function resumeSession(config: Config): Session | undefined {
  const stored = load();
  return stored && sessionOf(config, stored);
}

function sessionOf(config: Config, { viewer, email }: Pick<Stored, 'viewer' | 'email'>): Session {
  let renewing: Promise<Stored> | undefined;
  return {
    viewer,
    email,
    api: {
      url: config.apiUrl,
      async accessToken() {
        const stored = load();
        if (!stored) throw new SessionEnded();
        const isFresh = stored.tokens.expiresAtMs - Date.now() > renewBeforeMs;
        // Calls at the same time renew once: a refresh token may count for one use only.
        renewing ??= isFresh ? undefined : renew(config, stored).finally(() => (renewing = undefined));
        const current = renewing ? await renewing : stored;
        // Whoever signed out meanwhile stays signed out.
        if (!load()) throw new SessionEnded();
        store({ ...current, usedAtMs: Date.now() });
        return current.tokens.accessToken;
      },
    },
    async signOut() {
      const refreshToken = load()?.tokens.refreshToken;
      sessionStorage.removeItem(key);
      await endSignIn(config, refreshToken);
    },
  };
}

async function renew(config: Config, stored: Stored): Promise<Stored> {
  const { refreshToken } = stored.tokens;
  const tokens = refreshToken ? await refresh(config, refreshToken) : undefined;
  if (tokens) return { ...stored, tokens: { ...tokens, refreshToken: tokens.refreshToken } };
  sessionStorage.removeItem(key);
  throw new SessionEnded();
}

function load(): Stored | undefined {
  const text = sessionStorage.getItem(key);
  const stored = text === null ? undefined : storedSchema.safeParse(JSON.parse(text)).data;
  if (stored && Date.now() - stored.usedAtMs <= maxIdleMs) return stored;
  sessionStorage.removeItem(key);
  return undefined;
}

function store(stored: Stored): void {
  sessionStorage.setItem(key, JSON.stringify(stored));
}
