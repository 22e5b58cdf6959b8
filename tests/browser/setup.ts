import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { synthesize } from '../../infra/synth.ts';
import { findFreePorts } from '../../local/free-ports.ts';
import checkLogs from '../harness/log-check.ts';
import { startCloud } from '../harness/start-cloud.ts';
import { type Chromium, findChromium } from './chromium.ts';
import { fillWithSamples, samplesStartAt } from './samples.ts';

/** Where the one embedded cloud of the browser tests answers. */
export interface Addresses {
  portalUrl: string;
  apiUrl: string;
  mailboxUrl: string;
  issuer: string;
  clientId: string;
  endpoint: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    addresses: Addresses;
    chromium: Chromium;
  }
}

/**
 * Vitest's global setup of the browser tests: synthesizes and starts one embedded cloud for all of them, the whole
 * catalogue in it and a few units with figures, its clock standing at eight in the morning of 1 July 2022.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const endLogs = checkLogs();
  const folder = mkdtempSync(join(tmpdir(), 'tiendo-browser-'));
  const port = await findFreePorts();
  const templateDirectory = join(folder, 'cdk.out');
  await synthesize({
    portalUrl: `http://127.0.0.1:${port + 3}`,
    outdir: templateDirectory,
    builds: folder,
    isChecked: false,
  });
  const cloud = await startCloud({
    templateDirectory,
    dataDirectory: join(folder, 'data'),
    startAt: samplesStartAt,
    port,
  });
  await fillWithSamples(cloud);
  project.provide('addresses', cloud.addresses);
  project.provide('chromium', await findChromium());
  return async () => {
    await cloud.close();
    rmSync(folder, { recursive: true });
    await endLogs();
  };
}
