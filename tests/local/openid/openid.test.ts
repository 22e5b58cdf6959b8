import { DatabaseSync } from 'node:sqlite';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as client from 'openid-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openAddress } from '../../../local/loopback.ts';
import { type AccountStore, openAccountStore, sampleAccounts } from '../../../local/openid/accounts.ts';
import { type Openid, startOpenid } from '../../../local/openid/openid.ts';
import { signInAs } from './browser.ts';

const redirectUri = 'http://127.0.0.1:8976/callback';

let database: DatabaseSync;
let accounts: AccountStore;
let openid: Openid;

async function start(): Promise<void> {
  accounts = openAccountStore(database, sampleAccounts(['74', 'BTTTT']), '2022-04-01T00:00:00.000Z');
  openid = await startOpenid({
    database,
    accounts: accounts.all,
    clients: [{ clientId: 'tiendo', redirectUris: [redirectUri, 'http://127.0.0.1:5173/callback'] }],
  });
}

beforeEach(async () => {
  database = new DatabaseSync(':memory:');
  await start();
});
afterEach(() => openid.close());

/** The whole flow with a certified client library. */
async function signIn(email: string, changed: Record<string, string> = {}) {
  const service = await client.discovery(new URL(openid.issuer), 'tiendo', undefined, client.None(), {
    execute: [client.allowInsecureRequests],
  });
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const url = client.buildAuthorizationUrl(service, {
    redirect_uri: redirectUri,
    scope: 'openid email profile',
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: 'state',
    ...changed,
  });
  const returned = await signInAs(email, url.href);
  return { service, returned, pkceCodeVerifier };
}

async function tokensFor(email: string) {
  const { service, returned, pkceCodeVerifier } = await signIn(email);
  const tokens = await client.authorizationCodeGrant(service, returned, {
    pkceCodeVerifier,
    expectedState: 'state',
    idTokenExpected: true,
  });
  return { service, tokens };
}

async function claimsOf(token: string) {
  const { payload, protectedHeader } = await jwtVerify(token, createRemoteJWKSet(new URL(openid.jwksUri)));
  return { payload, protectedHeader };
}

