import { describe, expect, it } from 'vitest';
import { type AccessRequest, type Decision, decide, parsePolicy } from '../../../local/iam/policies.ts';

const table = 'arn:aws:dynamodb:ap-southeast-1:000000000000:table/T';

function policy(...statements: unknown[]) {
  return parsePolicy({ Version: '2012-10-17', Statement: statements }, 'Policy P');
}

function ask(action: string, resource: string, context: AccessRequest['context'] = {}): AccessRequest {
  return { action, resource, context };
}

describe('actions and resources', () => {
  const allow = policy({
    Effect: 'Allow',
    Action: ['dynamodb:*Item', 's3:Get?bject'],
    Resource: [table, 'arn:aws:s3:::b/74/*'],
  });
  it.each<[string, string, Decision]>([
    ['dynamodb:PutItem', table, 'allow'],
    ['dynamodb:putitem', table, 'allow'],
    ['dynamodb:BatchGetItem', table, 'allow'],
    ['dynamodb:PutItems', table, 'implicit-deny'],
    ['dynamodb:Query', table, 'implicit-deny'],
    ['dynamodb:PutItem', `${table}2`, 'implicit-deny'],
    ['dynamodb:PutItem', `${table}/index/open`, 'implicit-deny'],
    ['s3:GetObject', 'arn:aws:s3:::b/74/01', 'allow'],
    ['s3:GetObject', 'arn:aws:s3:::b/74/a/b', 'allow'],
    ['s3:GetObject', 'arn:aws:s3:::b/74', 'implicit-deny'],
    ['s3:GetObject', 'arn:aws:s3:::b/740/01', 'implicit-deny'],
    ['s3:GetObject', 'ARN:aws:s3:::b/74/01', 'implicit-deny'],
  ])('%s on %s: %s', (action, resource, decision) => {
    expect(decide(allow, ask(action, resource))).toBe(decision);
  });

  it('an explicit deny wins over an allow, whatever the order', () => {
    const deny = policy({ Effect: 'Deny', Action: 'dynamodb:DeleteItem', Resource: '*' });
    expect(decide([...allow, ...deny], ask('dynamodb:DeleteItem', table))).toBe('explicit-deny');
    expect(decide([...deny, ...allow], ask('dynamodb:DeleteItem', table))).toBe('explicit-deny');
    expect(decide([...deny, ...allow], ask('dynamodb:PutItem', table))).toBe('allow');
  });
});

describe('policy variables', () => {
  const own = policy({
    Effect: 'Allow',
    Action: 's3:PutObject',
    Resource: 'arn:aws:s3:::b/${aws:PrincipalTag/unit}/*',
  });
  it.each<[string, string | undefined, Decision]>([
    ['arn:aws:s3:::b/74/x', '74', 'allow'],
    ['arn:aws:s3:::b/79/x', '74', 'implicit-deny'],
    ['arn:aws:s3:::b/74/x', undefined, 'implicit-deny'],
    ['arn:aws:s3:::b//x', undefined, 'implicit-deny'],
    ['arn:aws:s3:::b/79/x', '*', 'implicit-deny'],
    ['arn:aws:s3:::b/79/x', '7?', 'implicit-deny'],
  ])('%s with the tag %s: %s', (resource, unit, decision) => {
    const context = unit === undefined ? {} : { 'aws:PrincipalTag/unit': unit };
    expect(decide(own, ask('s3:PutObject', resource, context))).toBe(decision);
  });
});

