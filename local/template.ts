import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { accountId, region } from './aws-service.ts';
import { resolveIntrinsics, type Scope } from './template-intrinsics.ts';
import { type Addresses, attributeOf, nameProperties, refOf } from './template-names.ts';

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
] as const;

/** Types that let one service use another: nothing runs, but wiring that they do not allow stops the start. */
export const checkedTypes = [
  'AWS::Lambda::Permission',
  'AWS::S3::BucketPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::SNS::TopicPolicy',
] as const;

/** Types without an effect on this machine: observation and bookkeeping. */
export const idleTypes = [
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::Logs::QueryDefinition',
] as const;

export type ResourceType = (typeof runTypes)[number] | (typeof checkedTypes)[number];

export interface Resource {
  stack: string;
  logicalId: string;
  type: ResourceType;
  /** What `Ref` gives for it: a name, a queue's URL, a topic's ARN. */
  ref: string;
  /** `Fn::GetAtt … Arn`, where the type has one. */
  arn?: string;
  /** With every intrinsic function resolved. */
  properties: Record<string, unknown>;
}

export interface Template {
  /** The resources of a type, in the order of the stacks. */
  of(type: ResourceType): Resource[];
  /** What `Ref` gives for each resource, by logical id, which the app keeps unique: `{ Table: 'TiendoData-Table' }`. */
  references: Readonly<Record<string, string>>;
  /** Outputs of all stacks, resolved: `{ ApiUrl: 'http://127.0.0.1:…' }`. */
  outputs: Readonly<Record<string, string>>;
  /** The directory of an asset by its object key: `3f2a….zip` → `cdk.out/asset.3f2a…`. */
  assetDirectory(objectKey: string): string;
}

const stackSchema = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Properties: z.record(z.string(), z.unknown()).default({}),
      Condition: z.string().optional(),
    }),
  ),
  Parameters: z
    .record(z.string(), z.object({ Type: z.string(), Default: z.unknown().optional() }))
    .default({}),
  Outputs: z
    .record(z.string(), z.object({ Value: z.unknown(), Export: z.object({ Name: z.unknown() }).optional() }))
    .default({}),
});
type Stack = z.infer<typeof stackSchema>;

const assetsSchema = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string() }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
});

/**
 * Reads every `*.template.json` of a cloud assembly and resolves it. `parameters` overrides the templates'
 * defaults. Throws on a resource type or intrinsic function that is not known, naming it and where it stands.
 */
