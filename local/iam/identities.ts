import { createHmac, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { AwsError, accountId, type Caller, operatorArn } from '../aws-service.ts';
import type { Clock } from '../clock.ts';
import type { Identity } from '../gateway.ts';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** A session of an assumed role. */
export interface Session {
  roleArn: string;
  sessionName: string;
  tags: Readonly<Record<string, string>>;
  /** The function that assumed the role, when one did. */
  functionName?: string;
  /** In milliseconds since 1970. */
  expiresAtMs: number;
}

export interface Identities {
  /** The owner of an access key. Throws `AwsError` ExpiredToken once a session has expired by the embedded clock. */
  identify(accessKeyId: string): Identity | undefined;
  /** The credentials a function runs with; the same at every start. */
  credentialsOf(functionName: string): Credentials;
  /** Credentials of who runs this machine: no policy is asked. */
  readonly operator: Credentials;
  /** Makes temporary credentials. */
  openSession(session: Session): Credentials;
}

const sessionSchema = z.object({
  secretAccessKey: z.string(),
  sessionToken: z.string(),
  roleArn: z.string(),
  sessionName: z.string(),
  tags: z.string().transform((text) => z.record(z.string(), z.string()).parse(JSON.parse(text))),
  functionName: z.string().nullable(),
  expiresAtMs: z.number(),
});

/**
 * Who may call: the operator, each function with the credentials of its role, and sessions opened by STS. The
 * secrets come from a random seed kept in the database, so that a restart changes none and nobody can guess one.
 */
export function createIdentities(settings: {
  database: DatabaseSync;
  clock: Clock;
  functions: readonly { name: string; roleArn: string }[];
}): Identities {
  const { database, clock } = settings;
  database.exec(`
    CREATE TABLE IF NOT EXISTS identity_seed (seed TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS identity_session (
      accessKeyId TEXT PRIMARY KEY, secretAccessKey TEXT NOT NULL, sessionToken TEXT NOT NULL, roleArn TEXT NOT NULL,
      sessionName TEXT NOT NULL, tags TEXT NOT NULL, functionName TEXT, expiresAtMs INTEGER NOT NULL);`);
  const seed = readSeed(database);
  const find = database.prepare('SELECT * FROM identity_session WHERE accessKeyId = ?');
  const insert = database.prepare('INSERT INTO identity_session VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const dropExpired = database.prepare('DELETE FROM identity_session WHERE expiresAtMs < ?');

  const operator = {
    accessKeyId: `AKIA${derive(seed, 'key operator', 16)}`,
    secretAccessKey: derive(seed, 'secret operator', 40),
  };
  const fixed = new Map<string, Identity>([
    [
      operator.accessKeyId,
      {
        secretAccessKey: operator.secretAccessKey,
        caller: { accessKeyId: operator.accessKeyId, roleArn: operatorArn, tags: {} },
      },
    ],
  ]);
  const ofFunctions = new Map<string, Credentials>();
  for (const { name, roleArn } of settings.functions) {
    const credentials = {
      accessKeyId: `ASIA${derive(seed, `key ${name}`, 16)}`,
      secretAccessKey: derive(seed, `secret ${name}`, 40),
      sessionToken: derive(seed, `token ${name}`, 40),
    };
    const { accessKeyId, secretAccessKey, sessionToken } = credentials;
    const caller: Caller = { accessKeyId, roleArn, sessionName: name, functionName: name, tags: {} };
    ofFunctions.set(name, credentials);
    fixed.set(accessKeyId, { secretAccessKey, sessionToken, caller });
  }

  return {
    operator,
    credentialsOf(functionName) {
      const credentials = ofFunctions.get(functionName);
      if (!credentials) throw new Error(`There is no function ${functionName}`);
      // The SDK notes on what it is given where it got it from.
      return { ...credentials };
    },
    identify(accessKeyId) {
      const row = fixed.has(accessKeyId) ? undefined : find.get(accessKeyId);
      if (!row) return fixed.get(accessKeyId);
      const session = sessionSchema.parse(row);
      if (clock.nowMs() >= session.expiresAtMs) {
        throw new AwsError(400, 'ExpiredToken', 'The provided token has expired.');
      }
      const { secretAccessKey, sessionToken, roleArn, sessionName, tags, functionName } = session;
      const caller = { accessKeyId, roleArn, sessionName, tags, ...(functionName ? { functionName } : {}) };
      return { secretAccessKey, sessionToken, caller };
    },
    openSession({ roleArn, sessionName, tags, functionName, expiresAtMs }) {
      // Expired ones are kept for a day, so that their late use is told apart from an unknown key.
      dropExpired.run(clock.nowMs() - 24 * 60 * 60 * 1000);
      const accessKeyId = `ASIA${alphanumeric(randomBytes(40), 16)}`;
      const secretAccessKey = alphanumeric(randomBytes(80), 40);
      const sessionToken = randomBytes(96).toString('base64');
      insert.run(
        accessKeyId,
        secretAccessKey,
        sessionToken,
        roleArn,
        sessionName,
        JSON.stringify(tags),
        functionName ?? null,
        expiresAtMs,
      );
      return { accessKeyId, secretAccessKey, sessionToken };
    },
  };
}

/** How errors and GetCallerIdentity name a caller: `arn:aws:sts::000000000000:assumed-role/IngestRole/ingest`. */
export function principalOf({ roleArn, sessionName }: Caller): string {
  if (roleArn === operatorArn) return roleArn;
  const role = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  return `arn:aws:sts::${accountId}:assumed-role/${role}/${sessionName ?? 'session'}`;
}

function readSeed(database: DatabaseSync): string {
  database
    .prepare('INSERT INTO identity_seed SELECT ? WHERE NOT EXISTS (SELECT 1 FROM identity_seed)')
    .run(randomBytes(32).toString('hex'));
  return z.object({ seed: z.string() }).parse(database.prepare('SELECT seed FROM identity_seed').get()).seed;
}

function derive(seed: string, purpose: string, length: number): string {
  return alphanumeric(createHmac('sha512', seed).update(purpose).digest(), length);
}

function alphanumeric(bytes: Buffer, length: number): string {
  return BigInt(`0x${bytes.toString('hex')}`)
    .toString(36)
    .toUpperCase()
    .padStart(length, '0')
    .slice(-length);
}
