import * as z from 'zod';
import { type PatternValue, parseValuePattern } from './value-pattern.ts';

const valueSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const objectSchema = z.record(z.string(), z.unknown());

/**
 * An EventBridge pattern as a predicate of the whole envelope: every named field must match one of its listed
 * alternatives, nested objects likewise; a field that is a list matches when one of its values does. Throws an
 * `Error` that names the field for everything it does not know (`$or`, numeric ranges, wildcards …).
 * Example: `{source: ['aws.s3'], detail: {bucket: {name: ['uploads']}, object: {key: [{prefix: '74/'}]}}}`.
 */
export function parseEventPattern(pattern: unknown, path = 'pattern'): (event: unknown) => boolean {
  const fields = objectSchema.safeParse(pattern);
  if (!fields.success || Object.keys(fields.data).length === 0)
    throw new Error(`${path} must be an object with fields`);
  const tests = Object.entries(fields.data).map(([name, inner]) => {
    const fieldPath = `${path}.${name}`;
    if (name.startsWith('$')) throw new Error(`${fieldPath}: unknown operator "${name}"`);
    const test = Array.isArray(inner)
      ? parseAlternatives(inner, fieldPath)
      : parseEventPattern(inner, fieldPath);
    return (event: unknown) => {
      const object = objectSchema.safeParse(event);
      return test(object.success && Object.hasOwn(object.data, name) ? object.data[name] : undefined);
    };
  });
  return (event) => tests.every((test) => test(event));
}

function parseAlternatives(patterns: readonly unknown[], path: string): (value: unknown) => boolean {
  if (patterns.length === 0) throw new Error(`${path} lists no value`);
  const tests = patterns.map((pattern) => {
    try {
      return parseValuePattern(pattern);
    } catch (cause) {
      throw new Error(`${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
  });
  return (field) => valuesOf(field).some((value) => tests.some((test) => test(value)));
}

/** What a field offers to its alternatives: a list offers each of its values, an object none. */
function valuesOf(field: unknown): readonly PatternValue[] {
  if (field === undefined) return [undefined];
  return (Array.isArray(field) ? field : [field]).flatMap((value) => {
    const parsed = valueSchema.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
}
