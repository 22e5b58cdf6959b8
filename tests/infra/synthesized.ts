import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import * as z from 'zod';
import { createTiendoApp, type Settings } from '../../infra/tiendo-app.ts';
import { temporaryFolder } from './temporary-folder.ts';

const resourceSchema = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z.array(z.string()).default([]),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});
export type Resource = z.infer<typeof resourceSchema>;

const templateSchema = z.object({
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z.record(z.string(), z.object({ Value: z.unknown() })).default({}),
});
export type SynthesizedTemplate = z.infer<typeof templateSchema>;

/** The app with one line of code for every function: what the templates say does not depend on the bundles. */
export function createApp(settings: Settings = {}): ReturnType<typeof createTiendoApp> {
  return createTiendoApp({
    ...settings,
    pages: standInPages(),
    codeOf: () => Code.fromInline('exports.handler = () => {};'),
    outdir: temporaryFolder(),
  });
}

/** A page and a script in the place of the built ones. */
function standInPages(): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>tiendo</title>');
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'assets/main-0a1b2c.js'), 'export {};');
  return folder;
}

/** All templates, as synthesized with all rules applied. */
export function synthesizeTemplates(settings: Settings = {}): {
  data: SynthesizedTemplate;
  pipeline: SynthesizedTemplate;
  analytics: SynthesizedTemplate;
  portal: SynthesizedTemplate;
} {
  const { directory } = createApp(settings).app.synth();
  const read = (stack: string) =>
    templateSchema.parse(JSON.parse(readFileSync(join(directory, `${stack}.template.json`), 'utf8')));
  return {
    data: read('TiendoData'),
    pipeline: read('TiendoPipeline'),
    analytics: read('TiendoAnalytics'),
    portal: read('TiendoPortal'),
  };
}

/** The resources of a type, by logical id. */
export function resourcesOf(
  { Resources }: SynthesizedTemplate,
  type: string,
): [id: string, resource: Resource][] {
  return Object.entries(Resources).filter(([, { Type }]) => Type === type);
}

const referenceSchema = z.union([
  z.object({ Ref: z.string() }).transform(({ Ref }) => Ref),
  z
    .object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) })
    .transform((reference) => reference['Fn::GetAtt'][0]),
  z
    .object({ 'Fn::ImportValue': z.string() })
    .transform((reference) => importedFrom(reference['Fn::ImportValue'])),
]);
const joinSchema = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) });

/**
 * A value as a person would say it: references by logical id, whichever stack they are in.
 * `{"Fn::Join":["",[{"Fn::ImportValue":"TiendoData:ExportsOutputFnGetAttExportBucketArn4DFA2B59"},"/*"]]}` →
 * `ExportBucket/*`.
 */
export function say(value: unknown): string {
  if (typeof value === 'string') return value;
  const reference = referenceSchema.safeParse(value);
  if (reference.success) return reference.data;
  const [separator, parts] = joinSchema.parse(value)['Fn::Join'];
  return parts.map(say).join(separator);
}

function importedFrom(exportName: string): string {
  const id =
    /^Tiendo\w+:ExportsOutput(?:Ref(\w+?)|FnGetAtt(\w+?)(?:Arn|ProviderURL|RegionalDomainName|ApiEndpoint))[0-9A-F]{8}$/.exec(
      exportName,
    );
  return id?.[1] ?? id?.[2] ?? exportName;
}
