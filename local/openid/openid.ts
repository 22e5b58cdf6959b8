import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DatabaseSync } from 'node:sqlite';
import { importJWK, SignJWT } from 'jose';
import type Provider from 'oidc-provider';
import { readBody } from '../aws-service.ts';
import { closeServer, type Listening, openAddress } from '../loopback.ts';
import type { PoolAccount } from './accounts.ts';
import { accessClaims } from './claims.ts';
import { loadSecrets } from './keys.ts';
import { standardLogout } from './logout.ts';
import { messagePage, type Page, signInPage } from './pages.ts';
import { createProvider, jwksPath, type OpenidClient, returnOrigins } from './provider.ts';

export interface OpenidSettings {
  /** Keeps keys, sessions and refresh tokens. */
  database: DatabaseSync;
  /** The accounts of this moment; those created later can sign in at once. */
  accounts(): readonly PoolAccount[];
  clients: readonly OpenidClient[];
  /** Left out: any free port. The issuer names it, so tokens hold for the same port only. */
  at?: Listening;
  /** Told of faults of ours. Default: standard error. */
  onError?(error: unknown): void;
}

export interface Openid {
  /** `http://127.0.0.1:8977` */
  issuer: string;
  jwksUri: string;
  /** An access token as if the account (by `sub`, user name or e-mail) had signed in just now. */
  issueToken(account: string, clientId?: string): Promise<string>;
  close(): Promise<void>;
}

const interactionPath = /^\/interaction\/([\w-]+)$/;

/**
 * Starts the OpenID provider that stands for the user pool, on 127.0.0.1 only: authorization code with PKCE
 * (S256), tokens with Cognito's claims, refresh tokens that live seven days. All its times are real ones.
 */
export async function startOpenid(settings: OpenidSettings): Promise<Openid> {
  const { database, clients } = settings;
  const onError = settings.onError ?? ((error: unknown) => console.error(error));
  const secrets = await loadSecrets(database);
  const { server, url: issuer } = settings.at ?? (await openAddress());

  const findAccount = (name: string) =>
    settings.accounts().find(({ sub, username, email }) => [sub, username, email].includes(name));
  const provider = createProvider({ issuer, database, clients, secrets, findAccount });
  provider.on('server_error', (_context: unknown, error: unknown) => onError(error));
  const answer = provider.callback();
  server.on('request', (request, response) => {
    const interaction = interactionPath.exec(request.url ?? '');
    if (!interaction) {
      request.url = standardLogout(request.url ?? '/');
      answer(request, response);
      return;
    }
    answerInteraction(provider, settings, request, response).catch((error) => {
      onError(error);
      response.destroy();
    });
  });

  const signingKey = await importJWK(secrets.signingKey, 'RS256');
  return {
    issuer,
    jwksUri: `${issuer}${jwksPath}`,
    async issueToken(name, clientId = clients[0]?.clientId) {
      const account = findAccount(name);
      if (!account || clientId === undefined) throw new Error(`There is no account ${name}`);
      const issuedAt = Math.floor(Date.now() / 1000);
      const claims = accessClaims(account, { issuer, clientId, tokenId: randomUUID(), issuedAt });
      return await new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: secrets.signingKey.kid })
        .sign(signingKey);
    },
    close: () => closeServer(server),
  };
}

/** The sign-in page and the choice made on it. */
async function answerInteraction(
  provider: Provider,
  settings: OpenidSettings,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // Rejects when the browser lacks the cookie of this very sign-in.
  const interaction = await provider.interactionDetails(request, response).catch(() => undefined);
  if (interaction?.prompt.name !== 'login') {
    send(
      response,
      400,
      messagePage(
        'Lượt đăng nhập này đã hết hạn. Hãy bắt đầu lại.',
        'This sign-in has expired. Start again.',
      ),
    );
    return;
  }
  if (request.method === 'POST') {
    const form = new URLSearchParams((await readBody(request, 10_000)).toString('utf8'));
    const account = settings.accounts().find(({ sub }) => sub === form.get('account'));
    if (account) {
      const result = { login: { accountId: account.sub } };
      await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
      return;
    }
  }
  const action = `/interaction/${interaction.uid}`;
  send(response, 200, signInPage(settings.accounts(), action, returnOrigins(settings.clients)));
}

function send(response: ServerResponse, status: number, { html, contentSecurityPolicy }: Page): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': contentSecurityPolicy,
  });
  response.end(html);
}
