import type { UserPool } from 'aws-cdk-lib/aws-cognito';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { keys, openIndex } from '../shared/aws/table-keys.ts';
import { analyticsName } from '../shared/domain/analytics-name.ts';
import { downloadsOf, folderOf, unitTableNames } from '../shared/domain/tables/object-keys.ts';
import { queryPermissions, workgroupArn } from './athena-access.ts';

/** What the functions work with, as their environment and permissions name it. */
export interface Resources {
  table: Table;
  uploads: Bucket;
  reports: Bucket;
  exports: Bucket;
  /** Where Athena writes what it answers. */
  answers: Bucket;
  userPool: UserPool;
  /** The topics e-mails are published to, each coordinator's address subscribed to one. */
  messages: readonly Topic[];
  ingestQueue: Queue;
  notifyQueue: Queue;
  parkedQueue: Queue;
  eventBusArn: string;
  portalUrl: string;
  sms: SmsSettings;
}

/** How text messages are sent. */
export interface SmsSettings {
  /** How many SMS parts a month may take. */
  monthlyParts: number;
  /** The HTTP gateway that takes the place of SNS. */
  gatewayUrl?: string;
}

/** What the gateway knows us by: the whole text of a secret, which CloudFormation puts in when it deploys. */
const gatewayToken = '{{resolve:secretsmanager:tiendo/sms-gateway}}';

/**
 * Actions on resources, by ARN. `ownKeys` limits items to those whose key starts with the session's unit, `keys` to
 * those whose partition key matches one of these patterns, `prefixes` a list of objects to prefixes that match one.
 */
export interface Permission {
  actions: readonly string[];
  resources: readonly string[];
  ownKeys?: true;
  keys?: readonly string[];
  prefixes?: readonly string[];
}

/** One function of the pipeline. Its code is `functions/<name>.ts`. */
export interface FunctionDefinition {
  /** What it does, as the console shows it. */
  description: string;
  /** The routes that name it, or the queue of its step. */
  trigger: 'routes' | 'queue';
  timeoutSeconds: number;
  /** Lambda gives processor time in proportion: 1,769 MB are one processor. */
  memoryMb: number;
  /** Room in its temporary folder, where 512 MB, which cost nothing, are not enough. */
  storageMb?: number;
  environment(resources: Resources): Readonly<Record<string, string>>;
  /** What it may do with its own credentials. */
  permissions(resources: Resources): readonly Permission[];
  /** What it may do for one unit, with credentials tagged with that unit; its environment names the role. */
  unitPermissions?(resources: Resources): readonly Permission[];
}

/** Stands for the unit a session is tagged with; IAM fills it in. */
export const sessionUnit = `\${aws:PrincipalTag/unit}`;

/** Where the tables of the session's unit are, and what it is given to download. */
export const ownFolders: readonly string[] = [
  ...unitTableNames.map((name) => folderOf(name, sessionUnit)),
  downloadsOf(sessionUnit),
];

/** The partition keys of the registries of all units. */
const registryKeys = keys.registry('*').pk;

