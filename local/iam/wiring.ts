import * as z from 'zod';
import { accountId, region } from '../aws-service.ts';
import { readApi } from '../template/api.ts';
import { readDistribution } from '../template/distribution.ts';
import { readFunctions, readMappings } from '../template/functions.ts';
import { readQueues, readRules, readSchedules } from '../template/messaging.ts';
import { parseProperties } from '../template/properties.ts';
import { type RoleSettings, readResourcePolicies } from '../template/roles.ts';
import type { Template } from '../template/template.ts';
import type { Context } from './patterns.ts';
import { decide, type Statement } from './policies.ts';

const permissionSchema = z.object({
  Action: z.literal('lambda:InvokeFunction'),
  FunctionName: z.string(),
  Principal: z.string(),
});

/**
 * Checks that the services may do to each other what the template wires them for: rules and schedules send to
 * queues, mappings read queues, Lambda runs functions under their roles, the HTTP API invokes them, CloudFront reads its bucket. In the cloud
 * these fail silently or at deployment; here each throws at the start, naming who may not do what.
 */
export function checkWiring(template: Template, roles: readonly RoleSettings[]): void {
  const policies = readResourcePolicies(template);
  for (const [target, statements] of policies) checkEvaluated(target, statements);
  const queues = new Map(readQueues(template).map((queue) => [queue.arn, queue]));
  const roleOf = new Map(roles.map((role) => [role.arn, role]));

  for (const { name, arn, targets } of readRules(template)) {
    for (const { queueArn } of targets) {
      const statements = policies.get(queues.get(queueArn)?.url ?? '') ?? [];
      const context = { 'aws:SourceArn': arn, 'aws:SourceAccount': accountId };
      const principal = 'events.amazonaws.com';
      require(`Rule ${name}`, statements, 'sqs:SendMessage', queueArn, context, principal);
    }
  }
  for (const { name, queueArn, roleArn } of readSchedules(template)) {
    const role = roleOf.get(roleArn);
    const group = `arn:aws:scheduler:${region}:${accountId}:schedule-group/default`;
    const context = { 'aws:SourceArn': group, 'aws:SourceAccount': accountId };
    require(`Schedule ${name}`, role?.trust ?? [], 'sts:AssumeRole', '*', context, 'scheduler.amazonaws.com');
    require(`Schedule ${name}`, role?.statements ?? [], 'sqs:SendMessage', queueArn);
  }
  const functions = readFunctions(template);
  for (const { name, roleArn } of functions) {
    const trust = roleOf.get(roleArn)?.trust ?? [];
    require(`Function ${name}`, trust, 'sts:AssumeRole', '*', {}, 'lambda.amazonaws.com');
  }
  for (const { queueArn, functionName } of readMappings(template)) {
    const consumer = functions.find((one) => one.functionName === functionName);
    if (!consumer)
      throw new Error(`The event source mapping of ${queueArn} names no function of the template`);
    const { statements } = roleOf.get(consumer.roleArn) ?? { statements: [] };
    for (const action of ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']) {
      require(`Function ${consumer.name}`, statements, action, queueArn);
    }
  }
  const distribution = readDistribution(template);
  if (distribution) {
    const { arn, bucket } = distribution;
    const statements = policies.get(bucket.name) ?? [];
    const context = { 'aws:SourceArn': arn };
    require('The distribution', statements, 's3:GetObject', `${bucket.arn}/*`, context, 'cloudfront.amazonaws.com');
  }
  const invocable = new Set(
    template
      .of('AWS::Lambda::Permission')
      .map((permission) => parseProperties(permissionSchema, permission))
      .filter(({ Principal }) => Principal === 'apigateway.amazonaws.com')
      .map(({ FunctionName }) => FunctionName.slice(FunctionName.lastIndexOf(':') + 1)),
  );
  for (const { routeKey, functionName } of readApi(template)?.routes ?? []) {
    if (!invocable.has(functionName)) {
      throw new Error(
        `Route ${routeKey} is not authorized to perform: lambda:InvokeFunction on ${functionName}`,
      );
    }
  }
}

function require(
  who: string,
  statements: readonly Statement[],
  action: string,
  resource: string,
  context: Context = {},
  principal?: string,
): void {
  const decision = decide(statements, {
    action,
    resource,
    context: { 'aws:SecureTransport': 'true', ...context },
    ...(principal === undefined ? {} : { principal }),
  });
  if (decision === 'allow') return;
  throw new Error(`${who} is not authorized to perform: ${action} on resource: ${resource} (${decision})`);
}

/**
 * Policies of buckets, queues and topics are asked for what services do to each other only. So they may allow
 * services, and deny plain HTTP, which is not spoken of here; anything else would be ignored, so it throws.
 */
function checkEvaluated(target: string, statements: readonly Statement[]): void {
  for (const { sid, effect, principals, conditions } of statements) {
    const isForServices = principals?.every((one) => one.endsWith('.amazonaws.com')) ?? false;
    const isAgainstHttp = conditions.some(({ operator, key, values }) => {
      return (
        operator === 'Bool' && key === 'aws:SecureTransport' && values.every((value) => value === 'false')
      );
    });
    if (effect === 'Allow' ? isForServices : isAgainstHttp) continue;
    throw new Error(
      `The embedded cloud does not evaluate the statement ${sid} (${effect}) of the policy of ${target}`,
    );
  }
}
