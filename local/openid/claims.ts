import type { PoolAccount } from './accounts.ts';

/** An access token and an ID token are valid this long, as the user pool's client says. */
export const tokenSeconds = 60 * 60;

/** What the client asks for and every token grants. */
export const scope = 'openid email profile';

export interface TokenSettings {
  issuer: string;
  clientId: string;
  /** Identifies the token. */
  tokenId: string;
  /** Seconds since 1970. */
  issuedAt: number;
}

/**
 * The claims of an access token as Cognito writes them, with one more: `aud`, without which the provider signs
 * no JWT. API Gateway takes `aud` where there is one and `client_id` otherwise; here both name the client.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 */
export function accessClaims(account: PoolAccount, { issuer, clientId, tokenId, issuedAt }: TokenSettings) {
  return {
    sub: account.sub,
    'cognito:groups': account.groups,
    iss: issuer,
    version: 2,
    client_id: clientId,
    aud: clientId,
    token_use: 'access',
    scope,
    auth_time: issuedAt,
    exp: issuedAt + tokenSeconds,
    iat: issuedAt,
    jti: tokenId,
    username: account.username,
  };
}

/** The claims about a person in an ID token; the provider adds issuer, audience and times. */
export function idClaims(account: PoolAccount) {
  return {
    sub: account.sub,
    email: account.email,
    email_verified: true,
    'cognito:groups': account.groups,
    'cognito:username': account.username,
    token_use: 'id',
  };
}
