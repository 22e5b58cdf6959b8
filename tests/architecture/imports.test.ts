import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Import, importsOf, parts, violationOf } from './import-rules.ts';

const root = join(import.meta.dirname, '../..');

describe('imports', () => {
  it('of the whole product point one way', () => {
    const imports = sourcesOf(root).flatMap((file) =>
      importsOf(readFileSync(join(root, file), 'utf8')).map((specifier): Import => ({ file, specifier })),
    );
    expect(imports.length).toBeGreaterThan(50);
    expect(imports.map(violationOf).filter((violation) => violation !== undefined)).toEqual([]);
  });

  it.each([
    ['shared/domain/fold.ts', '@aws-sdk/client-s3'],
    ['shared/domain/fold.ts', 'node:crypto'],
    ['shared/domain/fold.ts', 'ulid'],
    ['shared/domain/fold.ts', '../aws/heads.ts'],
    ['shared/domain/fold.ts', '../catalogue/load-catalogue.ts'],
    ['shared/domain/intake/rows.ts', '../../catalogue/load-catalogue.ts'],
    ['shared/catalogue/load-catalogue.ts', '../aws/heads.ts'],
    ['shared/catalogue/load-catalogue.ts', '@aws-sdk/client-dynamodb'],
    ['shared/catalogue/load-catalogue.ts', 'node:fs'],
    ['shared/aws/heads.ts', '../../functions/ingest.ts'],
    ['shared/aws/heads.ts', '../../infra/functions.ts'],
    ['functions/ingest.ts', './evaluate.ts'],
    ['functions/ingest.ts', '../functions/evaluate.ts'],
    ['functions/ingest.ts', '@aws-sdk/client-s3'],
    ['functions/ingest.ts', '../local/clock.ts'],
    ['infra/app.ts', '../functions/ingest.ts'],
    ['infra/app.ts', '@aws-sdk/client-cloudformation'],
    ['local/cloud.ts', '../functions/ingest.ts'],
    ['local/cloud.ts', '../infra/functions.ts'],
    ['local/start.ts', '../functions/ingest.ts'],
    ['local/s3/s3.ts', '@smithy/signature-v4'],
    ['cli/commands/submit.ts', '@aws-sdk/client-s3'],
    ['cli/commands/check.ts', '../../shared/aws/heads.ts'],
    ['portal/main.tsx', '../shared/aws/heads.ts'],
    ['portal/main.tsx', '../cli/receipt-text.ts'],
    ['portal/main.tsx', 'commander'],
    ['portal/main.tsx', 'node:fs'],
    ['infra/synth.ts', '../portal/main.tsx'],
    ['functions/ingest.ts', '/srv/module.ts'],
    ['tests/independent/answers.ts', '../../shared/domain/fold.ts'],
    ['cli/duckdb.ts', '../local/s3/object-store.ts'],
    ['cli/duckdb.ts', '../local/athena/athena.ts'],
  ])('from %s to %s are refused', (file, specifier) => {
    expect(violationOf({ file, specifier })).toContain(file);
  });

  it.each([
    ['shared/domain/fold.ts', './head.ts'],
    ['shared/domain/intake/rows.ts', '../issue.ts'],
    ['shared/domain/fold.ts', 'zod'],
    ['shared/catalogue/load-catalogue.ts', '../domain/catalogue.ts'],
    ['shared/aws/heads.ts', '../domain/head.ts'],
    ['shared/aws/heads.ts', '@aws-sdk/lib-dynamodb'],
    ['functions/ingest.ts', '../shared/aws/heads.ts'],
    ['infra/functions.ts', '../shared/aws/table-keys.ts'],
    ['cli/commands/submit.ts', '../../shared/aws/heads.ts'],
    ['local/start.ts', '../infra/synth.ts'],
    ['portal/main.tsx', '../shared/domain/issue.ts'],
    ['portal/main.tsx', './app.tsx'],
    ['portal/check/worker.ts', '../../shared/catalogue/load-catalogue.ts'],
    ['infra/synth.ts', '../portal/build.ts'],
    ['cli/duckdb.ts', '../local/exported-tables.ts'],
    ['tests/local/s3.test.ts', '@aws-sdk/client-s3'],
  ])('from %s to %s are allowed', (file, specifier) => {
    expect(violationOf({ file, specifier })).toBeUndefined();
  });

  it('are found in every form, and not in comments', () => {
    const source = [
      "import one from 'one';",
      "import type { Two } from './two.ts';",
      "import {\n  three,\n  type Three,\n} from '../three.ts';",
      "import * as four from 'four';",
      "import 'five';",
      "export { six } from './six.ts';",
      "export * from './seven.ts';",
      "const eight = await import('./eight.ts');",
      "type Nine = import('./nine.ts').Nine;",
      "const ten = require('ten');",
      "import eleven from './eleven.json' with { type: 'json' };",
      "// import no from './no.ts';",
      " * import no from './no.ts';",
      "export const text = 'from';",
    ].join('\n');
    expect(importsOf(source)).toEqual([
      'one',
      './two.ts',
      '../three.ts',
      'four',
      'five',
      './six.ts',
      './seven.ts',
      './eight.ts',
      './nine.ts',
      'ten',
      './eleven.json',
    ]);
  });
});

/** The product's sources, as paths from the root. */
function sourcesOf(directory: string): string[] {
  const folders = new Set(parts.map((part) => part.split('/')[0] ?? part));
  return [...folders]
    .filter((folder) => existsSync(join(directory, folder)))
    .flatMap((folder) =>
      readdirSync(join(directory, folder), { recursive: true, encoding: 'utf8' }).map(
        (name) => `${folder}/${name}`,
      ),
    )
    .filter((file) => /\.[cm]?[jt]sx?$/.test(file));
}
