import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { vi } from 'vitest';
import { type AwsService, operatorArn, region } from '../../local/aws-service.ts';
import { type Clock, createClock } from '../../local/clock.ts';
import { type GatewaySettings, startGateway } from '../../local/gateway.ts';

/** What the embedded services of a suite are made from. Directory and database are the suite's own. */
export interface EmbeddedParts {
  clock: Clock;
  directory: string;
  database: DatabaseSync;
}

/** The embedded services of a suite. */
export interface Embedded {
  services: readonly AwsService[];
  preflight?: GatewaySettings['preflight'];
  /** Called when the suite has ended, before its directory is removed. */
  close?(): void;
}

/** The endpoint a contract suite speaks to. */
export interface ContractEndpoint {
  url: string;
  isEmbedded: boolean;
  /** Settings for any SDK client: address, region, credentials, no retries. */
  client: {
    endpoint: string;
    region: string;
    maxAttempts: number;
    credentials?: { accessKeyId: string; secretAccessKey: string };
  };
  close(): Promise<void>;
}

const startAt = '2022-06-30T10:00:00.000Z';
const credentials = { accessKeyId: 'AKIDCONTRACT', secretAccessKey: 'contract-secret' };

/**
 * The endpoint a suite runs against: `TIENDO_CONTRACT_ENDPOINT` with the usual AWS credentials where it is set,
 * else embedded services behind a gateway of their own. Embedded, it is 2022-06-30T10:00:00.000Z, for the
 * services by their clock and for the SDK, which signs by `Date`, by vitest's; call `close` to end that.
 */
export async function startContractEndpoint(
  embed: (parts: EmbeddedParts) => Embedded,
): Promise<ContractEndpoint> {
  const url = process.env.TIENDO_CONTRACT_ENDPOINT;
  if (url !== undefined) {
    const client = { endpoint: url, region: process.env.AWS_REGION ?? region, maxAttempts: 1 };
    return { url, isEmbedded: false, client, close: async () => {} };
  }
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(startAt) });
  const directory = mkdtempSync(join(tmpdir(), 'tiendo-contract-'));
  const database = new DatabaseSync(join(directory, 'contract.sqlite'));
  const clock = createClock(startAt);
  const embedded = embed({ clock, directory, database });
  const caller = { accessKeyId: credentials.accessKeyId, roleArn: operatorArn, tags: {} };
  const { secretAccessKey } = credentials;
  const gateway = await startGateway({
    services: embedded.services,
    ...(embedded.preflight ? { preflight: embedded.preflight } : {}),
    identify: (accessKeyId) =>
      accessKeyId === credentials.accessKeyId ? { secretAccessKey, caller } : undefined,
    clock,
  });
  return {
    url: gateway.endpoint,
    isEmbedded: true,
    client: { endpoint: gateway.endpoint, region, maxAttempts: 1, credentials },
    async close() {
      vi.useRealTimers();
      await gateway.close();
      embedded.close?.();
      database.close();
      rmSync(directory, { recursive: true });
    },
  };
}
