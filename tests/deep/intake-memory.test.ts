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
import { inChunks, largeFiles } from './large-files.ts';

const outcomeSchema = z.strictObject({
  bytes: z.int(),
  verdict: z.string(),
  rows: z.int(),
  observations: z.int(),
  figures: z.int(),
  copyBytes: z.int(),
  issueCounts: z.record(z.string(), z.int()),
  peakBytes: z.int(),
});

/** What a process of its own may ever hold; the function that does this in the cloud has 1,769 MB. */
const mostPeakBytes = 400e6;
/** What of it V8's heap may hold, in MB: garbage that nobody has collected yet would hide what is really held. */
const heapMb = 200;

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
    const heap = `--max-old-space-size=${heapMb}`;
    const { stdout } = await promisify(execFile)(process.execPath, [heap, program, path]);
    const outcome = outcomeSchema.parse(JSON.parse(stdout));
    const peak = `${Math.round(outcome.peakBytes / 1e6)} MB`;
    console.info(
      `${name}: ${outcome.bytes} bytes, ${outcome.rows} rows, copy ${outcome.copyBytes} bytes, peak ${peak}`,
    );
    expect(outcome).toMatchObject({ verdict, rows, observations: verdict === 'accepted' ? rows : 0 });
    expect(Object.keys(outcome.issueCounts)).toEqual(codes);
    // A copy is all of the file and more, unless no observation has a place for it; without an issue there is none.
    if (codes.length > 0) expect(outcome.copyBytes).toBeGreaterThanOrEqual(outcome.bytes);
    else expect(outcome.copyBytes).toBe(0);
    expect(outcome.bytes).toBeLessThanOrEqual(maxFileBytes);
    expect(outcome.peakBytes).toBeLessThan(mostPeakBytes);
  });
});
