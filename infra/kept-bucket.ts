import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { named } from './logical-id.ts';

/**
 * A bucket that nobody outside reaches, by its name in the template: encrypted, over TLS only, and kept when its stack
 * goes. `withoutLogs` says why who reads and writes it is not logged by S3.
 */
export function keptBucket(
  scope: Construct,
  name: string,
  withoutLogs: string,
  props: BucketProps = {},
): Bucket {
  const bucket = new Bucket(scope, name, {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.RETAIN,
    lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    ...props,
  });
  acknowledge(bucket, { 'AwsSolutions-S1': withoutLogs });
  return named(bucket, name);
}
