import { type Context, lookUp, matchesPattern, substitute, variablesOf } from './patterns.ts';

interface Condition {
  quantifier: 'one' | 'all' | 'any';
  operator: Operator;
  key: string;
  values: readonly string[];
}

/** All of them must hold. */
export type Conditions = readonly Condition[];

const operators = [
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'ArnEquals',
  'ArnLike',
  'Bool',
  'Null',
] as const;
type Operator = (typeof operators)[number];

/**
 * The condition keys the embedded services give: a condition on any other could never hold here. One on a second
 * factor never does, and is not meant to: nobody signs in to this machine's AWS by hand.
 */
const knownKeys = [
  /^aws:PrincipalTag\/[^/]+$/i,
  /^aws:RequestTag\/[^/]+$/i,
  /^aws:(TagKeys|SecureTransport|SourceArn|SourceAccount|PrincipalArn|MultiFactorAuthPresent)$/i,
  /^sts:RoleSessionName$/i,
  /^dynamodb:LeadingKeys$/i,
  /^s3:prefix$/i,
  /^sns:(Protocol|Endpoint)$/i,
];

/** Reads the Condition element of a statement. Throws on an operator, key or variable that is not evaluated here. */
export function parseConditions(
  element: Record<string, Record<string, readonly string[]>>,
  where: string,
): Conditions {
  return Object.entries(element).flatMap(([name, keys]) => {
    const [, quantifier, operator] = /^(?:(ForAllValues|ForAnyValue):)?(\w+)$/.exec(name) ?? [];
    const known = operators.find((one) => one === operator);
    if (!known)
      throw new Error(`${where}: the embedded cloud does not evaluate the condition operator ${name}`);
    return Object.entries(keys).map(([key, values]) => {
      for (const one of [key, ...values.flatMap(variablesOf)]) checkKey(one, where);
      return {
        quantifier: quantifier === 'ForAllValues' ? 'all' : quantifier === 'ForAnyValue' ? 'any' : 'one',
        operator: known,
        key,
        values,
      };
    });
  });
}

/** Throws when a condition key or policy variable is none the embedded cloud gives a value. */
export function checkKey(key: string, where: string): void {
  if (!knownKeys.some((known) => known.test(key))) {
    throw new Error(`${where}: the embedded cloud gives no value to ${key}`);
  }
}

/** Whether all conditions hold for a request. */
export function matchesConditions(conditions: Conditions, context: Context): boolean {
  return conditions.every((condition) => matchesCondition(condition, context));
}

function matchesCondition({ quantifier, operator, key, values }: Condition, context: Context): boolean {
  const actual = lookUp(context, key);
  if (operator === 'Null') return values.some((value) => (value === 'true') === (actual === undefined));
  const isNegated = operator === 'StringNotEquals' || operator === 'StringNotLike';
  const matches = (text: string) =>
    isNegated !== values.some((pattern) => matchesValue(operator, pattern, text, context));
  switch (quantifier) {
    case 'all':
      // An absent key satisfies ForAllValues; that is why policies add "Null": "false".
      return (actual ?? []).every(matches);
    case 'any':
      return (actual ?? []).some(matches);
    case 'one':
      return actual === undefined ? isNegated : actual.length === 1 && actual.every(matches);
  }
}

function matchesValue(operator: Operator, pattern: string, text: string, context: Context): boolean {
  switch (operator) {
    case 'StringEquals':
    case 'StringNotEquals':
      return substitute(pattern, context) === text;
    case 'Bool':
      return pattern.toLowerCase() === text.toLowerCase();
    default:
      return matchesPattern(pattern, text, context);
  }
}
