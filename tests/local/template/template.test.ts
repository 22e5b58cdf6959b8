import { rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { readApi, readUserPool } from '../../../local/template/api.ts';
import { readFunctions, readMappings } from '../../../local/template/functions.ts';
import { resolveIntrinsics, type Scope } from '../../../local/template/intrinsics.ts';
import { readQueues, readRules, readSchedules, readTopics } from '../../../local/template/messaging.ts';
import { readRoles } from '../../../local/template/roles.ts';
import { readBuckets, readTables } from '../../../local/template/stores.ts';
import { readTemplate } from '../../../local/template/template.ts';
import { type StackTemplate, smallStack, writeAssembly } from '../small-template.ts';

const addresses = {
  endpoint: 'http://127.0.0.1:4566',
  apiUrl: 'http://127.0.0.1:8930',
  issuer: 'http://127.0.0.1:8931',
  portalUrl: 'http://127.0.0.1:8932',
};
const directories: string[] = [];
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
});

function read(stacks: Record<string, StackTemplate>, parameters?: Record<string, string>) {
  const directory = writeAssembly(stacks, { work: 'export const handler = () => {};' });
  directories.push(directory);
  return readTemplate(directory, addresses, parameters);
}

const scope: Scope = {
  where: 'Stack, Thing (AWS::X::Y)',
  pseudo: { 'AWS::Region': 'ap-southeast-1', 'AWS::AccountId': '000000000000' },
  ref: (id) => `ref-${id}`,
  getAtt: (id, attribute) => `${id}:${attribute}`,
  importValue: (name) => `import-${name}`,
};