describe('signing in', () => {
  it('gives an access token with the claims Cognito gives, valid for 60 minutes', async () => {
    const { tokens } = await tokensFor('74@tiendo.test');
    const { payload, protectedHeader } = await claimsOf(tokens.access_token);
    expect(protectedHeader.alg).toBe('RS256');
    expect(payload).toMatchObject({
      iss: openid.issuer,
      sub: accounts.find('74')?.sub,
      token_use: 'access',
      client_id: 'tiendo',
      'cognito:groups': ['province', 'unit-74'],
      username: '74',
      scope: 'openid email profile',
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3600);
  });

  it('gives an ID token that says who it is about and is no access token', async () => {
    const { tokens } = await tokensFor('admin@tiendo.test');
    expect(tokens.claims()).toMatchObject({
      aud: 'tiendo',
      email: 'admin@tiendo.test',
      email_verified: true,
      'cognito:groups': ['admin'],
      token_use: 'id',
    });
  });

  it('renews an access token with the refresh token, with the groups of now', async () => {
    const { service, tokens } = await tokensFor('btttt@tiendo.test');
    accounts.addGroup(accounts.find('BTTTT')?.sub ?? '', 'analyst');
    const renewed = await client.refreshTokenGrant(service, tokens.refresh_token ?? '');
    const { payload } = await claimsOf(renewed.access_token);
    expect(payload['cognito:groups']).toEqual(['analyst', 'province', 'unit-BTTTT']);
  });

  it('renews nothing with a refresh token that was revoked', async () => {
    const { service, tokens } = await tokensFor('74@tiendo.test');
    const refreshToken = tokens.refresh_token ?? '';
    await client.refreshTokenGrant(service, refreshToken);
    await client.tokenRevocation(service, refreshToken);
    await expect(client.refreshTokenGrant(service, refreshToken)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  it('is possible for an account made a moment ago', async () => {
    const createdAt = '2022-07-01T00:00:00.000Z';
    accounts.add({ sub: 'new', username: 'new', email: 'moi@tiendo.test', groups: ['analyst'], createdAt });
    const { tokens } = await tokensFor('moi@tiendo.test');
    expect((await claimsOf(tokens.access_token)).payload.sub).toBe('new');
  });

  it('a token, a refresh token and a sample person outlive a restart', async () => {
    const before = openid.jwksUri;
    const subject = accounts.find('74')?.sub;
    const token = await openid.issueToken('74');
    const port = Number(new URL(before).port);
    await openid.close();
    openid = await startOpenid({
      database,
      accounts: openAccountStore(database, sampleAccounts(['74']), '2023-01-01T00:00:00.000Z').all,
      clients: [{ clientId: 'tiendo', redirectUris: [redirectUri] }],
      at: await openAddress(port),
    });
    expect((await claimsOf(token)).payload.sub).toBe(subject);
  });

  it('says nothing on the terminal: every development default is replaced', async () => {
    const said = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'info'), vi.spyOn(console, 'error')];
    await openid.close();
    await start();
    await tokensFor('74@tiendo.test');
    for (const spy of said) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });
});

describe('refusals', () => {
  it('a request without PKCE', async () => {
    const url = `${openid.issuer}/oauth2/authorize?client_id=tiendo&response_type=code&scope=openid&redirect_uri=${redirectUri}`;
    const response = await fetch(url, { redirect: 'manual' });
    const returned = new URL(response.headers.get('location') ?? '');
    expect(returned.searchParams.get('error')).toBe('invalid_request');
    expect(returned.searchParams.get('error_description')).toContain('requires PKCE');
  });

  it('PKCE with the plain method', async () => {
    await expect(
      signIn('74@tiendo.test', { code_challenge_method: 'plain' }).then(({ returned }) =>
        returned.searchParams.get('error'),
      ),
    ).resolves.toBe('invalid_request');
  });

  it('a code with another verifier', async () => {
    const { service, returned } = await signIn('74@tiendo.test');
    const checks = { pkceCodeVerifier: client.randomPKCECodeVerifier(), expectedState: 'state' };
    await expect(client.authorizationCodeGrant(service, returned, checks)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  it('a code used twice', async () => {
    const { service, returned, pkceCodeVerifier } = await signIn('74@tiendo.test');
    const checks = { pkceCodeVerifier, expectedState: 'state' };
    await client.authorizationCodeGrant(service, returned, checks);
    await expect(client.authorizationCodeGrant(service, returned, checks)).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  it.each([
    'http://127.0.0.1:8977/callback',
    'http://127.0.0.1:8976/callback/',
    'http://localhost:8976/callback',
    'https://evil.example/callback',
  ])('a redirect to %s, which is not registered', async (uri) => {
    await expect(signIn('74@tiendo.test', { redirect_uri: uri })).rejects.toThrow(/400 .*redirect_uri/s);
  });

  it('a choice in somebody else’s sign-in: the cookie of this browser is needed', async () => {
    const url = `${openid.issuer}/interaction/abcdef`;
    const form = new URLSearchParams({ account: accounts.find('admin')?.sub ?? '' });
    const response = await fetch(url, { method: 'POST', body: form, redirect: 'manual' });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('đã hết hạn');
  });

  it('an account that does not exist', async () => {
    await expect(openid.issueToken('75')).rejects.toThrow('no account 75');
  });
});

describe('pages and origins', () => {
  it('the sign-in page is Vietnamese first, loads nothing, and says that no password is needed', async () => {
    const first = await fetch(
      `${openid.issuer}/oauth2/authorize?client_id=tiendo&response_type=code&scope=openid&redirect_uri=${redirectUri}&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM`,
      { redirect: 'manual' },
    );
    const cookie = first.headers
      .getSetCookie()
      .map((text) => text.split(';')[0])
      .join('; ');
    const page = await fetch(new URL(first.headers.get('location') ?? '', openid.issuer), {
      headers: { cookie },
    });
    const html = await page.text();
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self' http:\/\/127\.0\.0\.1:8976 http:\/\/127\.0\.0\.1:5173; /,
    );
    expect(html).toContain('<html lang="vi">');
    expect(html).toContain('Bình Dương');
    expect(html).toContain('không cần mật khẩu');
    expect(html).not.toMatch(/src=|href=|<script/);
  });

  it.each([
    ['http://127.0.0.1:5173', 'http://127.0.0.1:5173'],
    ['http://127.0.0.1:5174', null],
  ])('the token endpoint answers pages of %s with allow-origin %s', async (origin, allowed) => {
    const response = await fetch(`${openid.issuer}/oauth2/token`, {
      method: 'POST',
      headers: { origin },
      body: new URLSearchParams({ grant_type: 'authorization_code', client_id: 'tiendo', code: 'x' }),
    });
    expect(response.headers.get('access-control-allow-origin')).toBe(allowed);
  });
});
