import type { DatabaseSync } from 'node:sqlite';
import Provider, { type KoaContextWithOIDC } from 'oidc-provider';
import type { PoolAccount } from './accounts.ts';
import { accessClaims, idClaims, scope, tokenSeconds } from './claims.ts';
import type { OpenidSecrets } from './keys.ts';
import { logoutPath } from './logout.ts';
import { messagePage, type Page, signOutPage } from './pages.ts';
import { openidStorage } from './storage.ts';

/** A public client: no secret, authorization code with PKCE. Redirect URIs are matched exactly, port included. */
export interface OpenidClient {
  clientId: string;
  redirectUris: readonly string[];
  /** Where a browser may go after signing out. */
  logoutUris?: readonly string[];
}

export const jwksPath = '/.well-known/jwks.json';
const refreshSeconds = 7 * 24 * 60 * 60;

export interface ProviderSettings {
  issuer: string;
  database: DatabaseSync;
  clients: readonly OpenidClient[];
  secrets: OpenidSecrets;
  /** By `sub`. */
  findAccount(name: string): PoolAccount | undefined;
}

/** The provider configured as the user pool's client is; whatever it leaves to its host is set here. */
export function createProvider({
  issuer,
  database,
  clients,
  secrets,
  findAccount,
}: ProviderSettings): Provider {
  // Tokens are JWTs only when they are meant for a resource: this one stands for the HTTP API.
  const resource = `${issuer}/api`;
  return new Provider(issuer, {
    adapter: openidStorage(database),
    clients: clients.map(({ clientId, redirectUris, logoutUris }) => ({
      client_id: clientId,
      redirect_uris: [...redirectUris],
      post_logout_redirect_uris: [...(logoutUris ?? [])],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    })),
    jwks: { keys: [secrets.signingKey] },
    cookies: {
      keys: [secrets.cookieKey],
      // Cookies do not tell ports apart: these names keep clear of other pages on 127.0.0.1.
      names: {
        session: 'tiendo_session',
        interaction: 'tiendo_interaction',
        resume: 'tiendo_interaction_resume',
      },
    },
    routes: {
      authorization: '/oauth2/authorize',
      token: '/oauth2/token',
      end_session: logoutPath,
      revocation: '/oauth2/revoke',
      jwks: jwksPath,
    },
    scopes: scope.split(' '),
    claims: {
      openid: ['sub', 'cognito:groups', 'cognito:username', 'token_use'],
      email: ['email', 'email_verified'],
    },
    // With the code flow, too, the ID token itself says who it is about.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    responseTypes: ['code'],
    clientAuthMethods: ['none'],
    ttl: {
      AccessToken: tokenSeconds,
      IdToken: tokenSeconds,
      AuthorizationCode: 5 * 60,
      RefreshToken: refreshSeconds,
      Grant: refreshSeconds,
      Interaction: 60 * 60,
      Session: 60 * 60,
    },
    issueRefreshToken: async () => true,
    rotateRefreshToken: false,
    expiresWithSession: async () => false,
    clientBasedCORS: (_context, origin, client) =>
      (client.redirectUris ?? []).some((uri) => new URL(uri).origin === origin),
    async findAccount(_context, sub) {
      const account = findAccount(sub);
      return account && { accountId: account.sub, claims: async () => idClaims(account) };
    },
    async loadExistingGrant(context) {
      const { client, session } = context.oidc;
      if (!client || !session?.accountId) return undefined;
      const grant = new context.oidc.provider.Grant({
        clientId: client.clientId,
        accountId: session.accountId,
      });
      grant.addOIDCScope(scope);
      grant.addResourceScope(resource, scope);
      await grant.save();
      return grant;
    },
    formats: {
      customizers: {
        jwt(_context, token, parts) {
          const account = 'accountId' in token ? findAccount(String(token.accountId)) : undefined;
          const { jti, iat, client_id: clientId } = parts.payload;
          if (!account || typeof iat !== 'number')
            throw new Error('An access token is for an account of the pool');
          parts.payload = accessClaims(account, {
            issuer,
            clientId: String(clientId),
            tokenId: String(jti),
            issuedAt: iat,
          });
        },
      },
    },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      revocation: {
        enabled: true,
        allowedPolicy: async (_context, { clientId }, token) => token.clientId === clientId,
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: (_context, _indicator, client) => ({
          scope,
          audience: client.clientId,
          accessTokenFormat: 'jwt',
          accessTokenTTL: tokenSeconds,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => render(context, signOutPage(form, returnOrigins(clients))),
        postLogoutSuccessSource: (context) => render(context, messagePage('Đã đăng xuất.', 'Signed out.')),
      },
    },
    renderError(context, { error, error_description: description }) {
      render(context, messagePage('Không đăng nhập được.', `${error}: ${description ?? ''}`));
    },
  });
}

/** Where a browser may be sent from our pages. */
export function returnOrigins(clients: readonly OpenidClient[]): string[] {
  return clients.flatMap(({ redirectUris, logoutUris }) =>
    [...redirectUris, ...(logoutUris ?? [])].map((uri) => new URL(uri).origin),
  );
}

function render(context: KoaContextWithOIDC, { html, contentSecurityPolicy }: Page): void {
  context.set('content-security-policy', contentSecurityPolicy);
  context.type = 'html';
  context.body = html;
}
