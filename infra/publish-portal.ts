import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

const assetsFolder = 'assets';

/** What is put into the bucket. */
export interface PublishedPortal {
  /** Folder of the built pages: in `assets/` files whose names change with their content, beside it the others. */
  pages: string;
  /** What `config.json` tells the pages; its values may be known at deployment only. */
  config: Readonly<Record<string, string>>;
}

/**
 * Puts the portal into its bucket at each deployment. Files named by their content may be kept for a year and are
 * never taken away, so that a page that is open goes on working; only then come `index.html`, `config.json` and what
 * else has a name that stays, which are asked for anew each time.
 */
export function publishPortal(scope: Construct, bucket: IBucket, { pages, config }: PublishedPortal): void {
  const assets = new BucketDeployment(scope, 'Assets', {
    sources: [Source.asset(join(pages, assetsFolder))],
    destinationBucket: bucket,
    destinationKeyPrefix: assetsFolder,
    cacheControl: [
      CacheControl.setPublic(),
      CacheControl.maxAge(Duration.days(365)),
      CacheControl.immutable(),
    ],
    prune: false,
    retainOnDelete: true,
  });
  const entry = new BucketDeployment(scope, 'Entry', {
    sources: [Source.asset(pages, { exclude: [assetsFolder] }), Source.jsonData('config.json', config)],
    destinationBucket: bucket,
    cacheControl: [CacheControl.noCache()],
    prune: false,
    retainOnDelete: true,
  });
  entry.node.addDependency(assets);
  // One function of CDK's own does both.
  const { scope: copier } = assets.handlerRole.node;
  if (copier) acknowledge(copier, copierFindings);
}

const copies =
  "It is CDK's own: it copies the files of a deployment into the portal's bucket, and runs at deployments only.";
const ownObjects = 'It may read what the deployment brought and write the one bucket that holds the portal.';

const copierFindings = {
  'AwsSolutions-L1': `${copies} CDK chooses its runtime.`,
  'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]':
    copies,
  ...Object.fromEntries(
    [
      'Action::s3:GetBucket*',
      'Action::s3:GetObject*',
      'Action::s3:List*',
      'Action::s3:Abort*',
      'Action::s3:DeleteObject*',
      'Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*',
      'Resource::<PortalBucket.Arn>/*',
    ].map((what) => [`AwsSolutions-IAM5[${what}]`, ownObjects]),
  ),
};
