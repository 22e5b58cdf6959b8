import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { bundleFunctions, projectRoot } from '../../infra/bundle.ts';
import { functionNames } from '../../infra/functions.ts';
import { replaceModule } from '../harness/replace-module.ts';
import { temporaryFolder } from './temporary-folder.ts';

// A synthesis or a bundle takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** Sources of one function that imports a module of its own. */
function createSources(): string {
  const sources = temporaryFolder();
  mkdirSync(join(sources, 'parts'));
  writeFileSync(join(sources, 'parts/greeting.ts'), "export const greeting: string = 'Xin chào';\n");
  writeFileSync(
    join(sources, 'ingest.ts'),
    [
      "import { greeting } from './parts/greeting.ts';",
      'export const handler = async (): Promise<string> => greeting;',
      "export const required: string = require('node:path').sep;",
    ].join('\n'),
  );
  return sources;
}

async function load(outdir: string): Promise<{ handler(): Promise<unknown>; required: unknown }> {
  return await import(pathToFileURL(join(outdir, 'ingest/index.mjs')).href);
}

describe('bundling', () => {
  it('makes one ES module per function, with Vietnamese text as it is and `require` at hand', async () => {
    const outdir = temporaryFolder();
    await bundleFunctions({ sources: createSources(), names: ['ingest'], outdir });
    const { handler, required } = await load(outdir);
    expect(await handler()).toBe('Xin chào');
    expect(required).toBe('/');
    expect(readFileSync(join(outdir, 'ingest/index.mjs'), 'utf8')).toContain('Xin chào');
    expect(readdirSync(join(outdir, 'ingest')).sort()).toEqual(['index.mjs', 'index.mjs.map']);
  });

  it('puts another module in the place of one, so that a test can plant a bug', async () => {
    const [sources, outdir] = [createSources(), temporaryFolder()];
    const planted = join(temporaryFolder(), 'planted.ts');
    writeFileSync(planted, "export const greeting = 'planted';\n");
    await bundleFunctions({
      sources,
      names: ['ingest'],
      outdir,
      plugins: [replaceModule(join(sources, 'parts/greeting.ts'), planted)],
    });
    expect(await (await load(outdir)).handler()).toBe('planted');
  });

  it('refuses to replace a module that nothing imports', async () => {
    const sources = createSources();
    const plugins = [replaceModule(join(sources, 'parts/absent.ts'), join(sources, 'parts/greeting.ts'))];
    await expect(
      bundleFunctions({ sources, names: ['ingest'], outdir: temporaryFolder(), plugins }),
    ).rejects.toThrow(/absent\.ts/);
  });

  it('names the functions without a source', async () => {
    const options = {
      sources: createSources(),
      names: ['ingest', 'sweep'] as const,
      outdir: temporaryFolder(),
    };
    await expect(bundleFunctions(options)).rejects.toThrow(/sweep/);
  });

  it('gives the same bytes for the same sources, wherever they go', async () => {
    const [one, other] = [temporaryFolder(), temporaryFolder()];
    const names = ['ingest', 'api'] as const;
    await bundleFunctions({ outdir: one, names });
    await bundleFunctions({ outdir: other, names });
    for (const name of names) {
      const [first, second] = [one, other].map((outdir) => readFileSync(join(outdir, name, 'index.mjs')));
      expect(second && first?.equals(second), name).toBe(true);
    }
  });
});

describe('the list of functions', () => {
  it('names every source in functions/ and nothing else', () => {
    const sources = readdirSync(join(projectRoot, 'functions')).map((file) => basename(file, '.ts'));
    expect(sources.sort()).toEqual([...functionNames].sort());
  });
});