describe('intrinsic functions', () => {
  it.each<[string, unknown, unknown]>([
    ['a plain value', { a: [1, 'x', true, null] }, { a: [1, 'x', true, null] }],
    ['Ref', { Ref: 'Table' }, 'ref-Table'],
    ['Ref of a pseudo parameter', { Ref: 'AWS::Region' }, 'ap-southeast-1'],
    ['GetAtt as a list', { 'Fn::GetAtt': ['Table', 'Arn'] }, 'Table:Arn'],
    ['GetAtt as a text', { 'Fn::GetAtt': 'Table.Arn' }, 'Table:Arn'],
    ['GetAtt with a dotted attribute', { 'Fn::GetAtt': ['Nested', 'Outputs.Name'] }, 'Nested:Outputs.Name'],
    ['Join', { 'Fn::Join': ['/', ['a', { Ref: 'B' }, { 'Fn::Join': ['', ['c', 'd']] }]] }, 'a/ref-B/cd'],
    ['Split', { 'Fn::Split': ['/', { Ref: 'a/b' }] }, ['ref-a', 'b']],
    ['Select', { 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    ['Select with its index as a text', { 'Fn::Select': ['2', ['a', 'b', 'c']] }, 'c'],
    [
      'Sub',
      { 'Fn::Sub': '${Table}/${Table.Arn}/${AWS::Region}/${!Literal}' },
      'ref-Table/Table:Arn/ap-southeast-1/${Literal}',
    ],
    ['Sub with values', { 'Fn::Sub': ['${a}-${B}', { a: { Ref: 'X' } }] }, 'ref-X-ref-B'],
    ['ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': 'S:${Name}' } }, 'import-S:ref-Name'],
    ['NoValue in an object', { a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
    ['NoValue in a list', [1, { Ref: 'AWS::NoValue' }, 2], [1, 2]],
    ['NoValue alone', { Ref: 'AWS::NoValue' }, undefined],
    [
      'a key that only resembles one',
      { Reference: 'x', Condition: { StringEquals: {} } },
      { Reference: 'x', Condition: { StringEquals: {} } },
    ],
  ])('%s', (_, value, resolved) => {
    expect(resolveIntrinsics(value, scope)).toEqual(resolved);
  });

  it.each<[string, unknown, RegExp]>([
    [
      'an unknown function',
      { a: [{ 'Fn::FindInMap': ['a', 'b', 'c'] }] },
      /Thing \(AWS::X::Y\).*Fn::FindInMap/,
    ],
    ['a condition', { 'Fn::If': ['C', 'a', 'b'] }, /Fn::If/],
    ['an unknown pseudo parameter', { Ref: 'AWS::NotificationARNs' }, /AWS::NotificationARNs/],
    ['a function beside other keys', { Ref: 'A', b: 1 }, /Ref stands beside/],
    ['a selection out of range', { 'Fn::Select': [3, ['a']] }, /no item 3/],
    ['a join of no texts', { 'Fn::Join': ['', [{ a: 1 }]] }, /expects a text/],
  ])('stop with an error: %s', (_, value, message) => {
    expect(() => resolveIntrinsics(value, scope)).toThrow(message);
  });
});

describe('reading a cloud assembly', () => {
  it('resolves references between stacks, parameters and outputs', () => {
    const template = read(
      {
        Data: {
          Resources: { Table: { Type: 'AWS::DynamoDB::Table' } },
          Outputs: {
            Export: {
              Value: { 'Fn::GetAtt': ['Table', 'Arn'] },
              Export: { Name: { 'Fn::Sub': '${AWS::StackName}:Arn' } },
            },
          },
        },
        Pipeline: {
          Parameters: { Prefix: { Type: 'String', Default: 'p' }, Other: { Type: 'String' } },
          Resources: {
            Queue: {
              Type: 'AWS::SQS::Queue',
              Properties: {
                QueueName: { 'Fn::Sub': '${Prefix}-queue' },
                Table: { 'Fn::ImportValue': 'Data:Arn' },
              },
            },
          },
          Outputs: { QueueUrl: { Value: { Ref: 'Queue' } }, Other: { Value: { Ref: 'Other' } } },
        },
      },
      { Other: 'given' },
    );
    const [queue] = template.of('AWS::SQS::Queue');
    expect(queue).toMatchObject({
      ref: 'http://127.0.0.1:4566/000000000000/p-queue',
      arn: 'arn:aws:sqs:ap-southeast-1:000000000000:p-queue',
      properties: { Table: 'arn:aws:dynamodb:ap-southeast-1:000000000000:table/Data-Table' },
    });
    expect(template.outputs).toMatchObject({ QueueUrl: queue?.ref, Other: 'given' });
    expect(template.references).toEqual({ Table: 'Data-Table', Queue: queue?.ref });
  });

  it('passes over what has no effect here, conditions included', () => {
    const template = read({
      S: {
        Resources: {
          Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { X: { 'Fn::If': [] } } },
          CDKMetadata: { Type: 'AWS::CDK::Metadata', Condition: 'CDKMetadataAvailable' },
        },
      },
    });
    expect(template.references).toEqual({});
  });

  it.each<[string, StackTemplate, RegExp]>([
    [
      'an unknown resource type',
      { Resources: { Cache: { Type: 'AWS::ElastiCache::CacheCluster' } } },
      /S, Cache: .*AWS::ElastiCache::CacheCluster.*local\/template\/resource-types\.ts/s,
    ],
    [
      'a custom resource',
      { Resources: { Thing: { Type: 'Custom::S3AutoDeleteObjects' } } },
      /S, Thing: .*Custom::S3AutoDeleteObjects/,
    ],
    [
      'an unknown intrinsic function',
      { Resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { X: { 'Fn::Base64': 'x' } } } } },
      /S, Q \(AWS::SQS::Queue\).*Fn::Base64/,
    ],
    [
      'a condition',
      { Resources: { Q: { Type: 'AWS::SQS::Queue', Condition: 'C' } } },
      /Q \(AWS::SQS::Queue\).*conditions/,
    ],
    [
      'a reference to nothing',
      { Resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { X: { Ref: 'Gone' } } } } },
      /no Gone in stack S/,
    ],
    [
      'an unknown attribute',
      {
        Resources: { T: { Type: 'AWS::DynamoDB::Table' } },
        Outputs: { O: { Value: { 'Fn::GetAtt': ['T', 'StreamArn'] } } },
      },
      /StreamArn of AWS::DynamoDB::Table \(T\)/,
    ],
    [
      'an import nobody exports',
      { Resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { X: { 'Fn::ImportValue': 'gone' } } } } },
      /no stack exports gone/,
    ],
    [
      'a parameter without a value',
      { Parameters: { P: { Type: 'String' } }, Resources: {}, Outputs: { O: { Value: { Ref: 'P' } } } },
      /parameter P/,
    ],
  ])('stops with a clear error at %s', (_, stack, message) => {
    expect(() => read({ S: stack })).toThrow(message);
  });

  it('says what to do when nothing was synthesized', () => {
    expect(() => readTemplate('/nowhere', addresses)).toThrow('synthesize the app first');
  });
});

