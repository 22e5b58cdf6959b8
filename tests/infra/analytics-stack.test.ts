import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { type AccessRequest, decide } from '../../local/iam/policies.ts';
import { readRoles } from '../../local/template/roles.ts';
import { readTemplate } from '../../local/template/template.ts';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { namedQueries } from '../../shared/domain/named-queries.ts';
import { tables } from '../../shared/domain/tables.ts';
import { views } from '../../shared/domain/views.ts';
import { createApp, resourcesOf, say, synthesizeTemplates } from './synthesized.ts';

// A synthesis or a bundle takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const { analytics } = synthesizeTemplates();
const { Resources } = analytics;
const catalogue = loadCatalogue();

const columnSchema = z.strictObject({
  Name: z.string(),
  Type: z.string(),
  // The most Glue takes.
  Comment: z.string().min(1).max(255),
});
const tableSchema = z.object({
  DatabaseName: z.literal('tiendo'),
  TableInput: z.object({
    Name: z.string(),
    Description: z.string().max(2048),
    TableType: z.string(),
    Parameters: z.record(z.string(), z.unknown()),
    PartitionKeys: z.array(columnSchema).default([]),
    StorageDescriptor: z.object({ Columns: z.array(columnSchema), Location: z.unknown().optional() }),
    ViewOriginalText: z.string().optional(),
  }),
});
const inputs = resourcesOf(analytics, 'AWS::Glue::Table').map(
  ([, { Properties }]) => tableSchema.parse(Properties).TableInput,
);

function inputOf(name: string) {
  const input = inputs.find((one) => one.Name === name);
  if (!input) throw new Error(`There is no table ${name} in Glue`);
  return input;
}

const glueTypes = { VARCHAR: 'string', TIMESTAMP: 'timestamp', DATE: 'date', BIGINT: 'bigint' };
const glueTypeOf = (type: string) =>
  Object.entries(glueTypes).find(([name]) => name === type)?.[1] ?? type.toLowerCase();

describe('the tables of Athena', () => {
  it('are those of the one list, and its views', () => {
    expect(inputs.map(({ Name }) => Name)).toEqual([...tables, ...views].map(({ name }) => name));
  });

  it.each([...tables, ...views])('$name has the columns of the list', ({ name, columns }) => {
    expect(inputOf(name).StorageDescriptor.Columns.map(({ Name, Type }) => `${Name} ${Type}`)).toEqual(
      columns.map((column) => `${column.name} ${glueTypeOf(column.type)}`),
    );
  });

  it.each(tables)('$name lies where the export writes it', ({ name, layout }) => {
    const { StorageDescriptor, PartitionKeys, Parameters } = inputOf(name);
    expect(say(StorageDescriptor.Location)).toBe(`s3://ExportBucket/${name}/`);
    const partition = { whole: undefined, unit: 'unit', submission: 'unit', day: 'day' }[layout];
    expect(PartitionKeys.map(({ Name }) => Name)).toEqual(partition === undefined ? [] : [partition]);
    if (partition === undefined) return;
    expect(Parameters['projection.enabled']).toBe('true');
    expect(say(Parameters['storage.location.template'])).toBe(
      `s3://ExportBucket/${name}/${partition}=\${${partition}}/`,
    );
  });

  it('have a folder for each unit, or each day since the first year of the directive', () => {
    expect(inputOf('points').Parameters).toMatchObject({
      'projection.unit.type': 'enum',
      'projection.unit.values': catalogue.units.map(({ id }) => id).join(','),
    });
    expect(inputOf('assessments').Parameters).toMatchObject({
      'projection.day.type': 'date',
      'projection.day.format': 'yyyy-MM-dd',
      'projection.day.range': '2021-01-01,NOW',
    });
  });

  it('have no folder that is named like a column', () => {
    const clashes = inputs.filter(({ PartitionKeys, StorageDescriptor }) =>
      StorageDescriptor.Columns.some(({ Name }) => PartitionKeys.some((key) => key.Name === Name)),
    );
    expect(clashes).toEqual([]);
  });
});