/** The one list of functions: the bundle, the stack, the alarms and the tests are made from it. */
const functionDefinitions = {
  'request-upload': {
    description: 'Answers a presigned upload URL for an announced file; checks a file that is not kept.',
    trigger: 'routes',
    // A dry run checks up to 4 MiB within the 30 seconds an HTTP API waits: as much processor as ingest has.
    timeoutSeconds: 29,
    memoryMb: 1769,
    environment: ({ table, uploads }) => ({
      TABLE_NAME: table.tableName,
      UPLOADS_BUCKET: uploads.bucketName,
    }),
    permissions: () => [],
    unitPermissions: ({ table, uploads }) => [
      { actions: ['dynamodb:BatchGetItem', 'dynamodb:PutItem'], resources: [table.tableArn], ownKeys: true },
      { actions: ['s3:PutObject'], resources: [ownObjects(uploads)] },
    ],
  },
  ingest: {
    description: 'Checks an uploaded file and publishes its figures whole, or reports why not.',
    trigger: 'queue',
    timeoutSeconds: 300,
    memoryMb: 1769,
    // The largest file, its annotated copy in another encoding, and a million issues.
    storageMb: 2048,
    environment: ({ table, uploads, reports }) => ({
      TABLE_NAME: table.tableName,
      UPLOADS_BUCKET: uploads.bucketName,
      REPORTS_BUCKET: reports.bucketName,
    }),
    permissions: ({ eventBusArn }) => [{ actions: ['events:PutEvents'], resources: [eventBusArn] }],
    unitPermissions: ({ table, uploads, reports }) => [
      {
        actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
        resources: [table.tableArn],
        ownKeys: true,
      },
      { actions: ['s3:GetObject'], resources: [ownObjects(uploads)] },
      { actions: ['s3:GetObject', 's3:PutObject'], resources: [ownObjects(reports)] },
    ],
  },
  sweep: {
    description: 'Queues uploads without outcome again and expires requests that were never used.',
    trigger: 'queue',
    timeoutSeconds: 60,
    memoryMb: 512,
    environment: ({ table, uploads, ingestQueue }) => ({
      TABLE_NAME: table.tableName,
      UPLOADS_BUCKET: uploads.bucketName,
      INGEST_QUEUE_URL: ingestQueue.queueUrl,
    }),
    permissions: ({ table, uploads, ingestQueue }) => [
      { actions: ['dynamodb:Scan'], resources: [`${table.tableArn}/index/${openIndex.name}`] },
      { actions: ['dynamodb:UpdateItem'], resources: [table.tableArn] },
      { actions: ['s3:GetObject'], resources: [uploads.arnForObjects('*')] },
      // Without it S3 answers 403, not 404, for an object that is not there.
      { actions: ['s3:ListBucket'], resources: [uploads.bucketArn] },
      { actions: ['sqs:SendMessage'], resources: [ingestQueue.queueArn] },
    ],
  },
  fail: {
    description: 'Marks a submission that could not be checked as failed and keeps its message for redrive.',
    trigger: 'queue',
    timeoutSeconds: 30,
    memoryMb: 512,
    environment: ({ table, parkedQueue }) => ({
      TABLE_NAME: table.tableName,
      PARKED_QUEUE_URL: parkedQueue.queueUrl,
    }),
    permissions: ({ table, parkedQueue }) => [
      { actions: ['dynamodb:UpdateItem'], resources: [table.tableArn] },
      { actions: ['sqs:SendMessage'], resources: [parkedQueue.queueArn] },
    ],
  },
  evaluate: {
    description: 'Assesses obligations as of now and writes the alert stages the ledgers lack.',
    trigger: 'queue',
    timeoutSeconds: 120,
    memoryMb: 1024,
    environment: ({ table }) => ({ TABLE_NAME: table.tableName }),
    permissions: ({ table, eventBusArn }) => [
      {
        actions: ['dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
        resources: [table.tableArn],
      },
      { actions: ['events:PutEvents'], resources: [eventBusArn] },
    ],
  },
  notify: {
    description: 'Tells each coordinator what is urgent at once and the rest by one digest a day.',
    trigger: 'queue',
    timeoutSeconds: 300,
    memoryMb: 512,
    environment: ({ table, notifyQueue, portalUrl, sms }) => ({
      TABLE_NAME: table.tableName,
      NOTIFY_QUEUE_URL: notifyQueue.queueUrl,
      PORTAL_URL: portalUrl,
      SMS_MONTHLY_PARTS: String(sms.monthlyParts),
      ...(sms.gatewayUrl && { SMS_GATEWAY_URL: sms.gatewayUrl, SMS_GATEWAY_TOKEN: gatewayToken }),
    }),
    permissions: ({ table, messages, notifyQueue, sms }) => [
      {
        actions: ['dynamodb:BatchGetItem', 'dynamodb:PutItem'],
        resources: [table.tableArn],
      },
      { actions: ['sqs:SendMessage'], resources: [notifyQueue.queueArn] },
      // A phone number has no ARN: SNS asks for `*`, which includes the topics.
      { actions: ['sns:Publish'], resources: sms.gatewayUrl ? arnsOf(messages) : ['*'] },
    ],
  },
  export: {
    description: "Makes the analysts' tables what the store says, as Parquet.",
    trigger: 'queue',
    timeoutSeconds: 300,
    memoryMb: 1769,
    environment: ({ table, exports }) => ({ TABLE_NAME: table.tableName, EXPORT_BUCKET: exports.bucketName }),
    permissions: ({ table, exports }) => [
      { actions: ['dynamodb:BatchGetItem', 'dynamodb:Query'], resources: [table.tableArn] },
      {
        // S3 asks for leave to read where a write depends on what is there.
        actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
        resources: [exports.arnForObjects('*')],
      },
      { actions: ['s3:ListBucket'], resources: [exports.bucketArn] },
    ],
  },
  'offer-export': {
    description: "Answers a presigned URL for a table, or for a unit's part of it, as CSV or Parquet.",
    trigger: 'routes',
    timeoutSeconds: 29,
    memoryMb: 1769,
    environment: ({ exports }) => ({ EXPORT_BUCKET: exports.bucketName }),
    permissions: ({ exports }) => [
      { actions: ['s3:GetObject'], resources: [exports.arnForObjects('*')] },
      { actions: ['s3:PutObject'], resources: [exports.arnForObjects(`${downloadsOf()}*`)] },
      { actions: ['s3:ListBucket'], resources: [exports.bucketArn] },
    ],
    unitPermissions: ({ exports }) => [
      {
        actions: ['s3:GetObject'],
        resources: ownFolders.map((folder) => exports.arnForObjects(`${folder}*`)),
      },
      { actions: ['s3:PutObject'], resources: [exports.arnForObjects(`${downloadsOf(sessionUnit)}*`)] },
      {
        actions: ['s3:ListBucket'],
        resources: [exports.bucketArn],
        prefixes: ownFolders.map((folder) => `${folder}*`),
      },
    ],
  },
  'answer-query': {
    description: 'Runs the named queries by Athena and answers their rows.',
    trigger: 'routes',
    timeoutSeconds: 15,
    // An answer of 8 MiB is held whole, as text and as rows.
    memoryMb: 1024,
    environment: () => ({ ATHENA_WORKGROUP: analyticsName, ATHENA_DATABASE: analyticsName }),
    permissions: ({ exports, answers }) => [
      {
        actions: ['athena:StartQueryExecution', 'athena:GetQueryExecution', 'athena:GetQueryResults'],
        resources: [workgroupArn],
      },
      ...queryPermissions(exports, answers),
    ],
  },
  api: {
    description: 'Answers everything that is only read.',
    trigger: 'routes',
    timeoutSeconds: 15,
    memoryMb: 1024,
    environment: ({ table, uploads, reports }) => ({
      TABLE_NAME: table.tableName,
      UPLOADS_BUCKET: uploads.bucketName,
      REPORTS_BUCKET: reports.bucketName,
    }),
    permissions: ({ table, uploads, reports }) => [
      {
        actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
        resources: [table.tableArn],
      },
      { actions: ['s3:GetObject'], resources: [uploads.arnForObjects('*'), reports.arnForObjects('*')] },
    ],
    unitPermissions: ({ table, uploads, reports }) => [
      {
        actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
        resources: [table.tableArn],
        ownKeys: true,
      },
      { actions: ['s3:GetObject'], resources: [ownObjects(uploads), ownObjects(reports)] },
    ],
  },
  withdraw: {
    description: 'Takes a published submission back; what it hid shows again.',
    trigger: 'routes',
    timeoutSeconds: 15,
    memoryMb: 1024,
    environment: ({ table }) => ({ TABLE_NAME: table.tableName }),
    permissions: ({ table, eventBusArn }) => [
      readRegistries(table),
      { actions: ['events:PutEvents'], resources: [eventBusArn] },
    ],
    unitPermissions: ({ table }) => [
      {
        actions: [
          'dynamodb:BatchGetItem',
          'dynamodb:GetItem',
          'dynamodb:PutItem',
          'dynamodb:Query',
          'dynamodb:UpdateItem',
        ],
        resources: [table.tableArn],
        ownKeys: true,
      },
    ],
  },
  reconcile: {
    description:
      'Compares subscriptions with coordinators: notes who is gone, asks again, ends what is unused.',
    trigger: 'queue',
    timeoutSeconds: 300,
    memoryMb: 512,
    environment: ({ table, messages }) => ({
      TABLE_NAME: table.tableName,
      TOPIC_ARNS: arnsOf(messages).join(','),
    }),
    permissions: ({ table, messages }) => [
      {
        actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem'],
        resources: [table.tableArn],
      },
      { actions: ['sns:ListSubscriptionsByTopic', 'sns:Subscribe'], resources: arnsOf(messages) },
      // Neither a subscription nor the list of numbers is a resource to SNS: it asks for `*`.
      { actions: ['sns:Unsubscribe', 'sns:ListPhoneNumbersOptedOut'], resources: ['*'] },
    ],
  },
  acknowledge: {
    description: 'Writes that somebody has taken note of an alert.',
    trigger: 'routes',
    timeoutSeconds: 15,
    memoryMb: 512,
    environment: ({ table }) => ({ TABLE_NAME: table.tableName }),
    permissions: ({ table }) => [readRegistries(table)],
    unitPermissions: ({ table }) => [
      { actions: ['dynamodb:GetItem', 'dynamodb:PutItem'], resources: [table.tableArn], ownKeys: true },
    ],
  },
  silence: {
    description: 'Begins and ends silences, which hold messages back.',
    trigger: 'routes',
    timeoutSeconds: 15,
    memoryMb: 512,
    environment: ({ table }) => ({ TABLE_NAME: table.tableName }),
    permissions: ({ table }) => [
      {
        actions: ['dynamodb:BatchGetItem'],
        resources: [table.tableArn],
        keys: [registryKeys, keys.silences().pk],
      },
      { actions: ['dynamodb:PutItem'], resources: [table.tableArn], keys: [keys.silences().pk] },
    ],
  },
  'set-due': {
    description: 'Sets the due date of an obligation that is due by a plan.',
    trigger: 'routes',
    timeoutSeconds: 15,
    memoryMb: 512,
    environment: ({ table }) => ({ TABLE_NAME: table.tableName }),
    permissions: ({ table, eventBusArn }) => [
      readRegistries(table),
      { actions: ['events:PutEvents'], resources: [eventBusArn] },
    ],
    unitPermissions: ({ table }) => [
      { actions: ['dynamodb:GetItem', 'dynamodb:PutItem'], resources: [table.tableArn], ownKeys: true },
    ],
  },
  'register-coordinators': {
    description: 'Writes the coordinators of a unit and subscribes their e-mail addresses.',
    trigger: 'routes',
    timeoutSeconds: 29,
    memoryMb: 512,
    environment: ({ table, messages, userPool }) => ({
      TABLE_NAME: table.tableName,
      TOPIC_ARNS: arnsOf(messages).join(','),
      USER_POOL_ID: userPool.userPoolId,
    }),
    permissions: ({ table, messages, userPool }) => [
      {
        actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PutItem'],
        resources: [table.tableArn],
      },
      { actions: ['sns:Subscribe'], resources: arnsOf(messages) },
      { actions: ['cognito-idp:AdminGetUser'], resources: [userPool.userPoolArn] },
    ],
  },
  'manage-accounts': {
    description: 'Creates accounts and puts them into the groups of their role and unit.',
    trigger: 'routes',
    timeoutSeconds: 15,
    memoryMb: 512,
    environment: ({ userPool }) => ({ USER_POOL_ID: userPool.userPoolId }),
    permissions: ({ userPool }) => [
      {
        actions: [
          'cognito-idp:AdminCreateUser',
          'cognito-idp:AdminAddUserToGroup',
          'cognito-idp:AdminListGroupsForUser',
        ],
        resources: [userPool.userPoolArn],
      },
    ],
  },
} as const satisfies Readonly<Record<string, FunctionDefinition>>;

export type FunctionName = keyof typeof functionDefinitions;

/** The names of all functions, in the order of the list. */
export const functionNames = Object.keys(functionDefinitions).filter(isFunctionName);

/** The definition of a function. */
export function definitionOf(name: FunctionName): FunctionDefinition {
  return functionDefinitions[name];
}

function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(functionDefinitions, name);
}

function arnsOf(topics: readonly Topic[]): string[] {
  return topics.map(({ topicArn }) => topicArn);
}

/** Who may act depends on who is registered where. */
function readRegistries(table: Table): Permission {
  return { actions: ['dynamodb:BatchGetItem'], resources: [table.tableArn], keys: [registryKeys] };
}

function ownObjects(bucket: Bucket): string {
  return bucket.arnForObjects(`${sessionUnit}/*`);
}
