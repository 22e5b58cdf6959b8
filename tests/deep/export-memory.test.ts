import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';

const outcomeSchema = z.strictObject({
  rows: z.int(),
  objects: z.int(),
  bytes: z.int(),
  seconds: z.number(),
  peakBytes: z.int(),
});

const rows = 1_000_000;
/** What a process of its own may ever hold; the function that does this in the cloud has 1,769 MB. */
const mostPeakBytes = 512 * 1024 * 1024;

const folder = mkdtempSync(join(tmpdir(), 'tiendo-export-'));
const program = join(folder, 'measured-export.mjs');
afterAll(() => rmSync(folder, { recursive: true }));

/** Bundled as the functions are, so that no compiler shares the process. */
beforeAll(async () => {
  await build({
    entryPoints: [join(import.meta.dirname, 'measured-export.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: {
      js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
    },
    outfile: program,
    logLevel: 'error',
  });
});

it('exports a submission of 1,000,000 rows within 512 MiB, and DuckDB reads them all', async () => {
  const environment = {
    ...process.env,
    AWS_REGION: 'ap-southeast-1',
    TABLE_NAME: 'tiendo',
    EXPORT_BUCKET: 'exports',
  };
  const run = promisify(execFile)(process.execPath, [program, folder, String(rows)], { env: environment });
  const outcome = outcomeSchema.parse(JSON.parse((await run).stdout));
  const duckdb = await (await DuckDBInstance.create(':memory:')).connect();
  const source = `read_parquet('${folder}/*-????.parquet')`;
  const counted = await duckdb.runAndReadAll(
    `SELECT count(*), count(DISTINCT row_number), sum(denominator) FROM ${source}`,
  );
  const copy = join(folder, 'copy.parquet');
  const startedMs = performance.now();
  await duckdb.run(`COPY (SELECT * FROM ${source} ORDER BY row_number) TO '${copy}' (FORMAT parquet)`);
  const copySeconds = (performance.now() - startedMs) / 1000;
  const { seconds, bytes, peakBytes } = outcome;
  console.info(
    `export: ${Math.round(rows / seconds)} rows/s, ${bytes} bytes, peak ${Math.round(peakBytes / 2 ** 20)} MiB; ` +
      `DuckDB COPY: ${Math.round(rows / copySeconds)} rows/s, ${statSync(copy).size} bytes`,
  );
  expect(outcome).toMatchObject({ rows, objects: 5 });
  const sum = (BigInt(rows) * BigInt(rows - 1)) / 2n + 100_003n * BigInt(rows);
  expect(counted.getRows()).toEqual([[BigInt(rows), BigInt(rows), sum]]);
  expect(peakBytes).toBeLessThan(mostPeakBytes);
});
