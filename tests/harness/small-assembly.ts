import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../infra/bundle.ts';
import { synthesize } from '../../infra/synth.ts';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { replaceModule } from './replace-module.ts';

const units = ['74', '01', 'BTTTT', 'VPCP'];
const refs = ['1.a', '1.b', 'II.9'];

/**
 * Synthesizes the app with the real functions over a small catalogue (four units, three tasks), so that a run
 * takes a second or two. `replacements` names modules to plant a bug in, and what stands in their place, both
 * from the root of the project; `more` are units and tasks beside the usual ones. Returns the directory of the
 * templates.
 */
export async function synthesizeSmall(
  replacements: Readonly<Record<string, string>> = {},
  more: readonly string[] = [],
): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'tiendo-assembly-'));
  const { directive, tasks, units: all } = loadCatalogue();
  const small = {
    'directive.json': { directive, tasks: tasks.filter(({ ref }) => [...refs, ...more].includes(ref)) },
    'units.json': all.filter(({ id }) => [...units, ...more].includes(id)),
  };
  for (const [name, content] of Object.entries(small)) {
    writeFileSync(join(directory, name), JSON.stringify(content));
  }
  const outdir = join(directory, 'cdk.out');
  await synthesize({
    outdir,
    isChecked: false,
    builds: directory,
    plugins: [
      ...Object.keys(small).map((name) =>
        replaceModule(join(projectRoot, 'shared/catalogue', name), join(directory, name)),
      ),
      ...Object.entries(replacements).map(([original, replacement]) =>
        replaceModule(join(projectRoot, original), join(projectRoot, replacement)),
      ),
    ],
  });
  return outdir;
}
