import * as z from 'zod';
import { type Conditions, checkKey, matchesConditions, parseConditions } from './conditions.ts';
import { type Context, matchesPattern, variablesOf } from './patterns.ts';

/**
 * IAM policies, as far as the app's templates use them: identity policies of roles, trust policies of roles and
 * resource policies. Whatever a policy says beyond that is an error when it is read, never ignored.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */

export interface Statement {
  sid: string;
  effect: 'Allow' | 'Deny';
  /** Patterns such as `dynamodb:*Item`, compared without case. */
  actions: readonly string[];
  /** Patterns such as `arn:aws:s3:::uploads/${aws:PrincipalTag/unit}/*`; `*` for a trust policy. */
  resources: readonly string[];
  /** Patterns of ARNs and service names; only in trust and resource policies. */
  principals?: readonly string[];
  conditions: Conditions;
}

export interface AccessRequest {
  action: string;
  resource: string;
  /** Condition keys and their values: `aws:PrincipalTag/unit`, `dynamodb:LeadingKeys` … */
  context: Context;
  /** ARN of a role or name of a service; asked only where statements have principals. */
  principal?: string;
}

/** `implicit-deny`: no statement speaks of it. */
export type Decision = 'allow' | 'explicit-deny' | 'implicit-deny';

const texts = z.union([z.string().transform((text) => [text]), z.array(z.string())]);

const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: texts,
  Resource: texts.optional(),
  Principal: z
    .union([z.literal('*'), z.strictObject({ AWS: texts.optional(), Service: texts.optional() })])
    .optional(),
  Condition: z
    .record(z.string(), z.record(z.string(), z.union([texts, z.boolean().transform((is) => [String(is)])])))
    .optional(),
});

const documentSchema = z.strictObject({
  Version: z.literal('2012-10-17'),
  Statement: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown()).transform((one) => [one])]),
});

/**
 * Reads a policy document. `where` names it in errors. Throws on any element, condition operator, condition key
 * or policy variable the embedded cloud does not evaluate.
 */
export function parsePolicy(document: unknown, where: string): Statement[] {
  const parsed = documentSchema.safeParse(document);
  if (!parsed.success) throw new Error(`${where}: ${z.prettifyError(parsed.error)}`);
  return parsed.data.Statement.map((raw, index) => {
    const at = `${where}, statement ${index + 1}`;
    const result = statementSchema.safeParse(raw);
    if (!result.success) {
      throw new Error(`${at}: the embedded cloud does not evaluate this\n${z.prettifyError(result.error)}`);
    }
    const { Sid, Effect, Action, Resource, Principal, Condition } = result.data;
    for (const name of (Resource ?? []).flatMap(variablesOf)) checkKey(name, at);
    const principals =
      Principal === undefined
        ? undefined
        : Principal === '*'
          ? ['*']
          : [...(Principal.AWS ?? []), ...(Principal.Service ?? [])];
    return {
      sid: Sid ?? '',
      effect: Effect,
      actions: Action,
      resources: Resource ?? ['*'],
      ...(principals === undefined ? {} : { principals }),
      conditions: parseConditions(Condition ?? {}, at),
    };
  });
}

/** What the statements together say: an explicit deny wins over an allow, an allow over silence. */
export function decide(statements: readonly Statement[], request: AccessRequest): Decision {
  const applying = statements.filter((statement) => applies(statement, request));
  if (applying.some(({ effect }) => effect === 'Deny')) return 'explicit-deny';
  return applying.length > 0 ? 'allow' : 'implicit-deny';
}

function applies(statement: Statement, { action, resource, context, principal }: AccessRequest): boolean {
  return (
    statement.actions.some((pattern) => matchesPattern(pattern.toLowerCase(), action.toLowerCase(), {})) &&
    statement.resources.some((pattern) => matchesPattern(pattern, resource, context)) &&
    (statement.principals === undefined ||
      statement.principals.some((one) => one === '*' || one === principal)) &&
    matchesConditions(statement.conditions, context)
  );
}
