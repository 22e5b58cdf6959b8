import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as z from 'zod';
import type { Cloud } from './cloud.ts';

const addressesSchema = z.object({ apiUrl: z.string() });

/**
 * Says in a file (`.tiendo/local.json`) where a running cloud can be reached, for the commands of `npx tiendo`.
 * Returns a function that takes the file away again, unless another run has written its own by then.
 */
export function writeAddresses(file: string, addresses: Cloud['addresses']): () => void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(addresses, null, 2)}\n`);
  return () => {
    if (readApiUrl(file) === addresses.apiUrl) rmSync(file, { force: true });
  };
}

/** The API of the run a file speaks of, when it answers; `undefined` when there is no such run any more. */
export async function findRunning(file: string): Promise<string | undefined> {
  const apiUrl = readApiUrl(file);
  if (apiUrl === undefined) return undefined;
  const answer = await fetch(`${apiUrl}/mailbox`, { signal: AbortSignal.timeout(2000) }).catch(
    () => undefined,
  );
  await answer?.body?.cancel();
  return answer?.ok ? apiUrl : undefined;
}

function readApiUrl(file: string): string | undefined {
  try {
    return addressesSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).apiUrl;
  } catch {
    // None, or one that was cut off in writing: nobody can be reached by it.
    return undefined;
  }
}
