import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Properties = Record<string, unknown>;
export interface StackTemplate {
  Parameters?: Record<string, Properties>;
  Resources: Record<string, { Type: string; Properties?: Properties; Condition?: string }>;
  Outputs?: Record<string, Properties>;
}

/** Writes a cloud assembly to a new temporary directory: stacks by name, and assets by object key as their source. */
export function writeAssembly(
  stacks: Readonly<Record<string, StackTemplate>>,
  assets: Readonly<Record<string, string>> = {},
): string {
  const directory = mkdtempSync(join(tmpdir(), 'assembly-'));
  for (const [name, stack] of Object.entries(stacks)) {
    writeFileSync(join(directory, `${name}.template.json`), JSON.stringify(stack));
  }
  const files: Record<string, unknown> = {};
  for (const [key, source] of Object.entries(assets)) {
    mkdirSync(join(directory, `asset.${key}`));
    writeFileSync(join(directory, `asset.${key}`, 'index.mjs'), source);
    files[key] = { source: { path: `asset.${key}` }, destinations: { here: { objectKey: `${key}.zip` } } };
  }
  writeFileSync(join(directory, 'Small.assets.json'), JSON.stringify({ files }));
  return directory;
}

export const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
export const policyOf = (...statements: unknown[]) => ({ Version: '2012-10-17', Statement: statements });

const trust = (service: string) =>
  policyOf({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } });

/**
 * A stack with every kind of part once: uploads reach `Queue` by a rule and `work` takes them; a schedule feeds the
 * queue at seven; what fails three times goes to `DeadLetters`. `work` may do what `allowed` says.
 */
export function smallStack(allowed: readonly unknown[]): StackTemplate {
  return {
    Resources: {
      Table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        },
      },
      Uploads: {
        Type: 'AWS::S3::Bucket',
        Properties: { NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } } },
      },
      DeadLetters: { Type: 'AWS::SQS::Queue' },
      Queue: {
        Type: 'AWS::SQS::Queue',
        Properties: {
          VisibilityTimeout: 60,
          RedrivePolicy: { deadLetterTargetArn: arnOf('DeadLetters'), maxReceiveCount: 3 },
        },
      },
      QueuePolicy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: {
          Queues: [{ Ref: 'Queue' }],
          PolicyDocument: policyOf({
            Effect: 'Allow',
            Action: 'sqs:SendMessage',
            Resource: arnOf('Queue'),
            Principal: { Service: 'events.amazonaws.com' },
            Condition: { ArnEquals: { 'aws:SourceArn': arnOf('Rule') } },
          }),
        },
      },
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          EventPattern: { source: ['aws.s3'], 'detail-type': ['Object Created'] },
          Targets: [{ Id: 'Target0', Arn: arnOf('Queue') }],
        },
      },
      Schedule: {
        Type: 'AWS::Scheduler::Schedule',
        Properties: {
          ScheduleExpression: 'cron(0 7 * * ? *)',
          ScheduleExpressionTimezone: 'Asia/Ho_Chi_Minh',
          FlexibleTimeWindow: { Mode: 'OFF' },
          Target: {
            Arn: arnOf('Queue'),
            RoleArn: arnOf('ScheduleRole'),
            Input: '{"scheduledAt":"<aws.scheduler.scheduled-time>"}',
          },
        },
      },
      ScheduleRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: trust('scheduler.amazonaws.com'),
          Policies: [
            {
              PolicyName: 'send',
              PolicyDocument: policyOf({
                Effect: 'Allow',
                Action: 'sqs:SendMessage',
                Resource: arnOf('Queue'),
              }),
            },
          ],
        },
      },
      WorkRole: {
        Type: 'AWS::IAM::Role',
        Properties: { AssumeRolePolicyDocument: trust('lambda.amazonaws.com') },
      },
      WorkPolicy: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyName: 'work',
          Roles: [{ Ref: 'WorkRole' }],
          PolicyDocument: policyOf(
            {
              Effect: 'Allow',
              Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
              Resource: arnOf('Queue'),
            },
            ...allowed,
          ),
        },
      },
      WorkFunction: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Code: { S3Bucket: 'assets', S3Key: 'work.zip' },
          Handler: 'index.handler',
          Runtime: 'nodejs24.x',
          Role: arnOf('WorkRole'),
          Timeout: 10,
          Environment: { Variables: { POWERTOOLS_SERVICE_NAME: 'work', TABLE_NAME: { Ref: 'Table' } } },
        },
      },
      Mapping: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: arnOf('Queue'),
          FunctionName: { Ref: 'WorkFunction' },
          BatchSize: 1,
          FunctionResponseTypes: ['ReportBatchItemFailures'],
        },
      },
      Pool: { Type: 'AWS::Cognito::UserPool' },
      Client: {
        Type: 'AWS::Cognito::UserPoolClient',
        Properties: { AllowedOAuthFlows: ['code'], CallbackURLs: ['http://127.0.0.1:8976/callback'] },
      },
      Group: { Type: 'AWS::Cognito::UserPoolGroup', Properties: { GroupName: 'unit-74' } },
      Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } },
      Authorizer: {
        Type: 'AWS::ApiGatewayV2::Authorizer',
        Properties: {
          AuthorizerType: 'JWT',
          IdentitySource: ['$request.header.Authorization'],
          JwtConfiguration: {
            Audience: [{ Ref: 'Client' }],
            Issuer: { 'Fn::GetAtt': ['Pool', 'ProviderURL'] },
          },
        },
      },
      Integration: {
        Type: 'AWS::ApiGatewayV2::Integration',
        Properties: {
          IntegrationType: 'AWS_PROXY',
          IntegrationUri: arnOf('WorkFunction'),
          PayloadFormatVersion: '2.0',
        },
      },
      Route: {
        Type: 'AWS::ApiGatewayV2::Route',
        Properties: {
          RouteKey: 'GET /work',
          Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
          AuthorizationType: 'JWT',
          AuthorizerId: { Ref: 'Authorizer' },
        },
      },
      Permission: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: arnOf('WorkFunction'),
          Principal: 'apigateway.amazonaws.com',
        },
      },
    },
  };
}
