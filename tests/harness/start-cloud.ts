import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Cloud, type CloudSettings, startCloud as startEmbeddedCloud } from '../../local/cloud.ts';
import { logsVariable } from './log-check.ts';

/** Starts the embedded cloud, with its logs where the end of the test run reads them all. */
export async function startCloud(settings: CloudSettings): Promise<Cloud> {
  const logs = process.env[logsVariable];
  if (logs === undefined) throw new Error(`${logsVariable} is not set: run the test by its vitest project`);
  return await startEmbeddedCloud({ ...settings, logDirectory: join(logs, randomUUID()) });
}
