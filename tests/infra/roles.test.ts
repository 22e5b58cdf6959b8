import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { bundleFunctions } from '../../infra/bundle.ts';
import { definitionOf, functionNames } from '../../infra/functions.ts';
import { pascalCase } from '../../infra/logical-id.ts';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { actionsOfBundle } from './bundled-commands.ts';
import { resourcesOf, say, synthesizeTemplates } from './synthesized.ts';
import { temporaryFolder } from './temporary-folder.ts';

const { pipeline } = synthesizeTemplates();
const { Resources } = pipeline;

const oneOrMany = <T extends z.ZodType>(schema: T) =>
  z.union([z.array(schema), schema.transform((one) => [one])]);
const statementSchema = z.object({
  Effect: z.string(),
  Action: oneOrMany(z.string()),
  Resource: oneOrMany(z.unknown()).optional(),
  Principal: z.record(z.string(), z.unknown()).optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
const documentSchema = z.object({ Statement: z.array(statementSchema) });

function statementsOf(policyId: string) {
  return documentSchema.parse(Resources[policyId]?.Properties.PolicyDocument).Statement;
}

/** `dynamodb:PutItem Table`, one line per action and resource. */
function permissionsOf(policyId: string): string[] {
  return statementsOf(policyId).flatMap(({ Effect, Action, Resource }) =>
    Action.flatMap((action) =>
      (Resource ?? []).map(
        (resource) => `${Effect === 'Allow' ? '' : `${Effect} `}${action} ${say(resource)}`,
      ),
    ),
  );
}

const consume = (queue: string) => [
  `sqs:ReceiveMessage ${queue}`,
  `sqs:DeleteMessage ${queue}`,
  `sqs:GetQueueAttributes ${queue}`,
];
const assume = (role: string) => [`sts:AssumeRole ${role}`, `sts:TagSession ${role}`];
const onTable = (...actions: string[]) => actions.map((action) => `dynamodb:${action} Table`);
const onTopics = (...actions: string[]) =>
  Array.from({ length: 16 }, (_, index) =>
    actions.map((action) => `sns:${action} MessagesTopic${index + 1}`),
  ).flat();
const putEvents = 'events:PutEvents arn:AWS::Partition:events:AWS::Region:AWS::AccountId:event-bus/default';
const ownUnit = `\${aws:PrincipalTag/unit}`;

const own: Record<string, string[]> = {
  'request-upload': assume('RequestUploadUnitRole'),
  ingest: [putEvents, ...assume('IngestUnitRole'), ...consume('IngestQueue')],
  sweep: [
    'dynamodb:Scan Table/index/open',
    ...onTable('UpdateItem'),
    's3:GetObject UploadsBucket/*',
    's3:ListBucket UploadsBucket',
    'sqs:SendMessage IngestQueue',
    ...consume('SweepQueue'),
  ],
  fail: [...onTable('UpdateItem'), 'sqs:SendMessage ParkedQueue', ...consume('IngestDeadLetters')],
  evaluate: [...onTable('BatchGetItem', 'PutItem', 'Query'), putEvents, ...consume('EvaluateQueue')],
  notify: [
    ...onTable('BatchGetItem', 'PutItem'),
    'sns:Publish *',
    'sqs:SendMessage NotifyQueue',
    ...consume('NotifyQueue'),
  ],
  export: [
    ...onTable('BatchGetItem', 'Query'),
    's3:GetObject ExportBucket/*',
    's3:PutObject ExportBucket/*',
    's3:DeleteObject ExportBucket/*',
    's3:ListBucket ExportBucket',
    ...consume('ExportQueue'),
  ],
  'offer-export': [
    's3:GetObject ExportBucket/*',
    's3:PutObject ExportBucket/downloads/*',
    's3:ListBucket ExportBucket',
    ...assume('OfferExportUnitRole'),
  ],
  api: [
    ...onTable('BatchGetItem', 'GetItem', 'Query'),
    's3:GetObject UploadsBucket/*',
    's3:GetObject ReportsBucket/*',
    ...assume('ApiUnitRole'),
  ],
  withdraw: [...onTable('BatchGetItem'), putEvents, ...assume('WithdrawUnitRole')],
  acknowledge: [...onTable('BatchGetItem'), ...assume('AcknowledgeUnitRole')],
  silence: onTable('BatchGetItem', 'PutItem'),
  'set-due': [...onTable('BatchGetItem'), putEvents, ...assume('SetDueUnitRole')],
  reconcile: [
    ...onTable('BatchGetItem', 'GetItem', 'PutItem'),
    ...onTopics('ListSubscriptionsByTopic', 'Subscribe'),
    'sns:Unsubscribe *',
    'sns:ListPhoneNumbersOptedOut *',
    ...consume('ReconcileQueue'),
  ],
  'register-coordinators': [
    ...onTable('BatchGetItem', 'GetItem', 'PutItem'),
    ...onTopics('Subscribe'),
    'cognito-idp:AdminGetUser UserPool',
  ],
  'manage-accounts': [
    'cognito-idp:AdminCreateUser UserPool',
    'cognito-idp:AdminAddUserToGroup UserPool',
    'cognito-idp:AdminListGroupsForUser UserPool',
  ],
};

/** What a unit may see of the export. */
const ownFolders = [
  'observations',
  'points',
  'submissions',
  'submission_issues',
  'alerts',
  'acknowledgements',
  'notifications',
  'downloads',
].map((folder) => `${folder}/unit=${ownUnit}/*`);

const forOneUnit: Record<string, string[]> = {
  'request-upload': [...onTable('BatchGetItem', 'PutItem'), `s3:PutObject UploadsBucket/${ownUnit}/*`],
  ingest: [
    ...onTable('BatchGetItem', 'GetItem', 'PutItem', 'UpdateItem'),
    `s3:GetObject UploadsBucket/${ownUnit}/*`,
    `s3:GetObject ReportsBucket/${ownUnit}/*`,
    `s3:PutObject ReportsBucket/${ownUnit}/*`,
  ],
  'offer-export': [
    ...ownFolders.map((folder) => `s3:GetObject ExportBucket/${folder}`),
    `s3:PutObject ExportBucket/downloads/unit=${ownUnit}/*`,
    's3:ListBucket ExportBucket',
  ],
  api: [
    ...onTable('BatchGetItem', 'GetItem', 'Query'),
    `s3:GetObject UploadsBucket/${ownUnit}/*`,
    `s3:GetObject ReportsBucket/${ownUnit}/*`,
  ],
  withdraw: onTable('BatchGetItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
  acknowledge: onTable('GetItem', 'PutItem'),
  'set-due': onTable('GetItem', 'PutItem'),
};

describe('the role of a function', () => {
  it.each(functionNames)('%s allows what it needs and nothing else', (name) => {
    const logs = `${pascalCase(name)}Logs`;
    expect(permissionsOf(`${pascalCase(name)}Policy`).sort()).toEqual(
      [`logs:CreateLogStream ${logs}`, `logs:PutLogEvents ${logs}`, ...(own[name] ?? [])].sort(),
    );
  });

  const registries = ['*#REGISTRY'];
  it.each([
    ['withdraw', 'BatchGetItem', registries],
    ['acknowledge', 'BatchGetItem', registries],
    ['set-due', 'BatchGetItem', registries],
    ['silence', 'BatchGetItem', [...registries, 'NATION#SILENCES']],
    ['silence', 'PutItem', ['NATION#SILENCES']],
  ] as const)('lets %s %s only the items of %j', (name, action, patterns) => {
    const statements = statementsOf(`${pascalCase(name)}Policy`);
    const found = statements.filter(({ Action }) => Action.includes(`dynamodb:${action}`));
    expect(found.map(({ Condition }) => Condition)).toEqual([
      {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': patterns },
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    ]);
  });

  it('is its own: assumed by Lambda only, with one policy and none of AWS', () => {
    const roles = functionNames.map((name) => Resources[`${pascalCase(name)}Role`]?.Properties ?? {});
    for (const role of roles) {
      expect(Object.keys(role)).toEqual(['AssumeRolePolicyDocument']);
      expect(documentSchema.parse(role.AssumeRolePolicyDocument).Statement).toEqual([
        { Effect: 'Allow', Action: ['sts:AssumeRole'], Principal: { Service: 'lambda.amazonaws.com' } },
      ]);
    }
    const attachments = resourcesOf(pipeline, 'AWS::IAM::Policy').map(([id, { Properties }]) => [
      id.replace('Policy', 'Role'),
      ...(Array.isArray(Properties.Roles) ? Properties.Roles.map(say) : []),
    ]);
    expect(attachments.filter(([expected, ...attached]) => attached.join() !== expected)).toEqual([]);
  });

  it('names `*` as a resource only where AWS knows no other', () => {
    const everywhere = resourcesOf(pipeline, 'AWS::IAM::Policy').flatMap(([id]) =>
      permissionsOf(id).filter((permission) => permission.endsWith(' *')),
    );
    expect(everywhere.sort()).toEqual([
      'sns:ListPhoneNumbersOptedOut *',
      'sns:Publish *',
      'sns:Unsubscribe *',
    ]);
  });

  it('holds no wildcard in an action', () => {
    const actions = resourcesOf(pipeline, 'AWS::IAM::Policy').flatMap(([id]) =>
      statementsOf(id).flatMap(({ Action }) => Action),
    );
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });
});

describe('the roles of a function', () => {
  // What AWS does with the function's credentials, or asks for beside an action.
  const implied =
    /^(?:logs:|sqs:(?:ReceiveMessage|DeleteMessage|GetQueueAttributes)|sts:TagSession|s3:ListBucket)/;
  const outdir = temporaryFolder();
  beforeAll(() => bundleFunctions({ outdir }), 60_000);

  it.each(functionNames)('%s allow the actions its code can call, and no other', (name) => {
    const policies = [`${pascalCase(name)}Policy`, `${pascalCase(name)}UnitPolicy`].filter(
      (id) => Resources[id],
    );
    const allowed = policies.flatMap((id) => statementsOf(id).flatMap(({ Action }) => Action));
    const called = actionsOfBundle(join(outdir, name, 'index.mjs'));
    expect([...new Set(allowed)].filter((action) => !implied.test(action)).sort()).toEqual(called);
  });
});

describe('the unit role', () => {
  const owners = functionNames.filter((name) => definitionOf(name).unitPermissions);

  it('exists for the functions that serve one unit', () => {
    expect(owners).toEqual(Object.keys(forOneUnit));
  });

  it.each(owners)('of %s allows what it needs and nothing else', (name) => {
    expect(permissionsOf(`${pascalCase(name)}UnitPolicy`).sort()).toEqual(
      [...(forOneUnit[name] ?? [])].sort(),
    );
  });

  it.each(owners)(
    'of %s reaches only items whose key starts with its unit, and only calls that name a key',
    (name) => {
      const statements = statementsOf(`${pascalCase(name)}UnitPolicy`);
      const onItems = statements.filter(({ Action }) =>
        Action.some((action) => action.startsWith('dynamodb:')),
      );
      for (const { Condition } of onItems) {
        expect(Condition).toEqual({
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${ownUnit}#*`] },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        });
      }
      const onObjects = statements.filter(({ Action }) =>
        Action.some((action) => /^s3:\w+Object$/.test(action)),
      );
      expect(
        onObjects
          .flatMap(({ Resource }) => (Resource ?? []).map(say))
          .filter((arn) => !/^\w+\/(\w+\/unit=)?\$\{aws:PrincipalTag\/unit\}\/\*$/.test(arn)),
      ).toEqual([]);
      const onLists = statements.filter(({ Action }) => Action.includes('s3:ListBucket'));
      for (const { Action, Condition } of onLists) {
        expect(Action).toEqual(['s3:ListBucket']);
        expect(Condition).toEqual({ StringLike: { 's3:prefix': ownFolders } });
      }
      expect(onItems.length + onObjects.length + onLists.length).toBe(statements.length);
    },
  );

  it.each(owners)('of %s is assumed by that function alone, tagged with one of the units', (name) => {
    const document = Resources[`${pascalCase(name)}UnitRole`]?.Properties.AssumeRolePolicyDocument;
    expect(documentSchema.parse(document).Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['sts:AssumeRole', 'sts:TagSession'],
        Principal: { AWS: { 'Fn::GetAtt': [`${pascalCase(name)}Role`, 'Arn'] } },
        Condition: { StringEquals: { 'aws:RequestTag/unit': loadCatalogue().units.map(({ id }) => id) } },
      },
    ]);
    // The longest an account allows without asking for more.
    expect(JSON.stringify(document).length).toBeLessThan(2048);
  });
});
