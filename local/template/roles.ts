import * as z from 'zod';
import { parsePolicy, type Statement } from '../iam/policies.ts';
import { parseProperties, placeOf } from './properties.ts';
import type { Template } from './template.ts';

export interface RoleSettings {
  arn: string;
  name: string;
  /** Who may assume it. */
  trust: readonly Statement[];
  statements: readonly Statement[];
}

const attachedSchema = z.object({ PolicyDocument: z.unknown(), Roles: z.array(z.string()).default([]) });
const roleSchema = z.object({
  AssumeRolePolicyDocument: z.unknown(),
  Policies: z.array(z.object({ PolicyName: z.string(), PolicyDocument: z.unknown() })).default([]),
  ManagedPolicyArns: z.array(z.string()).default([]),
  PermissionsBoundary: z.never().optional(),
});

/** The roles with all their policies: inline ones, those attached by a policy, managed ones of the template. */
export function readRoles(template: Template): RoleSettings[] {
  const attached = (['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'] as const).flatMap((type) =>
    template.of(type).map((resource) => {
      const { PolicyDocument, Roles } = parseProperties(attachedSchema, resource);
      return { arn: resource.arn, roles: Roles, statements: parsePolicy(PolicyDocument, placeOf(resource)) };
    }),
  );
  return template.of('AWS::IAM::Role').map((resource) => {
    const role = parseProperties(roleSchema, resource);
    const managed = role.ManagedPolicyArns.map((arn) => {
      const found = attached.find((policy) => policy.arn === arn);
      if (!found)
        throw new Error(`${placeOf(resource)}: the embedded cloud does not know the managed policy ${arn}`);
      return found;
    });
    const mine = attached.filter(({ roles }) => roles.includes(resource.ref));
    return {
      arn: resource.arn ?? '',
      name: resource.ref,
      trust: parsePolicy(role.AssumeRolePolicyDocument, `${placeOf(resource)}, trust policy`),
      statements: [
        ...role.Policies.flatMap((one) =>
          parsePolicy(one.PolicyDocument, `${placeOf(resource)}, ${one.PolicyName}`),
        ),
        ...[...mine, ...managed].flatMap(({ statements }) => statements),
      ],
    };
  });
}

/** Statements of the policies of buckets, queues and topics, by the `Ref` of what they are attached to. */
export function readResourcePolicies(template: Template): ReadonlyMap<string, readonly Statement[]> {
  const schema = z.object({
    PolicyDocument: z.unknown(),
    Bucket: z.string().optional(),
    Queues: z.array(z.string()).default([]),
    Topics: z.array(z.string()).default([]),
  });
  const policies = new Map<string, Statement[]>();
  for (const type of ['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy'] as const) {
    for (const resource of template.of(type)) {
      const { PolicyDocument, Bucket, Queues, Topics } = parseProperties(schema, resource);
      const statements = parsePolicy(PolicyDocument, placeOf(resource));
      for (const target of [...(Bucket ? [Bucket] : []), ...Queues, ...Topics]) {
        policies.set(target, [...(policies.get(target) ?? []), ...statements]);
      }
    }
  }
  return policies;
}
