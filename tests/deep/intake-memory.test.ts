import { execFile } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { maxFileBytes } from '../../shared/domain/submission.ts';
import { largeFiles } from './large-files.ts';

const outcomeSchema = z.strictObject({
  bytes: z.int(),
  verdict: z.string(),
  rows: z.int(),
  observations: z.int(),
  figures: z.int(),
  issueCounts: z.record(z.string(), z.int()),
  peakBytes: z.int(),
});

/** What a process of its own may ever hold; the function that does this in the cloud has 1,769 MB. */
const mostPeakBytes = 400e6;

const folder = mkdtempSync(join(tmpdir(), 'tiendo-memory-'));
const program = join(folder, 'measured-check.mjs');
const path = join(folder, 'large-file');
afterAll(() => rmSync(folder, { recursive: true }));

/** Bundled as the functions are, so that no compiler shares the process. */
beforeAll(async () => {
  await build({
    entryPoints: [join(import.meta.dirname, 'measured-check.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: program,
    logLevel: 'error',
  });
});

describe('a file near the limits', () => {
  it.each(largeFiles)('of $name is $verdict within 400 MB', async ({ name, texts, verdict, rows, codes }) => {
    await pipeline(Readable.from(inChunks(texts())), createWriteStream(path));
    const { stdout } = await promisify(execFile)(process.execPath, [program, path]);
    const outcome = outcomeSchema.parse(JSON.parse(stdout));
    const peak = `${Math.round(outcome.peakBytes / 1e6)} MB`;
    console.info(`${name}: ${outcome.bytes} bytes, ${outcome.rows} rows, peak ${peak}`);
    expect(outcome).toMatchObject({ verdict, rows, observations: verdict === 'accepted' ? rows : 0 });
    expect(Object.keys(outcome.issueCounts)).toEqual(codes);
    expect(outcome.bytes).toBeLessThanOrEqual(maxFileBytes);
    expect(outcome.peakBytes).toBeLessThan(mostPeakBytes);
  });
});

function* inChunks(texts: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const text of texts) {
    chunk += text;
    if (chunk.length < 1e6) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}
