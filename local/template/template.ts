import { existsSync } from 'node:fs';
import { accountId, region } from '../aws-service.ts';
import { readAssets, readStacks, type Stack } from './assembly.ts';
import { toLocalAddresses } from './aws-hosts.ts';
import { deploymentHelpers } from './deployment-helpers.ts';
import { resolveIntrinsics, type Scope } from './intrinsics.ts';
import { type Addresses, attributeOf, nameProperties, refOf } from './names.ts';
import { checkedTypes, checkTypes, type ResourceType, runTypes } from './resource-types.ts';

export interface Resource {
  stack: string;
  logicalId: string;
  type: ResourceType;
  /** What `Ref` gives for it: a name, a queue's URL, a topic's ARN. */
  ref: string;
  /** `Fn::GetAtt … Arn`, where the type has one. */
  arn?: string;
  /** With every intrinsic function resolved, and addresses of this machine in the place of AWS's. */
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
  const helpers = new Map([...stacks].map(([name, stack]) => [name, deploymentHelpers(stack)]));
  for (const [name, stack] of stacks) checkTypes(name, running(name, stack));

  /** What of a stack is more than a means of its deployment. */
  function running(name: string, { Resources }: Stack): Stack['Resources'] {
    return Object.fromEntries(Object.entries(Resources).filter(([id]) => !helpers.get(name)?.has(id)));
  }

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
              'Teach it in local/template/names.ts.',
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

  const resolve = (value: unknown, scope: Scope) =>
    toLocalAddresses(resolveIntrinsics(value, scope), addresses);
  const resources = [...stacks].flatMap(([stack, content]) =>
    Object.entries(running(stack, content)).flatMap(([logicalId, raw]): Resource[] => {
      const type = [...runTypes, ...checkedTypes].find((one) => one === raw.Type);
      if (!type) return [];
      const identity = named(stack, logicalId, raw);
      const arn = attributeOf(identity, 'Arn', addresses);
      const scope = scopeOf(stack, `${stack}, ${logicalId} (${type})`);
      const properties = Object.fromEntries(
        Object.entries(raw.Properties)
          .map(([name, value]) => [name, resolve(value, scope)] as const)
          .filter(([, value]) => value !== undefined),
      );
      return [
        { stack, logicalId, type, ref: refOf(identity, addresses), ...(arn ? { arn } : {}), properties },
      ];
    }),
  );
  const outputs = [...stacks].flatMap(([stack, { Outputs }]) =>
    Object.entries(Outputs).map(([id, { Value }]) => {
      return [id, String(resolve(Value, scopeOf(stack, `${stack}, output ${id}`)))] as const;
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
