import * as client from 'openid-client';
import * as z from 'zod';
import type { Config } from '../config.ts';

/** What a sign-in gives. */
export interface Tokens {
  accessToken: string;
  refreshToken?: string;
  /** Milliseconds since 1970, by this machine's clock: tokens keep real time. */
  expiresAtMs: number;
}

/** Who signed in: the ID token's subject, address and groups (`['province', 'unit-74']`). */
export interface Person {
  subject: string;
  email: string;
  groups: readonly string[];
}

const pendingSchema = z.object({
  verifier: z.string(),
  state: z.string(),
  nonce: z.string(),
  returnTo: z.string(),
});
const pendingKey = 'tiendo.sign-in';
const claimsSchema = z.object({
  sub: z.string(),
  email: z.string().default(''),
  'cognito:groups': z.array(z.string()).default([]),
});

/** Leaves for the pages of the sign-in service, which come back to `/callback`; `returnTo` is where to go on then. */
export async function beginSignIn(config: Config, returnTo: string): Promise<void> {
  const service = await discover(config);
  const pending = {
    verifier: client.randomPKCECodeVerifier(),
    state: client.randomState(),
    nonce: client.randomNonce(),
    returnTo,
  };
  sessionStorage.setItem(pendingKey, JSON.stringify(pending));
  const url = client.buildAuthorizationUrl(service, {
    redirect_uri: callbackUrl(),
    scope: 'openid email profile',
    code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
    state: pending.state,
    nonce: pending.nonce,
  });
  location.assign(url);
}

/**
 * Ends a sign-in that came back with a code, once. Throws when this tab began none, or the service refuses the code.
 */
export async function finishSignIn(
  config: Config,
  returned: URL,
): Promise<{ tokens: Tokens; person: Person; returnTo: string }> {
  const stored = sessionStorage.getItem(pendingKey);
  sessionStorage.removeItem(pendingKey);
  const pending = pendingSchema.parse(JSON.parse(stored ?? 'null'));
  const response = await client.authorizationCodeGrant(await discover(config), returned, {
    pkceCodeVerifier: pending.verifier,
    expectedState: pending.state,
    expectedNonce: pending.nonce,
    idTokenExpected: true,
  });
  const claims = claimsSchema.parse(response.claims());
  return {
    tokens: tokensOf(response),
    person: { subject: claims.sub, email: claims.email, groups: claims['cognito:groups'] },
    returnTo: pending.returnTo,
  };
}

/** New tokens; `undefined` when the service takes the old ones no more. */
export async function refresh(config: Config, refreshToken: string): Promise<Tokens | undefined> {
  const service = await discover(config);
  try {
    return { refreshToken, ...tokensOf(await client.refreshTokenGrant(service, refreshToken)) };
  } catch (error) {
    if (error instanceof client.ResponseBodyError) return undefined;
    throw error;
  }
}

/** Revokes the refresh token, and leaves for the service's own sign-out, which comes back to the first page. */
export async function endSignIn(config: Config, refreshToken: string | undefined): Promise<void> {
  const service = await discover(config);
  // A service that cannot be reached now must not keep anybody signed in here.
  if (refreshToken) await client.tokenRevocation(service, refreshToken).catch(() => undefined);
  const home = `${location.origin}/`;
  const { end_session_endpoint } = service.serverMetadata();
  if (end_session_endpoint === undefined) return location.assign(home);
  const url = new URL(end_session_endpoint);
  url.searchParams.set('client_id', config.clientId);
  // The standard's name, and Cognito's.
  url.searchParams.set('post_logout_redirect_uri', home);
  url.searchParams.set('logout_uri', home);
  location.assign(url);
}

function callbackUrl(): string {
  return `${location.origin}/callback`;
}

let discovered: Promise<client.Configuration> | undefined;

function discover({ issuer, clientId }: Config): Promise<client.Configuration> {
  // Only the embedded service on this machine is without TLS.
  const options = new URL(issuer).hostname === '127.0.0.1' ? { execute: [client.allowInsecureRequests] } : {};
  discovered ??= client.discovery(new URL(issuer), clientId, undefined, client.None(), options);
  discovered.catch(() => {
    discovered = undefined;
  });
  return discovered;
}

function tokensOf(response: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers): Tokens {
  return {
    accessToken: response.access_token,
    ...(response.refresh_token && { refreshToken: response.refresh_token }),
    expiresAtMs: Date.now() + (response.expiresIn() ?? 0) * 1000,
  };
}
