import { readFileSync } from 'node:fs';

/** The IAM action an SDK command needs, where it is not the command's own name. */
const actions: Readonly<Record<string, string>> = {
  AdminAddUserToGroup: 'cognito-idp:AdminAddUserToGroup',
  AdminCreateUser: 'cognito-idp:AdminCreateUser',
  AdminGetUser: 'cognito-idp:AdminGetUser',
  AdminListGroupsForUser: 'cognito-idp:AdminListGroupsForUser',
  AssumeRole: 'sts:AssumeRole',
  BatchGet: 'dynamodb:BatchGetItem',
  BatchWrite: 'dynamodb:BatchWriteItem',
  Delete: 'dynamodb:DeleteItem',
  DeleteObject: 's3:DeleteObject',
  Get: 'dynamodb:GetItem',
  GetObject: 's3:GetObject',
  GetQueryExecution: 'athena:GetQueryExecution',
  GetQueryResults: 'athena:GetQueryResults',
  HeadObject: 's3:GetObject',
  ListObjectsV2: 's3:ListBucket',
  ListPhoneNumbersOptedOut: 'sns:ListPhoneNumbersOptedOut',
  ListSubscriptionsByTopic: 'sns:ListSubscriptionsByTopic',
  Publish: 'sns:Publish',
  Put: 'dynamodb:PutItem',
  PutEvents: 'events:PutEvents',
  PutObject: 's3:PutObject',
  Query: 'dynamodb:Query',
  Scan: 'dynamodb:Scan',
  SendMessage: 'sqs:SendMessage',
  SetSubscriptionAttributes: 'sns:SetSubscriptionAttributes',
  StartQueryExecution: 'athena:StartQueryExecution',
  Subscribe: 'sns:Subscribe',
  Unsubscribe: 'sns:Unsubscribe',
  Update: 'dynamodb:UpdateItem',
};

/**
 * The IAM actions the commands in a bundle need, sorted: only code that is reached from the handler is in a
 * bundle, so this is what the function can do at all. Throws for a command it does not know.
 */
export function actionsOfBundle(path: string): string[] {
  const source = ownModules(readFileSync(path, 'utf8')).join('\n');
  const calls = source.matchAll(/\bnew (\w+?)Command\d*\(|\bpaginate(\w+)\(/g);
  const needed = [...calls].map(([, command, paginated]) => actionOf(command ?? paginated ?? ''));
  // S3 asks for leave to read where a write depends on what is there.
  if (/\bIfMatch:/.test(source)) needed.push('s3:GetObject');
  return [...new Set(needed)].filter((action) => action !== 's3:ListBucket').sort();
}

function actionOf(command: string): string {
  const action = actions[command];
  if (!action) throw new Error(`Which IAM action does ${command}Command need? Say so in this file.`);
  return action;
}

/** The parts of a bundle that come from this project; esbuild heads each module with its path. */
function ownModules(bundle: string): string[] {
  return bundle
    .split(/^(?=\/\/ \S+\.[cm]?[jt]s(?:on)?$)/m)
    .filter((part) => /^\/\/ (?:functions|shared)\//.test(part));
}
