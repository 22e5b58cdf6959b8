import { AwsError, type Caller, operatorArn } from '../aws-service.ts';
import type { RoleSettings } from '../template/roles.ts';
import { principalOf } from './identities.ts';
import type { Context } from './patterns.ts';
import { decide } from './policies.ts';

/**
 * Checks calls against the statements of the caller's role, as the gateway asks for each. Throws `AwsError` 403
 * AccessDenied in AWS's words, with the function added: `User: arn:aws:sts::…:assumed-role/IngestRole/ingest
 * (function ingest) is not authorized to perform: dynamodb:PutItem on resource: … because …`.
 */
export function createAuthorizer(
  roles: readonly RoleSettings[],
): (caller: Caller, action: string, resource: string, context: Context) => void {
  const byArn = new Map(roles.map((role) => [role.arn, role]));
  return (caller, action, resource, context) => {
    if (caller.roleArn === operatorArn) return;
    const decision = decide(byArn.get(caller.roleArn)?.statements ?? [], {
      action,
      resource,
      context: {
        // Requests stand for HTTPS ones: policies that deny plain HTTP have nothing to deny on this machine.
        'aws:SecureTransport': 'true',
        'aws:PrincipalArn': caller.roleArn,
        ...Object.fromEntries(
          Object.entries(caller.tags).map(([name, value]) => [`aws:PrincipalTag/${name}`, value]),
        ),
        ...context,
      },
    });
    if (decision === 'allow') return;
    const from = caller.functionName ? ` (function ${caller.functionName})` : '';
    const why =
      decision === 'explicit-deny'
        ? 'with an explicit deny in an identity-based policy'
        : `because no identity-based policy allows the ${action} action`;
    throw new AwsError(
      403,
      denialCodes[action.split(':')[0] ?? ''] ?? 'AccessDeniedException',
      `User: ${principalOf(caller)}${from} is not authorized to perform: ${action} on resource: ${resource} ${why}`,
    );
  };
}

/** What services call a denial; the others say AccessDeniedException. */
const denialCodes: Readonly<Record<string, string>> = {
  s3: 'AccessDenied',
  sts: 'AccessDenied',
  sqs: 'AccessDenied',
  sns: 'AuthorizationError',
};