describe('a view of Athena', () => {
  it.each(views)('$name is the query of the list, with Trino’s types', ({ name, sql, columns }) => {
    const { TableType, Parameters, ViewOriginalText = '' } = inputOf(name);
    expect(TableType).toBe('VIRTUAL_VIEW');
    expect(Parameters.presto_view).toBe('true');
    const [, encoded = ''] = /^\/\* Presto View: (\S+) \*\/$/.exec(ViewOriginalText) ?? [];
    const types = { ...glueTypes, VARCHAR: 'varchar', TIMESTAMP: 'timestamp(3)' };
    expect(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8'))).toEqual({
      originalSql: sql,
      catalog: 'awsdatacatalog',
      schema: 'tiendo',
      columns: columns.map((column) => ({
        name: column.name,
        type: Object.entries(types).find(([one]) => one === column.type)?.[1] ?? column.type.toLowerCase(),
      })),
    });
  });
});

describe('the workgroup', () => {
  it('enforces where answers go, encrypted, and how much a query may read', () => {
    const { Name, WorkGroupConfiguration } = Resources.AnalyticsWorkgroup?.Properties ?? {};
    expect(Name).toBe('tiendo');
    expect(WorkGroupConfiguration).toMatchObject({
      EnforceWorkGroupConfiguration: true,
      BytesScannedCutoffPerQuery: 10 * 1024 ** 3,
      EngineVersion: { SelectedEngineVersion: 'Athena engine version 3' },
      ResultConfiguration: {
        OutputLocation: { 'Fn::Join': ['', ['s3://', { Ref: 'AthenaResultsBucket' }, '/results/']] },
        ExpectedBucketOwner: { Ref: 'AWS::AccountId' },
        EncryptionConfiguration: { EncryptionOption: 'SSE_S3' },
      },
    });
  });

  it('forgets answers after a month', () => {
    expect(Resources.AthenaResultsBucket?.Properties.LifecycleConfiguration).toMatchObject({
      Rules: [{ ExpirationInDays: 30, Status: 'Enabled' }],
    });
  });

  it('has every named query, ready to run', () => {
    const saved = resourcesOf(analytics, 'AWS::Athena::NamedQuery').map(([, { Properties }]) =>
      z
        .object({
          Name: z.string().max(128),
          Description: z.string().max(1024),
          Database: z.literal('tiendo'),
          WorkGroup: z.strictObject({ Ref: z.literal('AnalyticsWorkgroup') }),
          QueryString: z.string().max(262_144),
        })
        .parse(Properties),
    );
    expect(saved.map(({ Name }) => Name)).toEqual(namedQueries(catalogue.directive).map(({ name }) => name));
    expect(saved.filter(({ QueryString }) => QueryString.includes('${'))).toEqual([]);
    expect(saved.find(({ Name }) => Name === 'corrections')?.QueryString).toMatch(
      /^-- Ai đã đính chính .+\n-- since = '2000-01-01': .+\n-- unit = '\*': .+\nwith ended as/,
    );
  });
});

