import * as z from 'zod';

/** A value a pattern looks at; `undefined` when the field is absent. */
export type PatternValue = string | number | boolean | null | undefined;

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const operators = {
  prefix: z.string(),
  suffix: z.string(),
  exists: z.boolean(),
  'anything-but': z.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()])).min(1)]),
};

/**
 * One alternative of an EventBridge rule or an SNS filter policy as a predicate: an exact value, or one of
 * `{prefix}`, `{suffix}`, `{exists}`, `{'anything-but': value or values}`. Throws an `Error` naming an operator
 * it does not know, so that no rule silently matches nothing. An absent field satisfies only `exists: false`.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function parseValuePattern(pattern: unknown): (value: PatternValue) => boolean {
  const exact = scalar.safeParse(pattern);
  if (exact.success) return (value) => value === exact.data;
  const operator = z.record(z.string(), z.unknown()).safeParse(pattern);
  const [entry, ...others] = operator.success ? Object.entries(operator.data) : [];
  if (!entry || others.length > 0)
    throw new Error(`A pattern must be a value or one operator: ${JSON.stringify(pattern)}`);
  const [name, operand] = entry;
  switch (name) {
    case 'prefix': {
      const prefix = operators.prefix.parse(operand);
      return (value) => typeof value === 'string' && value.startsWith(prefix);
    }
    case 'suffix': {
      const suffix = operators.suffix.parse(operand);
      return (value) => typeof value === 'string' && value.endsWith(suffix);
    }
    case 'exists': {
      const exists = operators.exists.parse(operand);
      return (value) => (value !== undefined) === exists;
    }
    case 'anything-but': {
      const refused: readonly PatternValue[] = [operators['anything-but'].parse(operand)].flat();
      return (value) => value !== undefined && !refused.includes(value);
    }
    default:
      throw new Error(
        `Unknown operator "${name}" in a pattern; known are ${Object.keys(operators).join(', ')}`,
      );
  }
}
