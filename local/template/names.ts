import { createHash } from 'node:crypto';
import { accountId, region } from '../aws-service.ts';

/** Addresses on this machine that stand for AWS's own. */
export interface Addresses {
  /** The gateway's: queue URLs begin with it. */
  endpoint: string;
  /** The HTTP API's. */
  apiUrl: string;
  /** The sign-in's. */
  issuer: string;
  /** The distribution's. */
  portalUrl: string;
}

/** A resource with the name it is deployed under. */
export interface NamedResource {
  stack: string;
  logicalId: string;
  type: string;
  /** Its properties; those that name it are resolved. */
  properties: Readonly<Record<string, unknown>>;
}

/** The property with which a template may name a resource of a type. */
export const nameProperties: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::Events::Rule': 'Name',
  'AWS::Scheduler::Schedule': 'Name',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::Cognito::UserPoolDomain': 'Domain',
  'AWS::Cognito::UserPoolGroup': 'GroupName',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::Athena::WorkGroup': 'Name',
};

/**
 * The name a resource has in the embedded cloud: the template's, or one made of stack and logical id, so that
 * it is the same at every start. Bucket names are lower case as S3 wants them.
 */
export function physicalName(resource: NamedResource): string {
  const { stack, logicalId, type, properties } = resource;
  const given = properties[nameProperties[type] ?? ''];
  if (typeof given === 'string') return given;
  switch (type) {
    case 'AWS::S3::Bucket':
      return `${stack}-${logicalId}`.toLowerCase().slice(0, 63);
    case 'AWS::Cognito::UserPool':
      return `${region}_${digest(resource, 9)}`;
    case 'AWS::Cognito::UserPoolClient':
      return digest(resource, 26);
    case 'AWS::ApiGatewayV2::Api':
      return digest(resource, 10);
    case 'AWS::CloudFront::Distribution':
      return digest(resource, 14);
    default:
      return `${stack}-${logicalId}`;
  }
}

/** What `Ref` gives for a resource. */
export function refOf(resource: NamedResource, addresses: Addresses): string {
  const name = physicalName(resource);
  switch (resource.type) {
    case 'AWS::SQS::Queue':
      return `${addresses.endpoint}/${accountId}/${name}`;
    case 'AWS::SNS::Topic':
    case 'AWS::IAM::ManagedPolicy':
      return attributeOf(resource, 'Arn', addresses) ?? name;
    default:
      return name;
  }
}

/** What `Fn::GetAtt` gives for an attribute of a resource; `undefined` when the embedded cloud knows none. */
export function attributeOf(
  resource: NamedResource,
  attribute: string,
  addresses: Addresses,
): string | undefined {
  const name = physicalName(resource);
  const arn = (service: string, rest: string) => `arn:aws:${service}:${region}:${accountId}:${rest}`;
  const issuer = `cognito-idp.${region}.amazonaws.com/${name}`;
  const attributes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'AWS::DynamoDB::Table': { Arn: arn('dynamodb', `table/${name}`) },
    'AWS::S3::Bucket': {
      Arn: `arn:aws:s3:::${name}`,
      DomainName: `${name}.s3.amazonaws.com`,
      RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
    },
    'AWS::SQS::Queue': {
      Arn: arn('sqs', name),
      QueueName: name,
      QueueUrl: `${addresses.endpoint}/${accountId}/${name}`,
    },
    'AWS::SNS::Topic': { Arn: arn('sns', name), TopicArn: arn('sns', name), TopicName: name },
    'AWS::Lambda::Function': { Arn: arn('lambda', `function:${name}`) },
    'AWS::IAM::Role': { Arn: `arn:aws:iam::${accountId}:role/${name}` },
    'AWS::IAM::ManagedPolicy': { Arn: `arn:aws:iam::${accountId}:policy/${name}` },
    'AWS::Events::Rule': { Arn: arn('events', `rule/${name}`) },
    'AWS::Scheduler::Schedule': { Arn: arn('scheduler', `schedule/default/${name}`) },
    'AWS::Logs::LogGroup': { Arn: arn('logs', `log-group:${name}:*`) },
    'AWS::CloudWatch::Alarm': { Arn: arn('cloudwatch', `alarm:${name}`) },
    'AWS::ApiGatewayV2::Api': { ApiId: name, ApiEndpoint: addresses.apiUrl },
    'AWS::Cognito::UserPool': {
      Arn: arn('cognito-idp', `userpool/${name}`),
      ProviderName: issuer,
      ProviderURL: `https://${issuer}`,
      UserPoolId: name,
    },
    'AWS::Cognito::UserPoolClient': { ClientId: name },
    'AWS::CloudFront::Distribution': {
      Arn: `arn:aws:cloudfront::${accountId}:distribution/${name}`,
      DomainName: `${name}.cloudfront.net`,
    },
    'AWS::CloudFront::OriginAccessControl': { Id: name },
  };
  return attributes[resource.type]?.[attribute];
}

function digest({ stack, logicalId }: NamedResource, length: number): string {
  const hash = createHash('sha256').update(`${stack}.${logicalId}`).digest('hex');
  return BigInt(`0x${hash}`).toString(36).slice(0, length);
}
