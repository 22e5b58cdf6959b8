import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openSession, resumeSession, SessionEnded } from '../../portal/session/session.ts';
import { refresh, type Tokens } from '../../portal/session/sign-in.ts';

vi.mock('../../portal/session/sign-in.ts', () => ({ endSignIn: vi.fn(), refresh: vi.fn() }));

const config = { apiUrl: 'https://api.example', issuer: 'https://issuer.example', clientId: 'portal' };
const person = { subject: 's', email: '74@example.vn', groups: ['province', 'unit-74'] };
const minutes = 60_000;

/** A session whose access token is good for as long as said. */
function open(validMs: number) {
  const tokens = { accessToken: 'old', refreshToken: 'r', expiresAtMs: Date.now() + validMs };
  const session = openSession(config, { tokens, person });
  if (!session) throw new Error('these groups have a role');
  return session;
}

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  vi.mocked(refresh).mockReset();
  const kept = new Map<string, string>();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
    removeItem: (key: string) => kept.delete(key),
  });
  return () => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  };
});

describe('a session', () => {
  it.each([
    [60_001, 'old'],
    [60_000, 'new'],
    [59_999, 'new'],
  ])('whose token is good for %i ms sends the %s one', async (validMs, sent) => {
    vi.mocked(refresh).mockResolvedValue({ accessToken: 'new', expiresAtMs: 60 * minutes });
    expect(await open(validMs).api.accessToken()).toBe(sent);
  });

  it('renews once for calls at the same time', async () => {
    vi.mocked(refresh).mockResolvedValue({ accessToken: 'new', expiresAtMs: 60 * minutes });
    const { api } = open(0);
    expect(await Promise.all([api.accessToken(), api.accessToken()])).toEqual(['new', 'new']);
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('ends after half an hour without use, and not a millisecond before', async () => {
    const { api } = open(90 * minutes);
    vi.advanceTimersByTime(30 * minutes);
    expect(await api.accessToken()).toBe('old');
    vi.advanceTimersByTime(30 * minutes + 1);
    await expect(api.accessToken()).rejects.toBeInstanceOf(SessionEnded);
    expect(resumeSession(config)).toBeUndefined();
  });

  it('that ended while its token was renewed stays ended', async () => {
    const renewed = Promise.withResolvers<Tokens>();
    vi.mocked(refresh).mockReturnValue(renewed.promise);
    const session = open(0);
    const asked = session.api.accessToken();
    await session.signOut();
    renewed.resolve({ accessToken: 'new', expiresAtMs: 60 * minutes });
    await expect(asked).rejects.toBeInstanceOf(SessionEnded);
    expect(resumeSession(config)).toBeUndefined();
  });
});
