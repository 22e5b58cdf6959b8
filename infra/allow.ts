import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type Permission, sessionUnit } from './functions.ts';

/** A statement that allows a permission. */
export function allow({ actions, resources, ownKeys, keys, prefixes }: Permission): PolicyStatement {
  const patterns = ownKeys ? [`${sessionUnit}#*`] : keys;
  return new PolicyStatement({
    effect: Effect.ALLOW,
    actions: [...actions],
    resources: [...resources],
    ...(patterns && { conditions: onlyKeys(patterns) }),
    ...(prefixes && { conditions: { StringLike: { 's3:prefix': prefixes } } }),
  });
}

// `ForAllValues` is also true where a call names no key at all, hence the second condition.
function onlyKeys(patterns: readonly string[]) {
  return {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': patterns },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  };
}
