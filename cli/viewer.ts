import * as z from 'zod';
import type { Api } from '../shared/client/api.ts';
import { type Viewer, viewerOf } from '../shared/domain/viewer.ts';

const claimsSchema = z.object({ sub: z.string(), 'cognito:groups': z.array(z.string()) });

/**
 * Whom a session speaks for, as its access token says; `undefined` when it does not say. Nothing is proven by
 * it: the API checks the token, this only saves asking for what the token already tells.
 */
export async function readViewer(api: Api): Promise<Viewer | undefined> {
  const [, payload = ''] = (await api.accessToken()).split('.');
  const claims = claimsSchema.safeParse(parseJson(Buffer.from(payload, 'base64url').toString('utf8')));
  return claims.success ? viewerOf(claims.data.sub, claims.data['cognito:groups']) : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
