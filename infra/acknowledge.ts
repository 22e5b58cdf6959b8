import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Accepts findings of the rule packs on a construct and what is below it, each by its exact id and with a
 * reason: `{ 'AwsSolutions-IAM5[Resource::*]': 'why' }`. A base id such as `AwsSolutions-IAM5` matches nothing.
 */
export function acknowledge(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  Validations.of(construct).acknowledge(...Object.entries(reasons).map(([id, reason]) => ({ id, reason })));
}
