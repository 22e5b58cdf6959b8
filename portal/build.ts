import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BuildOptions, build, type Metafile } from 'esbuild';

const folder = import.meta.dirname;
const root = join(folder, '..');

/** A file a page loads, with its size as browsers receive it. */
export interface BuiltFile {
  /** `assets/main-3FQ2K7.js` */
  path: string;
  bytes: number;
  gzipBytes: number;
}

/** What a build made. `firstLoad` is everything that the send page loads before it can be used, fonts included. */
export interface BuiltPortal {
  files: BuiltFile[];
  firstLoad: BuiltFile[];
}

const shared = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: ['es2023', 'chrome120', 'firefox121', 'safari17'],
  minify: true,
  metafile: true,
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'silent',
  entryNames: 'assets/[name]-[hash]',
  chunkNames: 'assets/[name]-[hash]',
  assetNames: 'assets/[name]-[hash]',
  publicPath: '/',
  loader: { '.woff2': 'file' },
  jsx: 'automatic',
  jsxImportSource: 'preact',
} as const satisfies BuildOptions;

/** The page whose weight is bounded: the one an office opens. */
const sendPage = 'portal/pages/send/send-page.tsx';

/**
 * Bundles the portal into a folder, which is emptied first: `index.html`, and `assets/` whose names hold a hash of
 * their content, so that they can be kept for ever. The same sources give the same bytes.
 */
export async function buildPortal({ outdir }: { outdir: string }): Promise<BuiltPortal> {
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  const worker = await build({ ...shared, outdir, entryPoints: ['portal/check/worker.ts'] });
  const [workerPath = ''] = outputsOf(worker.metafile, outdir);
  const pages = await build({
    ...shared,
    outdir,
    splitting: true,
    entryPoints: ['portal/main.tsx'],
    define: { checkWorkerUrl: JSON.stringify(`/${workerPath}`) },
  });
  const entry = Object.entries(pages.metafile.outputs).find(
    ([, { entryPoint }]) => entryPoint === 'portal/main.tsx',
  );
  if (!entry) throw new Error('The portal has no entry');
  const [main, { cssBundle }] = entry;
  const entryFiles = [main, ...(cssBundle ? [cssBundle] : [])].map((path) => pathIn(outdir, path));
  await writeIndex(outdir, entryFiles, importsOf(pages.metafile, main, outdir));
  await cp(join(folder, 'icon.svg'), join(outdir, 'icon.svg'));

  const sizeOf = async (path: string): Promise<BuiltFile> => {
    const content = await readFile(join(outdir, path));
    return { path, bytes: content.length, gzipBytes: gzipSync(content).length };
  };
  const all = [...outputsOf(worker.metafile, outdir), ...outputsOf(pages.metafile, outdir), 'index.html'];
  const first = new Set(['index.html', ...entryFiles, ...importsOf(pages.metafile, main, outdir)]);
  const send = Object.entries(pages.metafile.outputs).find(([, { entryPoint }]) => entryPoint === sendPage);
  if (send) {
    const [path, { cssBundle: style }] = send;
    for (const loaded of [pathIn(outdir, path), ...importsOf(pages.metafile, path, outdir)])
      first.add(loaded);
    if (style) first.add(pathIn(outdir, style));
  }
  for (const path of all) if (path.endsWith('.woff2')) first.add(path);
  return {
    files: await Promise.all(all.map(sizeOf)),
    firstLoad: await Promise.all([...first].map(sizeOf)),
  };
}

async function writeIndex(
  outdir: string,
  entryFiles: readonly string[],
  preloads: readonly string[],
): Promise<void> {
  const tags = entryFiles.map((path) =>
    path.endsWith('.css')
      ? `<link rel="stylesheet" href="/${path}">`
      : `<script type="module" src="/${path}"></script>`,
  );
  const hints = preloads.map((path) => `<link rel="modulepreload" href="/${path}">`);
  const index = await readFile(join(folder, 'index.html'), 'utf8');
  await writeFile(
    join(outdir, 'index.html'),
    index.replace('<!-- entry -->', [...tags, ...hints].join('\n    ')),
  );
}

/** The files of a build but for source maps, relative to its folder. */
function outputsOf({ outputs }: Metafile, outdir: string): string[] {
  return Object.keys(outputs).map((path) => pathIn(outdir, path));
}

/** What a file imports at once, and what that imports. */
function importsOf({ outputs }: Metafile, path: string, outdir: string): string[] {
  const found = new Set<string>();
  const visit = (from: string) => {
    for (const { path: to, kind } of outputs[from]?.imports ?? []) {
      if (kind !== 'import-statement' || found.has(to)) continue;
      found.add(to);
      visit(to);
    }
  };
  visit(path);
  return [...found].map((to) => pathIn(outdir, to));
}

function pathIn(outdir: string, path: string): string {
  return relative(outdir, join(root, path));
}
