import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { type FunctionName, functionNames } from './functions.ts';

/** The project's folder. */
export const projectRoot = join(import.meta.dirname, '..');

export interface BundleOptions {
  /** Folder that becomes `<name>/index.mjs` for each function. It is emptied first. */
  outdir: string;
  /** esbuild plugins, such as one that puts another module in the place of ours. */
  plugins?: readonly Plugin[];
  /** Folder of the sources, `<name>.ts` each; default `functions/` of the project. */
  sources?: string;
  /** Default: all of the list. */
  names?: readonly FunctionName[];
}

/**
 * Bundles all functions with everything they import, in one run: ES modules for Node 24, names kept. The same
 * sources give the same bytes, so that an unchanged function is not deployed again. Throws when a function of
 * the list has no source, and esbuild's error when one does not build.
 */
export async function bundleFunctions(options: BundleOptions): Promise<void> {
  const { outdir, plugins = [], sources = join(projectRoot, 'functions'), names = functionNames } = options;
  const missing = names.filter((name) => !existsSync(join(sources, `${name}.ts`)));
  if (missing.length > 0)
    throw new Error(`These functions have no source in ${sources}: ${missing.join(', ')}`);
  await rm(outdir, { recursive: true, force: true });
  await build({
    absWorkingDir: projectRoot,
    entryPoints: Object.fromEntries(names.map((name) => [`${name}/index`, join(sources, `${name}.ts`)])),
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    sourcemap: 'external',
    legalComments: 'none',
    charset: 'utf8',
    // Packages that are still CommonJS ask for Node's own modules by `require`.
    banner: {
      js: "import { createRequire as createRequireOfBundle } from 'node:module';\nconst require = createRequireOfBundle(import.meta.url);",
    },
    logLevel: 'silent',
    plugins: [...plugins],
  });
}
