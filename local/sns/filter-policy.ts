import * as z from 'zod';
import { parseValuePattern } from '../events/value-pattern.ts';
import { invalidParameter } from './query-protocol.ts';

/** Attributes of a published message: `{coordinator: {type: 'String', value: 'binh-duong-1'}}`. */
export type PublishedAttributes = Readonly<
  Record<string, { type: 'String' | 'String.Array' | 'Number'; value: string }>
>;

const policySchema = z.record(z.string(), z.array(z.unknown()).min(1));
const arraySchema = z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]));

/**
 * A filter policy over message attributes as a predicate: every named attribute must be there and match one of
 * its listed alternatives; of a `String.Array` one value has to. Throws `AwsError` InvalidParameter for what
 * SNS would refuse (over 5 names, over 150 combinations, no list) and for operators that are not known here.
 * @see https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
 */
export function parseFilterPolicy(text: string): (attributes: PublishedAttributes) => boolean {
  const parsed = policySchema.safeParse(parseJson(text));
  if (!parsed.success) throw invalidParameter('FilterPolicy: every name must have a list of values');
  const names = Object.keys(parsed.data);
  if (names.length > 5) throw invalidParameter('FilterPolicy: Filter policy can not have more than 5 keys');
  if (Object.values(parsed.data).reduce((product, { length }) => product * length, 1) > 150) {
    throw invalidParameter('FilterPolicy: Filter policy is too complex');
  }
  const tests = Object.entries(parsed.data).map(([name, alternatives]) => {
    const matchers = alternatives.map((alternative) => parseAlternative(name, alternative));
    return (attributes: PublishedAttributes) =>
      valuesOf(attributes, name).some((value) => matchers.some((matches) => matches(value)));
  });
  return (attributes) => tests.every((test) => test(attributes));
}

/** The values of a `String.Array` attribute. Throws `AwsError` InvalidParameter when it is not a JSON list of them. */
export function parseStringArray(text: string): z.infer<typeof arraySchema> {
  const parsed = arraySchema.safeParse(parseJson(text));
  if (!parsed.success)
    throw invalidParameter('MessageAttributes: a String.Array must be a JSON list of simple values');
  return parsed.data;
}

function parseAlternative(name: string, alternative: unknown): ReturnType<typeof parseValuePattern> {
  try {
    return parseValuePattern(alternative);
  } catch (error) {
    throw invalidParameter(
      `FilterPolicy: ${name}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function valuesOf(attributes: PublishedAttributes, name: string) {
  const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
  switch (attribute?.type) {
    case undefined:
      return [undefined];
    case 'String':
      return [attribute.value];
    case 'Number':
      return [Number(attribute.value)];
    case 'String.Array':
      return parseStringArray(attribute.value);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}
