import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const stackSchema = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Properties: z.record(z.string(), z.unknown()).default({}),
      Condition: z.string().optional(),
    }),
  ),
  Parameters: z
    .record(z.string(), z.object({ Type: z.string(), Default: z.unknown().optional() }))
    .default({}),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Export: z.object({ Name: z.unknown() }).optional() }))
    .default({}),
});
/** A template as it is written, nothing resolved. */
export type Stack = z.infer<typeof stackSchema>;

const assetsSchema = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string() }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
});

/** The templates of a cloud assembly, by the names of their stacks. Throws when there is none or one is malformed. */
export function readStacks(directory: string): Map<string, Stack> {
  const files = existsSync(directory)
    ? readdirSync(directory).filter((name) => name.endsWith('.template.json'))
    : [];
  if (files.length === 0) throw new Error(`${directory} holds no template: synthesize the app first`);
  return new Map(
    files.sort().map((file) => {
      const parsed = stackSchema.safeParse(JSON.parse(readFileSync(join(directory, file), 'utf8')));
      if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
      return [file.slice(0, -'.template.json'.length), parsed.data];
    }),
  );
}

/** The directories of the assets of a cloud assembly, by object key. */
export function readAssets(directory: string): Map<string, string> {
  const files = readdirSync(directory).filter((name) => name.endsWith('.assets.json'));
  return new Map(
    files.flatMap((file) => {
      const manifest = assetsSchema.parse(JSON.parse(readFileSync(join(directory, file), 'utf8')));
      return Object.values(manifest.files).flatMap(({ source, destinations }) =>
        Object.values(destinations).map(
          ({ objectKey }) => [objectKey, join(directory, source.path)] as const,
        ),
      );
    }),
  );
}
