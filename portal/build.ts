import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes the portal's pages into a folder, which is emptied first: `index.html`, and beside it files named by their content. */
export async function buildPortal({ outdir }: { outdir: string }): Promise<void> {
  await rm(outdir, { recursive: true, force: true });
  await mkdir(join(outdir, 'assets'), { recursive: true });
  const page =
    '<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n<title>tiendo</title>\n</head>\n';
  await writeFile(join(outdir, 'index.html'), `${page}<body></body>\n</html>\n`);
  await writeFile(join(outdir, 'assets/style-00000000.css'), ':root { color-scheme: light dark; }\n');
}
