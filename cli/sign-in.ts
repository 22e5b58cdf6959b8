import { createServer, type Server, type ServerResponse } from 'node:http';
import * as client from 'openid-client';
import { CommandError } from './command-error.ts';

/** Where the command line listens for the end of a sign-in; the user pool's client allows this very address. */
export const loopbackCallbackUrl = 'http://127.0.0.1:8976/callback';

/** The person has this long to choose an account and type a password. */
const maxWaitMs = 5 * 60 * 1000;

/** The sign-in service and the name this program has there. */
export interface SignInService {
  issuer: string;
  clientId: string;
}

export interface Tokens {
  accessToken: string;
  refreshToken?: string;
  /** Milliseconds since 1970. */
  expiresAtMs: number;
  /** From the ID token: `{ email: '74@tiendo.test', groups: ['province', 'unit-74'] }`. */
  email?: string;
  groups: readonly string[];
}

export interface SignInSettings extends SignInService {
  /** Shows the person the address to open. */
  show(url: string): void;
  callbackUrl?: string;
  timeoutMs?: number;
}

/**
 * Signs in by authorization code with PKCE: shows an address, waits on a loopback port for the browser to come
 * back, and exchanges the code. Throws `CommandError` when the port is taken, the service refuses or nobody
 * comes.
 */
export async function signIn({ issuer, clientId, show, ...settings }: SignInSettings): Promise<Tokens> {
  const callbackUrl = new URL(settings.callbackUrl ?? loopbackCallbackUrl);
  const service = await discover({ issuer, clientId });
  const verifier = client.randomPKCECodeVerifier();
  const checks = {
    pkceCodeVerifier: verifier,
    expectedState: client.randomState(),
    expectedNonce: client.randomNonce(),
    idTokenExpected: true,
  };
  const url = client.buildAuthorizationUrl(service, {
    redirect_uri: callbackUrl.href,
    scope: 'openid email profile',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    // Whoever runs the command may want another account than the browser's last one.
    prompt: 'login',
  });
  return await receiveCallback(callbackUrl, settings.timeoutMs ?? maxWaitMs, {
    expectedState: checks.expectedState,
    listening: () => show(url.href),
    exchange: async (returned) => tokensOf(await client.authorizationCodeGrant(service, returned, checks)),
  });
}

/** New tokens for a refresh token; `undefined` when the service takes it no more. */
export async function refreshTokens(
  { issuer, clientId }: SignInService,
  refreshToken: string,
): Promise<Pick<Tokens, 'accessToken' | 'refreshToken' | 'expiresAtMs'> | undefined> {
  const service = await discover({ issuer, clientId });
  try {
    const { accessToken, expiresAtMs, ...rest } = tokensOf(
      await client.refreshTokenGrant(service, refreshToken),
    );
    return { accessToken, expiresAtMs, ...(rest.refreshToken && { refreshToken: rest.refreshToken }) };
  } catch (error) {
    if (error instanceof client.ResponseBodyError) return undefined;
    throw unreachable(issuer, error);
  }
}

async function discover({ issuer, clientId }: SignInService): Promise<client.Configuration> {
  const url = new URL(issuer);
  // Only the embedded service on this machine is without TLS; other addresses were refused before.
  const options = url.protocol === 'http:' ? { execute: [client.allowInsecureRequests] } : {};
  try {
    return await client.discovery(url, clientId, undefined, client.None(), options);
  } catch (error) {
    throw unreachable(issuer, error);
  }
}

function tokensOf(response: client.TokenEndpointResponse & client.TokenEndpointResponseHelpers): Tokens {
  const claims = response.claims();
  const email = claims?.email;
  const groups = claims?.['cognito:groups'];
  return {
    accessToken: response.access_token,
    ...(response.refresh_token && { refreshToken: response.refresh_token }),
    expiresAtMs: Date.now() + (response.expiresIn() ?? 0) * 1000,
    ...(typeof email === 'string' && { email }),
    groups: Array.isArray(groups) ? groups.map(String) : [],
  };
}

interface Callback {
  expectedState: string;
  listening(): void;
  exchange(returned: URL): Promise<Tokens>;
}

async function receiveCallback(
  callbackUrl: URL,
  timeoutMs: number,
  { expectedState, listening, exchange }: Callback,
): Promise<Tokens> {
  const server = createServer();
  await listen(server, callbackUrl);
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Tokens>((resolve, reject) => {
      timer = setTimeout(
        () => reject(notCompleted(`nobody signed in within ${timeoutMs / 1000} s`)),
        timeoutMs,
      );
      server.on('request', async (request, response) => {
        const returned = new URL(request.url ?? '/', callbackUrl);
        // Anything on this machine may knock here; only the one who knows the state is answered.
        if (
          returned.pathname !== callbackUrl.pathname ||
          returned.searchParams.get('state') !== expectedState
        ) {
          answer(response, 404, 'Không có gì ở đây.', 'Nothing here.');
          return;
        }
        try {
          const tokens = await exchange(returned);
          answer(
            response,
            200,
            'Đã đăng nhập. Có thể đóng trang này.',
            'Signed in. You may close this page.',
          );
          resolve(tokens);
        } catch (error) {
          answer(
            response,
            400,
            'Chưa đăng nhập được. Hãy xem cửa sổ dòng lệnh.',
            'Not signed in. See the terminal.',
          );
          reject(notCompleted(error instanceof Error ? error.message : String(error)));
        }
      });
      listening();
    });
  } finally {
    clearTimeout(timer);
    server.close();
    server.closeIdleConnections();
  }
}

async function listen(server: Server, { hostname, port }: URL): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(Number(port), hostname, resolve);
  }).catch((error: Error) => {
    throw new CommandError(
      `Không mở được cổng ${port} để chờ trình duyệt (có thể một lệnh "tiendo login" khác đang chạy): ${error.message}`,
      `Cannot listen on port ${port} for the browser (perhaps another "tiendo login" is running): ${error.message}`,
    );
  });
}

function answer(response: ServerResponse, status: number, vi: string, en: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(
    `<!doctype html><html lang="vi"><meta charset="utf-8"><title>tiendo</title><h1>${vi}</h1><p lang="en">${en}</p></html>\n`,
  );
}

function notCompleted(detail: string): CommandError {
  return new CommandError(`Chưa đăng nhập được: ${detail}`, `Not signed in: ${detail}`);
}

function unreachable(issuer: string, error: unknown): CommandError {
  const detail = error instanceof Error ? error.message : String(error);
  return new CommandError(
    `Không kết nối được tới dịch vụ đăng nhập ${issuer}: ${detail}`,
    `Cannot reach the sign-in service ${issuer}: ${detail}`,
  );
}
