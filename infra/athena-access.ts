import { Aws } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { analyticsName } from '../shared/domain/analytics-name.ts';
import type { Permission } from './functions.ts';

/** Where answers are written in their bucket. */
export const answersPrefix = 'results';

const arn = (service: string, resource: string) =>
  `arn:${Aws.PARTITION}:${service}:${Aws.REGION}:${Aws.ACCOUNT_ID}:${resource}`;

/** The workgroup, whose limits nobody can turn off. */
export const workgroupArn = arn('athena', `workgroup/${analyticsName}`);

/**
 * What Athena does with the credentials of whoever asks it, and nothing beyond: reads the catalogue and the export,
 * writes and reads the answer. The workgroup's own actions stand beside it.
 */
export function queryPermissions(exports: Bucket, answers: Bucket): Permission[] {
  const catalog = arn('glue', 'catalog');
  const database = arn('glue', `database/${analyticsName}`);
  const tables = arn('glue', `table/${analyticsName}/*`);
  return [
    { actions: ['s3:GetObject'], resources: [exports.arnForObjects('*')] },
    { actions: ['s3:ListBucket', 's3:GetBucketLocation'], resources: [exports.bucketArn] },
    {
      actions: ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
      resources: [answers.arnForObjects(`${answersPrefix}/*`)],
    },
    { actions: ['s3:GetBucketLocation'], resources: [answers.bucketArn] },
    { actions: ['s3:ListBucket'], resources: [answers.bucketArn], prefixes: [`${answersPrefix}/*`] },
    { actions: ['glue:GetTable', 'glue:GetTables'], resources: [catalog, database, tables] },
    // Athena looks whether the database `default` is there before it runs any query.
    { actions: ['glue:GetDatabase'], resources: [catalog, database, arn('glue', 'database/default')] },
  ];
}