describe('the resources of a template', () => {
  const template = () => read({ Small: smallStack([]) });

  it('are read in the form the embedded services take', () => {
    const small = template();
    const queueArn = 'arn:aws:sqs:ap-southeast-1:000000000000:Small-Queue';
    expect(readTables(small)).toMatchObject([{ name: 'Small-Table', key: { hash: 'pk' }, indexes: [] }]);
    expect(readBuckets(small)).toMatchObject([{ name: 'small-uploads', sendsEvents: true, corsRules: [] }]);
    expect(readQueues(small)).toMatchObject([
      { name: 'Small-DeadLetters', visibilityTimeoutSeconds: 30, retentionSeconds: 345600 },
      { arn: queueArn, visibilityTimeoutSeconds: 60, redrive: { maxReceiveCount: 3 } },
    ]);
    expect(readTopics(small)).toEqual([]);
    expect(readRules(small)).toMatchObject([{ name: 'Rule', targets: [{ queueArn }] }]);
    expect(readSchedules(small)).toMatchObject([
      { expression: 'cron(0 7 * * ? *)', timeZone: 'Asia/Ho_Chi_Minh', queueArn },
    ]);
    expect(readFunctions(small)).toMatchObject([
      {
        name: 'work',
        functionName: 'Small-WorkFunction',
        timeoutSeconds: 10,
        environment: { TABLE_NAME: 'Small-Table' },
      },
    ]);
    expect(readMappings(small)).toEqual([
      {
        queueArn,
        functionName: 'Small-WorkFunction',
        batchSize: 1,
        reportsBatchItemFailures: true,
        maximumConcurrency: 1,
      },
    ]);
    expect(readRoles(small).map(({ name, statements }) => [name, statements.length])).toEqual([
      ['Small-ScheduleRole', 1],
      ['Small-WorkRole', 1],
    ]);
    expect(readApi(small)).toMatchObject({
      routes: [{ routeKey: 'GET /work', functionName: 'Small-WorkFunction' }],
    });
    expect(readUserPool(small)?.groups).toEqual(['unit-74']);
  });

  it.each<[string, string, Record<string, unknown>, (template: ReturnType<typeof read>) => unknown]>([
    ['a table with a stream', 'Table', { StreamSpecification: {} }, readTables],
    ['a FIFO queue', 'Queue', { FifoQueue: true }, readQueues],
    [
      'a rule with an input transformer',
      'Rule',
      { Targets: [{ Id: 'T', Arn: 'arn:aws:sqs:x', InputTransformer: {} }] },
      readRules,
    ],
    [
      'a rule whose target is no queue',
      'Rule',
      { Targets: [{ Id: 'T', Arn: 'arn:aws:lambda:x' }] },
      readRules,
    ],
    ['a flexible schedule', 'Schedule', { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }, readSchedules],
    ['a mapping with a filter', 'Mapping', { FilterCriteria: {} }, readMappings],
    ['a function with layers', 'WorkFunction', { Layers: ['x'] }, readFunctions],
    [
      'a role with a managed policy of AWS',
      'WorkRole',
      { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
      readRoles,
    ],
    ['a route without a check of the token', 'Route', { AuthorizationType: 'NONE' }, readApi],
  ])('stop with an error that names them: %s', (_, logicalId, properties, readAll) => {
    const stack = smallStack([]);
    const resource = stack.Resources[logicalId];
    if (!resource) throw new Error(logicalId);
    resource.Properties = { ...resource.Properties, ...properties };
    expect(() => readAll(read({ Small: stack }))).toThrow(new RegExp(`Small, ${logicalId} \\(AWS::`));
  });
});