describe('the analyst role', () => {
  const { directory } = createApp().app.synth();
  const template = readTemplate(directory, {
    endpoint: 'http://127.0.0.1:1',
    apiUrl: 'http://127.0.0.1:2',
    issuer: 'http://127.0.0.1:3',
    portalUrl: 'http://127.0.0.1:4',
  });
  const role = readRoles(template).find(({ name }) => name === 'TiendoAnalytics-AnalystRole');
  const account = 'arn:aws:iam::000000000000:root';

  function decision(action: string, resource: string, context: AccessRequest['context'] = {}) {
    return decide(role?.statements ?? [], { action, resource, context });
  }
  const arnOf = (bucket: string) => `arn:aws:s3:::${template.references[bucket]}`;
  const arn = (service: string, rest: string) => `arn:aws:${service}:ap-southeast-1:000000000000:${rest}`;
  const table = arn('dynamodb', `table/${template.references.Table}`);

  it('is evaluated with the names the template gives', () => {
    expect(template.references.ExportBucket).toMatch(/exportbucket/);
    const { statements = [] } = role ?? {};
    expect(statements.flatMap(({ resources }) => resources)).toContain(`${arnOf('ExportBucket')}/*`);
    expect(statements.flatMap(({ resources }) => resources)).toContain(arn('athena', 'workgroup/tiendo'));
  });

  it.each([
    ['s3:GetObject', `${arnOf('ExportBucket')}/points/unit=74/points.parquet`],
    ['s3:ListBucket', arnOf('ExportBucket')],
    ['s3:PutObject', `${arnOf('AthenaResultsBucket')}/results/1.csv`],
    ['s3:GetObject', `${arnOf('AthenaResultsBucket')}/results/1.csv`],
    ['athena:StartQueryExecution', arn('athena', 'workgroup/tiendo')],
    ['athena:GetNamedQuery', arn('athena', 'workgroup/tiendo')],
    ['glue:GetTable', arn('glue', 'table/tiendo/points')],
    ['glue:GetTable', arn('glue', 'database/tiendo')],
    ['glue:GetDatabase', arn('glue', 'database/tiendo')],
  ])('may %s %s', (action, resource) => expect(decision(action, resource)).toBe('allow'));

  it.each([
    ['s3:PutObject', `${arnOf('ExportBucket')}/points/unit=74/points.parquet`],
    ['s3:DeleteObject', `${arnOf('ExportBucket')}/points/unit=74/points.parquet`],
    ['s3:GetObject', `${arnOf('UploadsBucket')}/74/01G6`],
    ['s3:ListBucket', arnOf('UploadsBucket')],
    ['s3:GetObject', `${arnOf('ReportsBucket')}/74/01G6.json`],
    ['s3:ListBucket', arnOf('ReportsBucket')],
    ['s3:GetObject', `${arnOf('AthenaResultsBucket')}/others/1.csv`],
    ['s3:PutObject', `${arnOf('AthenaResultsBucket')}/others/1.csv`],
    ['s3:DeleteObject', `${arnOf('AthenaResultsBucket')}/results/1.csv`],
    ['s3:GetObject', 'arn:aws:s3:::another/points.parquet'],
    ['s3:ListAllMyBuckets', '*'],
    ['dynamodb:GetItem', table],
    ['dynamodb:Query', table],
    ['dynamodb:Scan', table],
    ['dynamodb:Query', `${table}/index/open`],
    ['athena:StartQueryExecution', arn('athena', 'workgroup/primary')],
    ['athena:UpdateWorkGroup', arn('athena', 'workgroup/tiendo')],
    ['athena:CreateNamedQuery', arn('athena', 'workgroup/tiendo')],
    ['glue:GetTable', arn('glue', 'table/another/points')],
    ['glue:GetTable', arn('glue', 'table/default/points')],
    ['glue:UpdateTable', arn('glue', 'table/tiendo/points')],
    ['glue:DeleteTable', arn('glue', 'table/tiendo/points')],
    ['glue:CreateTable', arn('glue', 'database/tiendo')],
    ['sts:AssumeRole', arn('iam', 'role/another')],
    ['cognito-idp:ListUsers', arn('cognito-idp', `userpool/${template.references.UserPool}`)],
  ])('may not %s %s', (action, resource) => expect(decision(action, resource)).toBe('implicit-deny'));

  it.each([
    ['results/', 'allow'],
    ['results/1.csv', 'allow'],
    ['', 'implicit-deny'],
    ['others/', 'implicit-deny'],
  ])('lists of the answers %j: %s', (prefix, expected) => {
    const answers = arnOf('AthenaResultsBucket');
    expect(decision('s3:ListBucket', answers, { 's3:prefix': prefix })).toBe(expected);
  });

  it('holds actions that read, and the writing of answers alone', () => {
    const actions = (role?.statements ?? []).flatMap((statement) => statement.actions);
    const writing = actions.filter((action) => !/:(?:Get|BatchGet|List)/.test(action));
    expect(writing.sort()).toEqual([
      'athena:StartQueryExecution',
      'athena:StopQueryExecution',
      's3:AbortMultipartUpload',
      's3:PutObject',
    ]);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  it.each([
    [account, 'true', 'allow'],
    [account, 'false', 'implicit-deny'],
    ['arn:aws:iam::111111111111:root', 'true', 'implicit-deny'],
  ])('may be assumed by %s with a second factor (%s): %s', (principal, factor, expected) => {
    const request = { action: 'sts:AssumeRole', resource: '*', principal };
    expect(decide(role?.trust ?? [], { ...request, context: { 'aws:MultiFactorAuthPresent': factor } })).toBe(
      expected,
    );
    expect(decide(role?.trust ?? [], { ...request, context: {} })).toBe('implicit-deny');
  });

  it('is for the account a deployment names, with a second factor all the same', () => {
    const { Resources: chosen } = synthesizeTemplates({ analystAccount: '123456789012' }).analytics;
    expect(chosen.AnalystRole?.Properties.AssumeRolePolicyDocument).toMatchObject({
      Statement: [
        {
          Principal: {
            AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::123456789012:root']] },
          },
          Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
        },
      ],
    });
  });

  it('is not for what is no account', () => {
    expect(() => createApp({ analystAccount: '*' })).toThrow(/12 digits/);
  });
});
