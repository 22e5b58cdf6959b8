import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { type Permission, sessionUnit } from './functions.ts';

/** A statement that allows a permission. */
export function allow({ actions, resources, ownKeys }: Permission): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.ALLOW,
    actions: [...actions],
    resources: [...resources],
    ...(ownKeys && { conditions: ownKeysOnly }),
  });
}

// `ForAllValues` is also true where a call names no key at all, hence the second condition.
const ownKeysOnly = {
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${sessionUnit}#*`] },
  Null: { 'dynamodb:LeadingKeys': 'false' },
};
