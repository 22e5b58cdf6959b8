import { DatabaseSync } from 'node:sqlite';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AwsService } from '../../../local/aws-service.ts';
import { type Clock, createClock } from '../../../local/clock.ts';
import { type Gateway, startGateway } from '../../../local/gateway.ts';
import { createAuthorizer } from '../../../local/iam/authorizer.ts';
import { type Credentials, createIdentities, type Identities } from '../../../local/iam/identities.ts';
import { parsePolicy } from '../../../local/iam/policies.ts';
import { createSts } from '../../../local/iam/sts.ts';

const roleArn = (name: string) => `arn:aws:iam::000000000000:role/${name}`;
const policy = (...Statement: unknown[]) => parsePolicy({ Version: '2012-10-17', Statement }, 'P');
const assume = {
  Effect: 'Allow',
  Action: ['sts:AssumeRole', 'sts:TagSession'],
  Resource: roleArn('UnitRole'),
};
const roles = [
  { name: 'IngestRole', arn: roleArn('IngestRole'), trust: [], statements: policy(assume) },
  {
    name: 'NoTagRole',
    arn: roleArn('NoTagRole'),
    trust: [],
    statements: policy({ ...assume, Action: 'sts:AssumeRole' }),
  },
  { name: 'StrangerRole', arn: roleArn('StrangerRole'), trust: [], statements: policy(assume) },
  {
    name: 'UnitRole',
    arn: roleArn('UnitRole'),
    trust: policy({
      Effect: 'Allow',
      Action: ['sts:AssumeRole', 'sts:TagSession'],
      Principal: { AWS: [roleArn('IngestRole'), roleArn('NoTagRole')] },
      Condition: { StringEquals: { 'aws:RequestTag/unit': ['74', '79'] } },
    }),
    statements: policy({
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::b/${aws:PrincipalTag/unit}/*',
    }),
  },
];
const functions = ['Ingest', 'NoTag', 'Stranger'].map((name) => ({
  name: name.toLowerCase(),
  roleArn: roleArn(`${name}Role`),
}));

let database: DatabaseSync;
let clock: Clock;
let identities: Identities;
let gateway: Gateway;

beforeEach(async () => {
  database = new DatabaseSync(':memory:');
  clock = createClock(new Date().toISOString());
  identities = createIdentities({ database, clock, functions });
  const probe: AwsService = {
    name: 's3',
    protocol: 'rest-xml',
    async handle(call) {
      call.authorize('s3:GetObject', `arn:aws:s3:::b${call.path}`);
      return { status: 200 };
    },
  };
  gateway = await startGateway({
    services: [createSts({ clock, identities, roles }), probe],
    identify: (key) => identities.identify(key),
    authorize: createAuthorizer(roles),
    clock,
  });
});
afterEach(async () => {
  await gateway.close();
  database.close();
});

function sts(credentials: Credentials): STSClient {
  return new STSClient({ region: 'ap-southeast-1', endpoint: gateway.endpoint, credentials, maxAttempts: 1 });
}

async function assumeUnit(from: string, unit: string | undefined, seconds = 900): Promise<Credentials> {
  const { Credentials: given } = await sts(identities.credentialsOf(from)).send(
    new AssumeRoleCommand({
      RoleArn: roleArn('UnitRole'),
      RoleSessionName: 'unit-74',
      DurationSeconds: seconds,
      ...(unit === undefined ? {} : { Tags: [{ Key: 'unit', Value: unit }] }),
    }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = given ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

describe('AssumeRole', () => {
  it('gives credentials that carry the session tags and the function', async () => {
    const session = await assumeUnit('ingest', '74');
    expect(identities.identify(session.accessKeyId)).toMatchObject({
      sessionToken: session.sessionToken,
      caller: {
        roleArn: roleArn('UnitRole'),
        sessionName: 'unit-74',
        tags: { unit: '74' },
        functionName: 'ingest',
      },
    });
    const { Arn } = await sts(session).send(new GetCallerIdentityCommand({}));
    expect(Arn).toBe('arn:aws:sts::000000000000:assumed-role/UnitRole/unit-74');
  });

  it.each([
    ['a unit the trust policy does not list', 'ingest', '80', /trust policy/],
    ['no tag', 'ingest', undefined, /trust policy/],
    ['a caller the trust policy does not name', 'stranger', '74', /trust policy/],
    [
      'a caller that may not tag',
      'notag',
      '74',
      /assumed-role\/NoTagRole\/notag \(function notag\) is not authorized to perform: sts:TagSession on resource: arn:aws:iam::000000000000:role\/UnitRole/,
    ],
  ])('refuses %s', async (_, from, unit, message) => {
    await expect(assumeUnit(from, unit)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringMatching(message),
    });
  });

  it.each([
    [899, false],
    [900, true],
    [3600, true],
    [3601, false],
  ])('of %i seconds: %s', async (seconds, isGiven) => {
    const given = assumeUnit('ingest', '74', seconds);
    if (isGiven) expect((await given).accessKeyId).toMatch(/^ASIA/);
    else await expect(given).rejects.toThrow('DurationSeconds');
  });
});

describe('a session', () => {
  it('ends by the embedded clock', async () => {
    const { accessKeyId } = await assumeUnit('ingest', '74');
    clock.moveTo(new Date(clock.nowMs() + 899_999).toISOString());
    expect(identities.identify(accessKeyId)).toBeDefined();
    clock.moveTo(new Date(clock.nowMs() + 1).toISOString());
    expect(() => identities.identify(accessKeyId)).toThrow('expired');
  });

  it('and every other key outlives a restart', async () => {
    const session = await assumeUnit('ingest', '74');
    const again = createIdentities({ database, clock, functions });
    expect(again.identify(session.accessKeyId)).toEqual(identities.identify(session.accessKeyId));
    expect(again.operator).toEqual(identities.operator);
    expect(again.credentialsOf('ingest')).toEqual(identities.credentialsOf('ingest'));
  });

  it('sees only what its tag allows', async () => {
    const caller = identities.identify((await assumeUnit('ingest', '74')).accessKeyId)?.caller;
    if (!caller) throw new Error('no caller');
    const authorize = createAuthorizer(roles);
    expect(() => authorize(caller, 's3:GetObject', 'arn:aws:s3:::b/74/x', {})).not.toThrow();
    expect(() => authorize(caller, 's3:GetObject', 'arn:aws:s3:::b/79/x', {})).toThrow(
      'User: arn:aws:sts::000000000000:assumed-role/UnitRole/unit-74 (function ingest) is not authorized to perform: ' +
        's3:GetObject on resource: arn:aws:s3:::b/79/x because no identity-based policy allows the s3:GetObject action',
    );
  });
});

it('the operator is asked for no policy', () => {
  const caller = identities.identify(identities.operator.accessKeyId)?.caller;
  if (!caller) throw new Error('no caller');
  expect(() => createAuthorizer([])(caller, 's3:DeleteObject', 'x', {})).not.toThrow();
});

it('two data directories have different secrets', () => {
  const other = createIdentities({ database: new DatabaseSync(':memory:'), clock, functions });
  expect(other.operator).not.toEqual(identities.operator);
});
