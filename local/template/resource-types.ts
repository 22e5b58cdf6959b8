/** The resource types the embedded cloud runs. */
export const runTypes = [
  'AWS::DynamoDB::Table',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
  'AWS::SNS::Topic',
  'AWS::Lambda::Function',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Events::Rule',
  'AWS::Scheduler::Schedule',
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Stage',
  'AWS::IAM::Role',
  'AWS::IAM::Policy',
  'AWS::IAM::ManagedPolicy',
  'AWS::Cognito::UserPool',
  'AWS::Cognito::UserPoolClient',
  'AWS::Cognito::UserPoolGroup',
  'AWS::Cognito::UserPoolDomain',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::CloudFront::OriginAccessControl',
  'Custom::CDKBucketDeployment',
] as const;

/** Types that let one service use another: nothing runs, but wiring that they do not allow stops the start. */
export const checkedTypes = [
  'AWS::Lambda::Permission',
  'AWS::S3::BucketPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::SNS::TopicPolicy',
] as const;

/** Types without an effect on this machine: observation, bookkeeping, and Athena, in whose place DuckDB reads the export. */
export const idleTypes = [
  'AWS::Athena::NamedQuery',
  'AWS::Athena::WorkGroup',
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Glue::Database',
  'AWS::Glue::Table',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::Logs::QueryDefinition',
] as const;

export type ResourceType = (typeof runTypes)[number] | (typeof checkedTypes)[number];

/**
 * Throws when a stack has a resource type that is in none of the lists, or one under a condition, naming it.
 */
export function checkTypes(
  stack: string,
  resources: Readonly<Record<string, { Type: string; Condition?: string | undefined }>>,
): void {
  const idle: readonly string[] = idleTypes;
  const known: readonly string[] = [...runTypes, ...checkedTypes];
  for (const [logicalId, { Type, Condition }] of Object.entries(resources)) {
    if (idle.includes(Type)) continue;
    if (!known.includes(Type)) {
      throw new Error(
        `${stack}, ${logicalId}: the embedded cloud does not know the resource type ${Type}. ` +
          'Build it under local/ and add it to runTypes in local/template/resource-types.ts, or, if it has no effect on this machine, to idleTypes.',
      );
    }
    if (Condition) {
      throw new Error(
        `${stack}, ${logicalId} (${Type}): the embedded cloud does not evaluate conditions (${Condition})`,
      );
    }
  }
}
