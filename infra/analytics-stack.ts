import { Aws, CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { AccountPrincipal, Policy, Role } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { analyticsName } from '../shared/domain/analytics-name.ts';
import type { Catalogue } from '../shared/domain/catalogue.ts';
import { namedQueries } from '../shared/domain/named-queries.ts';
import { fillQuery, type NamedQuery } from '../shared/domain/named-query.ts';
import { tables } from '../shared/domain/tables.ts';
import { views } from '../shared/domain/views.ts';
import { acknowledge } from './acknowledge.ts';
import { allow } from './allow.ts';
import { answersPrefix, queryPermissions, workgroupArn } from './athena-access.ts';
import type { DataStack } from './data-stack.ts';
import { GlueTables } from './glue-tables.ts';
import { keptBucket } from './kept-bucket.ts';
import { named, pascalCase } from './logical-id.ts';

export interface AnalyticsStackProps extends StackProps {
  /** What survives. */
  kept: Pick<DataStack, 'exports'>;
  catalogue: Catalogue;
  /** The AWS account whose people may become analysts; default this one. */
  analystAccount?: string;
}

const name = analyticsName;
const resultsKeptFor = Duration.days(30);
/** A query that would read more is stopped, in bytes: a year of everything is far below. */
const maxBytesScanned = 10 * 1024 ** 3;

/**
 * What analysts work with in the cloud: the export as tables of Athena, a workgroup whose limits nobody can turn off,
 * the named queries, and a role that can read the export and nothing else. It holds no data of its own but the
 * answers of the last month.
 *
 * @see docs/adr/0024-sql-that-athena-and-duckdb-share.md
 */
export class AnalyticsStack extends Stack {
  /** Where Athena writes what it answers, under a prefix. */
  readonly answers: Bucket;

  constructor(scope: Construct, id: string, props: AnalyticsStackProps) {
    const { kept, catalogue, analystAccount, ...rest } = props;
    super(scope, id, rest);
    new GlueTables(this, 'Tables', {
      database: name,
      bucket: kept.exports,
      tables,
      views,
      units: catalogue.units.map((unit) => unit.id),
      // Nothing can be accepted earlier: every figure would be from the future, or from before the directive.
      firstDay: `${catalogue.directive.firstYear}-01-01`,
    });
    this.answers = keptBucket(
      this,
      'AthenaResultsBucket',
      'Athena keeps who ran which query, and every answer is deleted after a month.',
      {
        lifecycleRules: [
          { abortIncompleteMultipartUploadAfter: Duration.days(7), expiration: resultsKeptFor },
        ],
      },
    );
    const workgroup = createWorkgroup(this, this.answers);
    for (const query of namedQueries(catalogue.directive)) saveQuery(this, query, workgroup);
    const role = this.createAnalystRole(kept.exports, this.answers, analystAccount ?? Aws.ACCOUNT_ID);
    named(new CfnOutput(this, 'AnalystRoleArn', { value: role.roleArn }), 'AnalystRoleArn');
    named(new CfnOutput(this, 'WorkgroupName', { value: name }), 'WorkgroupName');
  }

  /** Reads the export, asks in the workgroup and reads the answers. It must be assumed with a second factor. */
  private createAnalystRole(exports: Bucket, answers: Bucket, account: string): Role {
    const role = named(
      new Role(this, 'AnalystRole', {
        description: 'Reads the tables of tiendo through Athena.',
        assumedBy: new AccountPrincipal(account).withConditions({
          Bool: { 'aws:MultiFactorAuthPresent': 'true' },
        }),
        maxSessionDuration: Duration.hours(8),
      }),
      'AnalystRole',
    );
    const policy = new Policy(this, 'AnalystPolicy', {
      roles: [role],
      statements: [
        ...queryPermissions(exports, answers).map(allow),
        allow({
          actions: [
            'athena:BatchGetNamedQuery',
            'athena:BatchGetQueryExecution',
            'athena:GetNamedQuery',
            'athena:GetQueryExecution',
            'athena:GetQueryResults',
            'athena:GetQueryResultsStream',
            'athena:GetQueryRuntimeStatistics',
            'athena:GetWorkGroup',
            'athena:ListNamedQueries',
            'athena:ListQueryExecutions',
            'athena:StartQueryExecution',
            'athena:StopQueryExecution',
          ],
          resources: [workgroupArn],
        }),
      ],
    });
    acknowledge(policy, {
      'AwsSolutions-IAM5[Resource::TiendoData:ExportsOutputFnGetAttExportBucketArn4DFA2B59/*]':
        'The export is what analysts read; the bucket holds its tables and downloads made of them.',
      [`AwsSolutions-IAM5[Resource::<AthenaResultsBucket.Arn>/${answersPrefix}/*]`]:
        'Athena names each answer after its query; the bucket holds nothing else.',
      [`AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:glue:<AWS::Region>:<AWS::AccountId>:table/${name}/*]`]:
        'The tables of this database, which holds nothing but the export.',
    });
    named(policy, 'AnalystPolicy');
    return role;
  }
}

/** The settings are enforced: those a client sends along are ignored. */
function createWorkgroup(scope: Construct, answers: Bucket): CfnWorkGroup {
  return named(
    new CfnWorkGroup(scope, 'Workgroup', {
      name,
      description: 'Queries over the export of tiendo.',
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: maxBytesScanned,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${answers.bucketName}/${answersPrefix}/`,
          expectedBucketOwner: Aws.ACCOUNT_ID,
          encryptionConfiguration: { encryptionOption: 'SSE_S3' },
        },
      },
    }),
    'AnalyticsWorkgroup',
  );
}

/** A named query with its parameters at their defaults; comments say where to put other values. */
function saveQuery(scope: Construct, query: NamedQuery, workgroup: CfnWorkGroup): void {
  const id = `${pascalCase(query.name)}Query`;
  const header = [
    `-- ${query.title.vi} · ${query.title.en}`,
    ...query.parameters.map(
      (parameter) =>
        `-- ${parameter.name} = '${parameter.default}': ${parameter.title.vi} · ${parameter.title.en}`,
    ),
  ];
  const saved = new CfnNamedQuery(scope, id, {
    name: query.name,
    description: `${query.description.vi} · ${query.description.en}`,
    database: name,
    workGroup: workgroup.ref,
    queryString: [...header, fillQuery(query)].join('\n'),
  });
  named(saved, id);
}
