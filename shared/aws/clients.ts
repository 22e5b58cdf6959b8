import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** The clients one piece of work uses: with the function's own credentials, or with those of one unit. */
export interface Clients {
  documents: DynamoDBDocumentClient;
  objects: S3Client;
}

interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

/** An assumed session is renewed this long before it ends, so that a URL signed with it outlives its five minutes. */
const renewBeforeMs = 15 * 60 * 1000;
const sessionSeconds = 60 * 60;

const tokens = new STSClient({});
/** One for all clients, so that they share connections, which are kept: a new session needs no new handshake. */
const { requestHandler } = tokens.config;
const sessions = new Map<string, { clients: Promise<Clients>; renewAtMs: number }>();

/** Clients with the function's own credentials. */
export function ownClients(): Clients {
  return createClients(undefined);
}

/**
 * Clients that can touch one unit's items and objects only: the role is assumed with the session tag
 * `unit`, and its policies match keys against that tag. Sessions are reused until shortly before they end.
 */
export async function unitClients(roleArn: string, unit: string, nowMs: number): Promise<Clients> {
  const key = `${roleArn} ${unit}`;
  const known = sessions.get(key);
  if (known && nowMs < known.renewAtMs) return known.clients;
  const clients = assumeUnitRole(roleArn, unit).then(createClients);
  sessions.set(key, { clients, renewAtMs: nowMs + sessionSeconds * 1000 - renewBeforeMs });
  clients.catch(() => sessions.delete(key));
  return clients;
}

async function assumeUnitRole(roleArn: string, unit: string): Promise<Credentials> {
  const { Credentials: granted } = await tokens.send(
    new AssumeRoleCommand({
      RoleArn: roleArn,
      RoleSessionName: `unit-${unit}`,
      DurationSeconds: sessionSeconds,
      Tags: [{ Key: 'unit', Value: unit }],
    }),
  );
  if (!granted?.AccessKeyId || !granted.SecretAccessKey || !granted.SessionToken) {
    throw new Error(`Assuming ${roleArn} for unit ${unit} gave no credentials`);
  }
  return {
    accessKeyId: granted.AccessKeyId,
    secretAccessKey: granted.SecretAccessKey,
    sessionToken: granted.SessionToken,
  };
}

function createClients(credentials: Credentials | undefined): Clients {
  const configuration = { requestHandler, ...(credentials && { credentials }) };
  return {
    documents: DynamoDBDocumentClient.from(new DynamoDBClient(configuration), {
      marshallOptions: { removeUndefinedValues: true },
    }),
    // Presigned URLs must not carry the SDK's own checksum of an empty body.
    objects: new S3Client({ ...configuration, requestChecksumCalculation: 'WHEN_REQUIRED' }),
  };
}
