import { Duration, Size } from 'aws-cdk-lib';
import {
  ArnPrincipal,
  Policy,
  PrincipalWithConditions,
  Role,
  ServicePrincipal,
  SessionTagsPrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Architecture, type Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { allow } from './allow.ts';
import { definitionOf, type FunctionName, type Permission, type Resources } from './functions.ts';
import { named, pascalCase } from './logical-id.ts';

export interface PipelineFunctionProps {
  name: FunctionName;
  /** The bundle, with `index.mjs` at its root. */
  code: Code;
  resources: Resources;
  /** Unit ids, the only values the session tag `unit` may have. */
  units: readonly string[];
}

/**
 * One function of the list, with a log group and a role of its own. Where the list says so, also a unit
 * role: its permissions reach only keys that start with the unit its session is tagged with, and only this
 * function can assume it. The function's environment then names it as `UNIT_ROLE_ARN`.
 */
export class PipelineFunction extends Construct {
  readonly name: FunctionName;
  readonly lambda: LambdaFunction;
  readonly policy: Policy;

  constructor(scope: Construct, id: string, { name, code, resources, units }: PipelineFunctionProps) {
    super(scope, id);
    this.name = name;
    const definition = definitionOf(name);
    const prefix = pascalCase(name);

    const logs = named(new LogGroup(this, 'Logs', { retention: RetentionDays.SIX_MONTHS }), `${prefix}Logs`);
    const role = named(
      new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }),
      `${prefix}Role`,
    );
    const unitRole = this.createUnitRole(role, definition.unitPermissions?.(resources) ?? [], units);

    this.policy = named(
      new Policy(this, 'Policy', {
        roles: [role],
        statements: [
          allow({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logs.logGroupArn] }),
          ...definition.permissions(resources).map(allow),
          ...(unitRole
            ? [allow({ actions: ['sts:AssumeRole', 'sts:TagSession'], resources: [unitRole.roleArn] })]
            : []),
        ],
      }),
      `${prefix}Policy`,
    );

    this.lambda = named(
      new LambdaFunction(this, 'Function', {
        description: definition.description,
        code,
        handler: 'index.handler',
        runtime: Runtime.NODEJS_24_X,
        architecture: Architecture.ARM_64,
        timeout: Duration.seconds(definition.timeoutSeconds),
        memorySize: definition.memoryMb,
        ...(definition.storageMb && { ephemeralStorageSize: Size.mebibytes(definition.storageMb) }),
        role,
        logGroup: logs,
        environment: {
          POWERTOOLS_SERVICE_NAME: name,
          ...definition.environment(resources),
          ...(unitRole && { UNIT_ROLE_ARN: unitRole.roleArn }),
        },
      }),
      `${prefix}Function`,
    );
    // A function that starts before it may write its logs would lose them.
    this.lambda.node.addDependency(this.policy);
  }

  private createUnitRole(
    owner: Role,
    permissions: readonly Permission[],
    units: readonly string[],
  ): Role | undefined {
    if (permissions.length === 0) return undefined;
    const prefix = pascalCase(this.name);
    const unitRole = named(
      new Role(this, 'UnitRole', {
        description: `What ${this.name} may do for one unit; the session is tagged with it.`,
        // Naming the units also requires the tag to be there, and keeps `*` from ever becoming one.
        assumedBy: new SessionTagsPrincipal(
          new PrincipalWithConditions(new ArnPrincipal(owner.roleArn), {
            StringEquals: { 'aws:RequestTag/unit': units },
          }),
        ),
      }),
      `${prefix}UnitRole`,
    );
    named(
      new Policy(this, 'UnitPolicy', { roles: [unitRole], statements: permissions.map(allow) }),
      `${prefix}UnitPolicy`,
    );
    return unitRole;
  }
}
