import { isAbsolute, resolve } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * Bundles `replacement` wherever `original` is imported (both absolute paths), except by `replacement`, which
 * may wrap it: so a test plants a bug. The build fails when nothing imports `original`.
 */
export function replaceModule(original: string, replacement: string): Plugin {
  if (!isAbsolute(original) || !isAbsolute(replacement))
    throw new Error('Both modules are named by absolute paths');
  return {
    name: 'replace-module',
    setup(build) {
      let replaced = false;
      build.onResolve({ filter: /^\.{1,2}\// }, ({ path, resolveDir, importer }) => {
        if (importer === replacement || resolve(resolveDir, path) !== original) return undefined;
        replaced = true;
        return { path: replacement };
      });
      build.onEnd(() => (replaced ? undefined : { errors: [{ text: `Nothing imports ${original}` }] }));
    },
  };
}
