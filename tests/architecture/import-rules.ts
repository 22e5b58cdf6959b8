import { posix } from 'node:path';

/** One import of a module, by the path of the file (`functions/ingest.ts`) and what it names. */
export interface Import {
  file: string;
  specifier: string;
}

/** The module names a source imports, exports from or loads, in the order of the text. */
export function importsOf(source: string): string[] {
  const forms = [
    /^[ \t]*(?:import|export)\b[^;'"`]*?\bfrom\s*['"]([^'"]+)['"]/gm,
    /^[ \t]*import\s*['"]([^'"]+)['"]/gm,
    /\b(?:import|require)\s*\(\s*['"`]([^'"`]+)['"`]/g,
  ];
  return forms
    .flatMap((form) => [...source.matchAll(form)])
    .sort((one, other) => one.index - other.index)
    .map(([, specifier = '']) => specifier);
}

/**
 * What each part of the product may import: other parts by their folder, packages by name (`*` = any but the
 * SDK). A part always may import itself; `alone` forbids even that, for files that must not know each other.
 */
interface Rule {
  part: string;
  parts: readonly string[];
  packages: readonly string[] | '*';
  sdk?: true;
  alone?: true;
}

/** What pages in a browser are made of. */
const portalPackages = [
  '@noble/hashes/sha2.js',
  '@svg-maps/vietnam',
  'd3-scale',
  'd3-shape',
  'openid-client',
  'preact',
  'preact-iso',
  'preact/hooks',
  'zod',
];

/** The more specific folder comes first. */
const rules: readonly Rule[] = [
  { part: 'shared/domain', parts: [], packages: ['zod'] },
  // Makes areas.json when the official codes change; nothing imports it but its test.
  { part: 'shared/catalogue/generate-areas.ts', parts: ['shared/domain'], packages: '*' },
  { part: 'shared/catalogue', parts: ['shared/domain'], packages: ['zod'] },
  { part: 'shared/aws', parts: ['shared/domain', 'shared/catalogue'], packages: '*', sdk: true },
  { part: 'shared/client', parts: ['shared/domain'], packages: ['zod'] },
  { part: 'functions', parts: ['shared'], packages: '*', alone: true },
  // The pages are built before the stack that serves them.
  { part: 'infra', parts: ['shared', 'portal/build.ts'], packages: '*' },
  // The one command puts everything together: it synthesizes the app before the embedded cloud reads it.
  { part: 'local/start.ts', parts: ['shared', 'infra', 'local', 'samples'], packages: '*' },
  { part: 'local', parts: ['shared', 'samples/journey.ts'], packages: '*' },
  // Analysts' tables are read where the embedded cloud keeps them, also when it does not run.
  { part: 'cli', parts: ['shared', 'package.json', 'local/exported-tables.ts'], packages: '*' },
  { part: 'samples', parts: ['shared'], packages: '*' },
  // Made into a folder of files by whoever synthesizes.
  { part: 'portal/sizes.ts', parts: ['portal/build.ts'], packages: '*' },
  { part: 'portal/build.ts', parts: [], packages: ['esbuild', 'node:fs/promises', 'node:path', 'node:zlib'] },
  // The catalogue is data; files are checked in the browser by the same rules as everywhere.
  { part: 'portal', parts: ['shared/domain', 'shared/client', 'shared/catalogue'], packages: portalPackages },
  // Computes again, from nothing of ours, what the product computes.
  {
    part: 'tests/independent',
    parts: ['docs/catalogue-second-reading.json'],
    packages: ['csv-parse/sync', 'node:fs', 'node:module', 'node:path'],
  },
];

/** Commands that answer without any deployment: they know the catalogue and the domain, and nothing of AWS. */
const offlineCommands = [
  'cli/commands/check.ts',
  'cli/commands/template.ts',
  'cli/commands/assess.ts',
  'cli/commands/catalogue.ts',
];

/** The folders the rules speak of. */
export const parts = rules.map(({ part }) => part);

/** Why an import is not allowed; `undefined` when it is, or when no rule speaks of the file. */
export function violationOf({ file, specifier }: Import): string | undefined {
  const rule = rules.find(({ part }) => isWithin(file, part));
  if (!rule) return undefined;
  if (specifier.startsWith('.'))
    return violationOfPath(rule, file, posix.join(posix.dirname(file), specifier));
  if (specifier.startsWith('/') || specifier.startsWith('file:'))
    return `${file} imports ${specifier} by an absolute path`;
  return violationOfPackage(rule, file, specifier);
}

function violationOfPath(
  { part, parts: allowed, alone }: Rule,
  file: string,
  target: string,
): string | undefined {
  if (offlineCommands.includes(file) && isWithin(target, 'shared/aws'))
    return `${file} works offline but imports ${target}`;
  if (isWithin(target, part))
    return alone ? `${file} imports ${target}: files of ${part}/ know nothing of each other` : undefined;
  if (allowed.some((other) => isWithin(target, other))) return undefined;
  return `${file} imports ${target}: ${part}/ may import ${allowed.join(', ') || 'nothing'} besides itself`;
}

function violationOfPackage(
  { part, packages, sdk }: Rule,
  file: string,
  specifier: string,
): string | undefined {
  if (isAwsSdk(specifier))
    return sdk ? undefined : `${file} imports ${specifier}: the SDK belongs to shared/aws/`;
  if (packages === '*' || packages.includes(specifier)) return undefined;
  return `${file} imports ${specifier}: ${part}/ may import ${packages.join(', ') || 'no package'}`;
}

function isAwsSdk(specifier: string): boolean {
  return /^(@aws-sdk|@smithy|@aws-crypto)\//.test(specifier) || specifier === 'aws-sdk';
}

function isWithin(path: string, part: string): boolean {
  return path === part || path.startsWith(`${part}/`);
}