export function readTemplate(
  directory: string,
  addresses: Addresses,
  parameters: Readonly<Record<string, string>> = {},
): Template {
  const stacks = readStacks(directory);
  for (const [name, stack] of stacks) checkTypes(name, stack);

  function scopeOf(stackName: string, where: string): Scope {
    const stack = stacks.get(stackName);
    const find = (logicalId: string) => {
      const found = stack?.Resources[logicalId];
      if (!found) throw new Error(`${where}: there is no ${logicalId} in stack ${stackName}`);
      return named(stackName, logicalId, found);
    };
    return {
      where,
      pseudo: {
        'AWS::AccountId': accountId,
        'AWS::Region': region,
        'AWS::Partition': 'aws',
        'AWS::URLSuffix': 'amazonaws.com',
        'AWS::StackName': stackName,
      },
      ref(logicalId) {
        const parameter = stack?.Parameters[logicalId];
        if (!parameter) return refOf(find(logicalId), addresses);
        const value = parameters[logicalId] ?? parameter.Default;
        if (parameter.Type !== 'String' || typeof value !== 'string') {
          throw new Error(`${where}: the parameter ${logicalId} (${parameter.Type}) has no value here`);
        }
        return value;
      },
      getAtt(logicalId, attribute) {
        const resource = find(logicalId);
        const value = attributeOf(resource, attribute, addresses);
        if (value === undefined) {
          throw new Error(
            `${where}: the embedded cloud does not know the attribute ${attribute} of ${resource.type} (${logicalId}). ` +
              'Teach it in local/template-names.ts.',
          );
        }
        return value;
      },
      importValue(name) {
        for (const [exporter, { Outputs }] of stacks) {
          for (const [id, output] of Object.entries(Outputs)) {
            const scope = scopeOf(exporter, `${exporter}, output ${id}`);
            if (output.Export && resolveIntrinsics(output.Export.Name, scope) === name) {
              return String(resolveIntrinsics(output.Value, scope));
            }
          }
        }
        throw new Error(`${where}: no stack exports ${name}`);
      },
    };
  }

  /** A resource with the property that names it resolved. */
  function named(stack: string, logicalId: string, { Type, Properties }: Stack['Resources'][string]) {
    const property = nameProperties[Type];
    const given = property === undefined ? undefined : Properties[property];
    const scope = scopeOf(stack, `${stack}, ${logicalId} (${Type}), ${property}`);
    const properties =
      property === undefined || given === undefined ? {} : { [property]: resolveIntrinsics(given, scope) };
    return { stack, logicalId, type: Type, properties };
  }

  const resources = [...stacks].flatMap(([stack, { Resources }]) =>
    Object.entries(Resources).flatMap(([logicalId, raw]): Resource[] => {
      const type = [...runTypes, ...checkedTypes].find((one) => one === raw.Type);
      if (!type) return [];
      const identity = named(stack, logicalId, raw);
      const arn = attributeOf(identity, 'Arn', addresses);
      const scope = scopeOf(stack, `${stack}, ${logicalId} (${type})`);
      const properties = Object.fromEntries(
        Object.entries(raw.Properties)
          .map(([name, value]) => [name, resolveIntrinsics(value, scope)] as const)
          .filter(([, value]) => value !== undefined),
      );
      return [
        { stack, logicalId, type, ref: refOf(identity, addresses), ...(arn ? { arn } : {}), properties },
      ];
    }),
  );
  const outputs = [...stacks].flatMap(([stack, { Outputs }]) =>
    Object.entries(Outputs).map(([id, { Value }]) => {
      return [id, String(resolveIntrinsics(Value, scopeOf(stack, `${stack}, output ${id}`)))] as const;
    }),
  );
  const assets = readAssets(directory);
  return {
    of: (type) => resources.filter((resource) => resource.type === type),
    references: Object.fromEntries(resources.map(({ logicalId, ref }) => [logicalId, ref])),
    outputs: Object.fromEntries(outputs),
    assetDirectory(objectKey) {
      const path = assets.get(objectKey);
      if (!path || !existsSync(path)) throw new Error(`${directory} has no asset ${objectKey}`);
      return path;
    },
  };
}

function readStacks(directory: string): Map<string, Stack> {
  const files = existsSync(directory)
    ? readdirSync(directory).filter((name) => name.endsWith('.template.json'))
    : [];
  if (files.length === 0) throw new Error(`${directory} holds no template: synthesize the app first`);
  return new Map(
    files.sort().map((file) => {
      const parsed = stackSchema.safeParse(JSON.parse(readFileSync(join(directory, file), 'utf8')));
      if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
      return [file.slice(0, -'.template.json'.length), parsed.data];
    }),
  );
}

function checkTypes(stack: string, { Resources }: Stack): void {
  const idle: readonly string[] = idleTypes;
  const known: readonly string[] = [...runTypes, ...checkedTypes];
  for (const [logicalId, { Type, Condition }] of Object.entries(Resources)) {
    if (idle.includes(Type)) continue;
    if (!known.includes(Type)) {
      throw new Error(
        `${stack}, ${logicalId}: the embedded cloud does not know the resource type ${Type}. ` +
          'Build it under local/ and add it to runTypes in local/template.ts, or, if it has no effect on this machine, to idleTypes.',
      );
    }
    if (Condition) {
      throw new Error(
        `${stack}, ${logicalId} (${Type}): the embedded cloud does not evaluate conditions (${Condition})`,
      );
    }
  }
}

function readAssets(directory: string): Map<string, string> {
  const files = readdirSync(directory).filter((name) => name.endsWith('.assets.json'));
  return new Map(
    files.flatMap((file) => {
      const manifest = assetsSchema.parse(JSON.parse(readFileSync(join(directory, file), 'utf8')));
      return Object.values(manifest.files).flatMap(({ source, destinations }) =>
        Object.values(destinations).map(
          ({ objectKey }) => [objectKey, join(directory, source.path)] as const,
        ),
      );
    }),
  );
}
