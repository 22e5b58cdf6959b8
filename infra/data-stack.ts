import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { type Bucket, CfnBucket, HttpMethods } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { openIndex } from '../shared/aws/table-keys.ts';
import { downloadsOf } from '../shared/domain/tables/object-keys.ts';
import { Accounts } from './accounts.ts';
import { keptBucket } from './kept-bucket.ts';
import { named } from './logical-id.ts';

export interface DataStackProps extends StackProps {
  /** Origin of the portal, from which browsers upload and sign in: `https://tiendo.example.vn`. */
  portalUrl: string;
  /** Unit ids, each of which becomes a group `unit-<id>`. */
  units: readonly string[];
  /** Prefix of the sign-in pages' domain; default `tiendo-<account>`. */
  domainPrefix?: string;
}

/**
 * Topics that e-mails are published to. Each takes 150 addresses (`maxSubscriptionsPerTopic`); more can be added at
 * any time, and none may be taken away while somebody is subscribed to it.
 *
 * @see docs/adr/0017-topics-and-reach.md
 */
const topicCount = 16;

const withoutLogs =
  'Who uploaded what and when is recorded with each submission; server access logs would only repeat it.';

/**
 * What must survive: the table, the raw files, the reports, the export, the accounts and the subscriptions. Everything here is
 * kept when the stack is deleted, and nothing here runs.
 */
export class DataStack extends Stack {
  readonly table: Table;
  readonly uploads: Bucket;
  readonly reports: Bucket;
  readonly exports: Bucket;
  readonly accounts: Accounts;
  /** Their subscriptions were each confirmed by a person: losing them would silence every e-mail. */
  readonly messages: readonly Topic[];

  constructor(scope: Construct, id: string, { portalUrl, units, domainPrefix, ...props }: DataStackProps) {
    super(scope, id, { ...props, terminationProtection: true });
    this.table = createTable(this);
    this.uploads = this.createUploads(portalUrl);
    this.reports = keptBucket(this, 'ReportsBucket', withoutLogs);
    this.exports = keptBucket(this, 'ExportBucket', withoutLogs, {
      lifecycleRules: [
        { abortIncompleteMultipartUploadAfter: Duration.days(7) },
        // Made again when they are asked for.
        { prefix: downloadsOf(), expiration: Duration.days(7) },
      ],
    });
    this.messages = Array.from({ length: topicCount }, (_, index) => {
      const name = `MessagesTopic${index + 1}`;
      const topic = named(new Topic(this, name, { enforceSSL: true }), name);
      topic.applyRemovalPolicy(RemovalPolicy.RETAIN);
      return topic;
    });
    this.accounts = new Accounts(this, 'Accounts', {
      portalUrl,
      units,
      ...(domainPrefix && { domainPrefix }),
    });
  }

  private createUploads(portalUrl: string): Bucket {
    const uploads = keptBucket(this, 'UploadsBucket', withoutLogs, {
      versioned: true,
      cors: [
        {
          allowedOrigins: [new URL(portalUrl).origin],
          allowedMethods: [HttpMethods.PUT],
          allowedHeaders: ['content-type', 'if-none-match', 'x-amz-*'],
          exposedHeaders: ['ETag', 'x-amz-request-id'],
          maxAge: Duration.hours(1).toSeconds(),
        },
      ],
    });
    const resource = uploads.node.defaultChild;
    // The L2 switch for events deploys a function of its own; the property alone does the same.
    if (resource instanceof CfnBucket) {
      resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
    }
    return uploads;
  }
}

function createTable(scope: Construct): Table {
  const table = new Table(scope, 'Table', {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  table.addGlobalSecondaryIndex({
    indexName: openIndex.name,
    partitionKey: { name: openIndex.pk, type: AttributeType.STRING },
    sortKey: { name: openIndex.sk, type: AttributeType.STRING },
    projectionType: ProjectionType.ALL,
  });
  return named(table, 'Table');
}
