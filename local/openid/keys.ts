import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { exportJWK, generateKeyPair } from 'jose';
import * as z from 'zod';

const rsaKeySchema = z.object({
  kty: z.literal('RSA'),
  kid: z.string(),
  alg: z.literal('RS256'),
  use: z.literal('sig'),
  n: z.string(),
  e: z.string(),
  d: z.string(),
  p: z.string(),
  q: z.string(),
  dp: z.string(),
  dq: z.string(),
  qi: z.string(),
});
const secretsSchema = z.object({ signingKey: rsaKeySchema, cookieKey: z.string() });

/** What the embedded provider signs tokens and cookies with. */
export type OpenidSecrets = z.infer<typeof secretsSchema>;

let madeHere: Promise<OpenidSecrets> | undefined;

/**
 * The secrets kept in a database, made at the first start, so that tokens and sessions outlive a restart. New
 * databases of one process get the same ones: making an RSA key takes longer than all else at a start.
 */
export async function loadSecrets(database: DatabaseSync): Promise<OpenidSecrets> {
  database.exec(
    'CREATE TABLE IF NOT EXISTS openid_secrets (id INTEGER PRIMARY KEY CHECK (id = 1), secrets TEXT NOT NULL) STRICT',
  );
  const known = database.prepare('SELECT secrets FROM openid_secrets').get();
  if (known) return secretsSchema.parse(JSON.parse(z.string().parse(known.secrets)));
  madeHere ??= makeSecrets();
  const secrets = await madeHere;
  database.prepare('INSERT INTO openid_secrets (id, secrets) VALUES (1, ?)').run(JSON.stringify(secrets));
  return secrets;
}

async function makeSecrets(): Promise<OpenidSecrets> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return secretsSchema.parse({
    signingKey: {
      ...(await exportJWK(privateKey)),
      kid: randomBytes(16).toString('base64url'),
      alg: 'RS256',
      use: 'sig',
    },
    cookieKey: randomBytes(32).toString('base64url'),
  });
}
