import * as z from 'zod';
import type { Stack } from './assembly.ts';

/** Custom resources whose work the embedded cloud does itself, in place of the function they name. */
const performedTypes = ['Custom::CDKBucketDeployment'];

const reference = z.union([
  z.object({ Ref: z.string() }).transform(({ Ref }) => Ref),
  z
    .object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) })
    .transform((attribute) => attribute['Fn::GetAtt'][0]),
]);
const tokenSchema = z.object({ ServiceToken: reference });
const functionSchema = z.object({ Role: reference, Layers: z.array(reference).default([]) });
const policySchema = z.object({ Roles: z.array(reference).default([]) });

/**
 * What a stack has for its own deployment only, by logical id: the functions that custom resources performed here name
 * as their `ServiceToken`, with the role, the policies and the layers of those functions. Nothing of it runs here.
 */
export function deploymentHelpers({ Resources }: Stack): ReadonlySet<string> {
  const propertiesOf = (id: string) => Resources[id]?.Properties;
  const functions = Object.values(Resources)
    .filter(({ Type }) => performedTypes.includes(Type))
    .map(({ Properties }) => tokenSchema.parse(Properties).ServiceToken)
    .filter((id) => Resources[id]?.Type === 'AWS::Lambda::Function');
  const helpers = functions.map((id) => functionSchema.parse(propertiesOf(id)));
  const roles = new Set(helpers.map(({ Role }) => Role));
  const policies = Object.entries(Resources).flatMap(([id, { Type, Properties }]) => {
    if (Type !== 'AWS::IAM::Policy') return [];
    const { data } = policySchema.safeParse(Properties);
    return data && data.Roles.length > 0 && data.Roles.every((role) => roles.has(role)) ? [id] : [];
  });
  // CDK gives each custom resource a layer of its own, and the function the first one's.
  const layers = Object.entries(Resources).flatMap(([id, { Type }]) =>
    Type === 'AWS::Lambda::LayerVersion' && !usedByOthers(id, Resources, functions) ? [id] : [],
  );
  return new Set(functions.length === 0 ? [] : [...functions, ...roles, ...policies, ...layers]);
}

function usedByOthers(layer: string, resources: Stack['Resources'], helpers: readonly string[]): boolean {
  return Object.entries(resources).some(([id, { Type, Properties }]) => {
    if (Type !== 'AWS::Lambda::Function' || helpers.includes(id)) return false;
    return z
      .object({ Layers: z.array(reference).default([]) })
      .parse(Properties)
      .Layers.includes(layer);
  });
}
