import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import * as z from 'zod';
import packageJson from '../package.json' with { type: 'json' };
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import { issueSchema } from '../shared/domain/issue.ts';
import type { IssueCode } from '../shared/domain/issue-codes.ts';
import { namedQueries } from '../shared/domain/named-queries.ts';
import { buildOpenApi } from '../shared/domain/openapi.ts';
import { tables } from '../shared/domain/tables.ts';
import { views } from '../shared/domain/views.ts';
import { dataDictionaryPage } from './data-dictionary-page.ts';
import { type IssueExample, issueCodesPage } from './issue-codes-page.ts';

const root = join(import.meta.dirname, '..');
const fixtures = join(root, 'tests/fixtures/intake');

/** Everything under docs/ that is made from the code: the file's name → its content. */
export function generatedDocs(): Map<string, string> {
  const queries = namedQueries(loadCatalogue().directive);
  return new Map([
    ['data-dictionary.md', dataDictionaryPage({ tables, views, queries })],
    ['issue-codes.md', issueCodesPage(findExample)],
    ['openapi.json', formatted('openapi.json', JSON.stringify(buildOpenApi(packageJson.version)))],
  ]);
}

const fixtureNames = readdirSync(fixtures)
  .filter((name) => !name.endsWith('.expected.json'))
  .sort();

const expectedSchema = z.looseObject({
  given: z.looseObject({ limits: z.unknown().optional() }),
  issues: z.array(issueSchema.omit({ severity: true, message: true })),
});

/**
 * The fixture that has the code's name, or else the last one that begins with it, and what its neighbour
 * expects. None for limits: the fixtures have their own, small ones.
 */
function findExample(code: IssueCode): IssueExample | undefined {
  const name =
    fixtureNames.find((name) => parse(name).name === code) ??
    fixtureNames.findLast((name) => name.startsWith(`${code}-`));
  if (name === undefined) return undefined;
  const text = readFileSync(join(fixtures, `${parse(name).name}.expected.json`), 'utf8');
  const { given, issues } = expectedSchema.parse(JSON.parse(text));
  const issue = issues.find((issue) => issue.code === code);
  return issue && given.limits === undefined ? { name, issue } : undefined;
}

/** As the formatter of the project has it, which also looks after this file. */
function formatted(name: string, content: string): string {
  const biome = join(root, 'node_modules/.bin/biome');
  return execFileSync(biome, ['format', `--stdin-file-path=docs/${name}`], {
    cwd: root,
    input: content,
    encoding: 'utf8',
  });
}

if (import.meta.main) {
  for (const [name, content] of generatedDocs()) writeFileSync(join(import.meta.dirname, name), content);
}
