import * as z from 'zod';
import type { Resource } from './template.ts';

/**
 * The properties of a resource by its schema. Each schema names the properties that matter for its type; one that
 * would change what happens and is not run here makes it throw, naming the resource.
 */
export function parseProperties<T>(schema: z.ZodType<T>, resource: Resource): T {
  const parsed = schema.safeParse(resource.properties);
  if (parsed.success) return parsed.data;
  throw new Error(
    `${placeOf(resource)}: the embedded cloud cannot run it as the template has it\n${z.prettifyError(parsed.error)}`,
  );
}

/** Names a resource in errors: `TiendoData, Table (AWS::DynamoDB::Table)`. */
export function placeOf({ stack, logicalId, type }: Resource): string {
  return `${stack}, ${logicalId} (${type})`;
}
