import { randomUUID } from 'node:crypto';
import {
  type AwsCall,
  AwsError,
  type AwsResponse,
  type AwsService,
  accountId,
  readBody,
} from '../aws-service.ts';
import type { Clock } from '../clock.ts';
import type { RoleSettings } from '../template/roles.ts';
import { type Identities, principalOf } from './identities.ts';
import { decide } from './policies.ts';

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const shortestSeconds = 900;
const longestSeconds = 3600;

/**
 * The embedded STS: AssumeRole with session tags, and GetCallerIdentity. Assuming a role takes both the caller's
 * policies and the role's trust policy, for `sts:AssumeRole` and, with tags, for `sts:TagSession`. (AWS would be
 * content with a trust policy that names the caller; asking both keeps the permission visible.)
 */
export function createSts(settings: {
  clock: Clock;
  identities: Identities;
  roles: readonly RoleSettings[];
}): AwsService {
  const roles = new Map(settings.roles.map((role) => [role.arn, role]));

  function assumeRole(call: AwsCall, parameters: URLSearchParams): string {
    const roleArn = required(parameters, 'RoleArn');
    const sessionName = required(parameters, 'RoleSessionName');
    if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) throw invalid(`RoleSessionName ${sessionName}`);
    const seconds = Number(parameters.get('DurationSeconds') ?? longestSeconds);
    if (!(Number.isInteger(seconds) && seconds >= shortestSeconds && seconds <= longestSeconds)) {
      throw invalid(`DurationSeconds must be between ${shortestSeconds} and ${longestSeconds}`);
    }
    for (const name of parameters.keys()) {
      if (
        !/^(Action|Version|RoleArn|RoleSessionName|DurationSeconds|Tags\.member\.\d+\.(Key|Value))$/.test(
          name,
        )
      ) {
        throw new AwsError(501, 'NotImplemented', `The embedded STS does not know the parameter ${name}`);
      }
    }
    const tags = readTags(parameters);

    const context = {
      'sts:RoleSessionName': sessionName,
      ...Object.fromEntries(Object.entries(tags).map(([name, value]) => [`aws:RequestTag/${name}`, value])),
      ...(Object.keys(tags).length > 0 ? { 'aws:TagKeys': Object.keys(tags) } : {}),
    };
    const actions = ['sts:AssumeRole', ...(Object.keys(tags).length > 0 ? ['sts:TagSession'] : [])];
    for (const action of actions) {
      call.authorize(action, roleArn, context);
      const request = { action, resource: '*', context, principal: call.caller.roleArn };
      if (decide(roles.get(roleArn)?.trust ?? [], request) !== 'allow') {
        const from = call.caller.functionName ? ` (function ${call.caller.functionName})` : '';
        throw new AwsError(
          403,
          'AccessDenied',
          `User: ${principalOf(call.caller)}${from} is not authorized to perform: ${action} on resource: ${roleArn} ` +
            'because its trust policy does not allow it',
        );
      }
    }

    const expiresAtMs = settings.clock.nowMs() + seconds * 1000;
    const { functionName } = call.caller;
    const credentials = settings.identities.openSession({
      roleArn,
      sessionName,
      tags,
      expiresAtMs,
      ...(functionName === undefined ? {} : { functionName }),
    });
    const caller = { ...credentials, roleArn, sessionName, tags };
    return `<Credentials><AccessKeyId>${credentials.accessKeyId}</AccessKeyId>
      <SecretAccessKey>${credentials.secretAccessKey}</SecretAccessKey>
      <SessionToken>${credentials.sessionToken}</SessionToken>
      <Expiration>${new Date(expiresAtMs).toISOString()}</Expiration></Credentials>
      <AssumedRoleUser><Arn>${principalOf(caller)}</Arn>
      <AssumedRoleId>AROA:${sessionName}</AssumedRoleId></AssumedRoleUser>`;
  }

  return {
    name: 'sts',
    protocol: 'query',
    async handle(call) {
      const parameters = new URLSearchParams((await readBody(call.body)).toString('utf8'));
      const action = parameters.get('Action');
      switch (action) {
        case 'AssumeRole':
          return render(action, assumeRole(call, parameters));
        case 'GetCallerIdentity':
          return render(
            action,
            `<Arn>${principalOf(call.caller)}</Arn><UserId>${call.caller.accessKeyId}</UserId><Account>${accountId}</Account>`,
          );
        default:
          throw new AwsError(501, 'NotImplemented', `The embedded STS does not know the action ${action}`);
      }
    },
  };
}

function readTags(parameters: URLSearchParams): Record<string, string> {
  const tags: Record<string, string> = {};
  for (let n = 1; parameters.has(`Tags.member.${n}.Key`); n++) {
    const key = required(parameters, `Tags.member.${n}.Key`);
    const value = parameters.get(`Tags.member.${n}.Value`) ?? '';
    if (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value)) throw invalid(`the value of tag ${key}`);
    tags[key] = value;
  }
  return tags;
}

function required(parameters: URLSearchParams, name: string): string {
  const value = parameters.get(name);
  if (!value) throw invalid(`${name} is missing`);
  return value;
}

function invalid(what: string): AwsError {
  return new AwsError(400, 'ValidationError', `Invalid: ${what}`);
}

function render(action: string, result: string): AwsResponse {
  return {
    status: 200,
    headers: { 'content-type': 'text/xml' },
    body: `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${result}</${action}Result>
      <ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata></${action}Response>`,
  };
}