describe('conditions', () => {
  const own = policy({
    Effect: 'Allow',
    Action: 'dynamodb:GetItem',
    Resource: table,
    Condition: {
      'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['${aws:PrincipalTag/unit}#*'] },
      Null: { 'dynamodb:LeadingKeys': 'false' },
    },
  });
  it.each<[string, readonly string[] | undefined, Decision]>([
    ['one own key', ['74#HEAD'], 'allow'],
    ['several own keys', ['74#HEAD', '74#ALERTS'], 'allow'],
    ['one strange key among own ones', ['74#HEAD', '79#HEAD'], 'implicit-deny'],
    ['a key that merely begins alike', ['740#HEAD'], 'implicit-deny'],
    ['no key at all', undefined, 'implicit-deny'],
  ])('leading keys, %s: %s → %s', (_, keys, decision) => {
    const context = { 'aws:PrincipalTag/unit': '74', ...(keys ? { 'dynamodb:LeadingKeys': keys } : {}) };
    expect(decide(own, ask('dynamodb:GetItem', table, context))).toBe(decision);
  });

  it('without Null, ForAllValues allows a request that has no key, as AWS does', () => {
    const careless = policy({
      Effect: 'Allow',
      Action: '*',
      Resource: '*',
      Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['74#*'] } },
    });
    expect(decide(careless, ask('dynamodb:Scan', table))).toBe('allow');
  });

  it.each<[string, Record<string, unknown>, Record<string, string | string[]>, Decision]>([
    ['StringEquals', { 'aws:RequestTag/unit': '74' }, { 'aws:RequestTag/unit': '74' }, 'allow'],
    ['StringEquals', { 'aws:RequestTag/unit': '7*' }, { 'aws:RequestTag/unit': '74' }, 'implicit-deny'],
    [
      'StringEquals',
      { 'aws:RequestTag/unit': '${aws:PrincipalTag/unit}' },
      { 'aws:RequestTag/unit': '74', 'aws:PrincipalTag/unit': '74' },
      'allow',
    ],
    ['StringEquals', { 'aws:RequestTag/unit': '74' }, {}, 'implicit-deny'],
    ['StringNotEquals', { 'aws:RequestTag/unit': '74' }, { 'aws:RequestTag/unit': '79' }, 'allow'],
    ['StringNotEquals', { 'aws:RequestTag/unit': '74' }, {}, 'allow'],
    ['StringLike', { 'aws:RequestTag/unit': ['7?', 'B*'] }, { 'aws:RequestTag/unit': 'BTTTT' }, 'allow'],
    ['StringLike', { 'aws:RequestTag/unit': ['7?', 'B*'] }, { 'aws:RequestTag/unit': '7' }, 'implicit-deny'],
    [
      'ArnLike',
      { 'aws:SourceArn': 'arn:aws:events:*:*:rule/R' },
      { 'aws:SourceArn': 'arn:aws:events:x:0:rule/R' },
      'allow',
    ],
    [
      'ArnLike',
      { 'aws:SourceArn': 'arn:aws:events:*:*:rule/R' },
      { 'aws:SourceArn': 'arn:aws:events:x:0:rule/S' },
      'implicit-deny',
    ],
    ['Bool', { 'aws:SecureTransport': false }, { 'aws:SecureTransport': 'true' }, 'implicit-deny'],
    ['Bool', { 'aws:SecureTransport': 'true' }, { 'aws:SecureTransport': 'true' }, 'allow'],
    ['Null', { 'aws:RequestTag/unit': 'true' }, {}, 'allow'],
    ['Null', { 'aws:RequestTag/unit': 'false' }, { 'aws:RequestTag/unit': '74' }, 'allow'],
    [
      'ForAllValues:StringEquals',
      { 'aws:TagKeys': ['unit'] },
      { 'aws:TagKeys': ['unit', 'role'] },
      'implicit-deny',
    ],
    ['ForAnyValue:StringEquals', { 'aws:TagKeys': ['unit'] }, { 'aws:TagKeys': ['unit', 'role'] }, 'allow'],
    ['ForAnyValue:StringEquals', { 'aws:TagKeys': ['unit'] }, {}, 'implicit-deny'],
  ])('%s %o with %o: %s', (operator, keys, context, decision) => {
    const statements = policy({
      Effect: 'Allow',
      Action: '*',
      Resource: '*',
      Condition: { [operator]: keys },
    });
    expect(decide(statements, ask('sts:AssumeRole', 'arn:role', context))).toBe(decision);
  });
});

describe('principals', () => {
  const trust = policy({
    Effect: 'Allow',
    Action: ['sts:AssumeRole'],
    Principal: { AWS: 'arn:role/ingest', Service: ['lambda.amazonaws.com'] },
  });
  it.each<[string | undefined, Decision]>([
    ['arn:role/ingest', 'allow'],
    ['lambda.amazonaws.com', 'allow'],
    ['arn:role/ingest2', 'implicit-deny'],
    [undefined, 'implicit-deny'],
  ])('%s: %s', (principal, decision) => {
    const request = { ...ask('sts:AssumeRole', 'x'), ...(principal ? { principal } : {}) };
    expect(decide(trust, request)).toBe(decision);
  });
});

describe('what is not evaluated stops with an error', () => {
  it.each<[string, unknown, RegExp]>([
    ['NotAction', { Effect: 'Allow', NotAction: 's3:*', Resource: '*' }, /Policy P, statement 1/],
    ['NotResource', { Effect: 'Allow', Action: 's3:*', NotResource: '*' }, /NotResource/],
    ['another effect', { Effect: 'Maybe', Action: 's3:*', Resource: '*' }, /Effect/],
    [
      'an operator',
      {
        Effect: 'Allow',
        Action: '*',
        Resource: '*',
        Condition: { DateLessThan: { 'aws:CurrentTime': 'x' } },
      },
      /operator DateLessThan/,
    ],
    [
      'IfExists',
      {
        Effect: 'Allow',
        Action: '*',
        Resource: '*',
        Condition: { StringLikeIfExists: { 's3:prefix': 'x' } },
      },
      /operator StringLikeIfExists/,
    ],
    [
      'a condition key',
      { Effect: 'Allow', Action: '*', Resource: '*', Condition: { StringLike: { 'aws:UserAgent': 'x' } } },
      /aws:UserAgent/,
    ],
    [
      'a variable',
      {
        Effect: 'Allow',
        Action: '*',
        Resource: '*',
        Condition: { StringLike: { 's3:prefix': '${aws:username}' } },
      },
      /aws:username/,
    ],
    [
      'a variable in a resource',
      { Effect: 'Allow', Action: '*', Resource: 'arn:aws:s3:::b/${aws:username}' },
      /aws:username/,
    ],
    ['a federated principal', { Effect: 'Allow', Action: '*', Principal: { Federated: 'x' } }, /Principal/],
  ])('%s', (_, statement, message) => {
    expect(() => policy(statement)).toThrow(message);
  });
});
