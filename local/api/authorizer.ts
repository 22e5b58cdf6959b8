import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';

/** The JWT authorizer of a template, pointed at the embedded provider. */
export interface AuthorizerSettings {
  issuer: string;
  /** Client ids; a token is for the API when its `aud`, or without one its `client_id`, is among them. */
  audience: readonly string[];
  jwksUri: string;
}

/** Codes of errors that lie in the token; all others are about fetching the keys. */
const tokenFaults = /^ERR_(JWT_|JWS_|JWKS_NO_MATCHING_KEY$|JOSE_ALG_NOT_ALLOWED$|JOSE_NOT_SUPPORTED$)/;

/**
 * The check API Gateway makes of a token: signature (RS256), issuer, audience, times, by the machine's own
 * clock. Answers the claims, or `undefined` for whatever is no valid token. Throws when the keys cannot be
 * fetched. It does not tell access tokens from ID tokens: that is left to the functions, as in the cloud.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 */
export function createAuthorizer({ issuer, audience, jwksUri }: AuthorizerSettings) {
  const keys = createRemoteJWKSet(new URL(jwksUri));
  return async (authorization: string | undefined): Promise<JWTPayload | undefined> => {
    const token = authorization?.replace(/^Bearer /i, '').trim();
    if (!token) return undefined;
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['RS256'],
        issuer,
        requiredClaims: ['exp'],
      });
      const isIssued = payload.iat === undefined || payload.iat * 1000 <= Date.now();
      return isIssued && isForAudience(payload, audience) ? payload : undefined;
    } catch (error) {
      if (error instanceof errors.JOSEError && tokenFaults.test(error.code)) return undefined;
      throw error;
    }
  };
}

function isForAudience({ aud, client_id: clientId }: JWTPayload, audience: readonly string[]): boolean {
  const named = aud === undefined ? [clientId] : [aud].flat();
  return named.some((one) => typeof one === 'string' && audience.includes(one));
}

/**
 * Claims as API Gateway puts them into an event: each a text, a list as `[a b]`, without any escaping.
 * `{ 'cognito:groups': ['province', 'unit-74'], exp: 1656608400 }` → `{ 'cognito:groups': '[province unit-74]', exp: '1656608400' }`.
 */
export function claimTexts(claims: JWTPayload): Record<string, string> {
  return Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, claimText(value)]));
}

function claimText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(claimText).join(' ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, inner]) => `${name}:${claimText(inner)}`);
    return `map[${entries.sort().join(' ')}]`;
  }
  return String(value);
}
