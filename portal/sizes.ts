import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPortal } from './build.ts';

/** The most a page may load before it can be used, fonts included, in compressed bytes. */
const maxFirstLoadBytes = 150_000;
/** The most one further file may have: a page, a chart, or the worker with the names of all communes. */
const maxFileBytes = 220_000;

const outdir = await mkdtemp(join(tmpdir(), 'tiendo-portal-'));
try {
  const { files, firstLoad } = await buildPortal({ outdir });
  const first = new Set(firstLoad.map(({ path }) => path));
  for (const { path, bytes, gzipBytes } of files.toSorted((one, other) => other.gzipBytes - one.gzipBytes)) {
    const mark = first.has(path) ? '  first load' : '';
    console.log(`${String(gzipBytes).padStart(8)} of ${String(bytes).padStart(8)}  ${path}${mark}`);
  }
  const firstLoadBytes = firstLoad.reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
  console.log(
    `${String(firstLoadBytes).padStart(8)}  first load of the send page, of ${maxFirstLoadBytes} at most`,
  );
  const tooLarge = files.filter(({ gzipBytes }) => gzipBytes > maxFileBytes);
  for (const { path } of tooLarge) console.error(`${path} has more than ${maxFileBytes} bytes compressed`);
  if (firstLoadBytes > maxFirstLoadBytes || tooLarge.length > 0) process.exitCode = 1;
} finally {
  await rm(outdir, { recursive: true });
}
