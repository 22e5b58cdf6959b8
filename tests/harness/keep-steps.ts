import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type FunctionName, functionNames } from '../../infra/functions.ts';
import { pascalCase } from '../../infra/logical-id.ts';

const resourceSchema = z.looseObject({
  Type: z.string(),
  Properties: z.looseObject({ Targets: z.array(z.unknown()).optional() }).optional(),
});
const templateSchema = z.looseObject({ Resources: z.record(z.string(), resourceSchema) });
const stepTypes = ['AWS::Lambda::EventSourceMapping', 'AWS::Scheduler::Schedule'];

/**
 * Leaves in a synthesized pipeline the work of these functions only, so that a long run has none but that which it is
 * about: nothing is put into the queues of the others, and nothing is taken from them.
 */
export function keepSteps(templateDirectory: string, kept: readonly FunctionName[]): void {
  const path = join(templateDirectory, 'TiendoPipeline.template.json');
  const template = templateSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  const others = functionNames.filter((name) => !kept.includes(name)).map(pascalCase);
  const names = others.flatMap((name) => [`"${name}Function"`, `"${name}Queue"`]);
  const isOfOther = (part: unknown) => names.some((name) => JSON.stringify(part).includes(name));
  for (const [logicalId, { Type, Properties }] of Object.entries(template.Resources)) {
    if (stepTypes.includes(Type) && isOfOther(Properties)) delete template.Resources[logicalId];
    if (Properties?.Targets) Properties.Targets = Properties.Targets.filter((target) => !isOfOther(target));
  }
  writeFileSync(path, JSON.stringify(template));
}
