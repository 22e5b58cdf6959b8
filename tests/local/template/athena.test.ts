import { rmSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { readCatalogTables, readWorkgroups } from '../../../local/template/athena.ts';
import { readTemplate } from '../../../local/template/template.ts';
import { type StackTemplate, writeAssembly } from '../small-template.ts';

const directories: string[] = [];
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
});

function read(Resources: StackTemplate['Resources']) {
  const directory = writeAssembly({ Small: { Resources } });
  directories.push(directory);
  return readTemplate(directory, {
    endpoint: 'http://127.0.0.1:4566',
    apiUrl: 'http://127.0.0.1:8930',
    issuer: 'http://127.0.0.1:8931',
    portalUrl: 'http://127.0.0.1:8932',
  });
}

const location = (prefix: string) => ({ 'Fn::Join': ['', ['s3://', { Ref: 'Bucket' }, `/${prefix}`]] });
const bucket = { Type: 'AWS::S3::Bucket' };
const configuration = {
  EnforceWorkGroupConfiguration: true,
  BytesScannedCutoffPerQuery: 10_000_000,
  ResultConfiguration: { OutputLocation: location('results/') },
};
const workgroup = (more: object) => ({
  Bucket: bucket,
  Workgroup: {
    Type: 'AWS::Athena::WorkGroup',
    Properties: { Name: 'tiendo', WorkGroupConfiguration: { ...configuration, ...more } },
  },
});

describe('a workgroup', () => {
  it('has a name, a place for answers and a limit', () => {
    expect(readWorkgroups(read(workgroup({})))).toEqual([
      {
        name: 'tiendo',
        arn: 'arn:aws:athena:ap-southeast-1:000000000000:workgroup/tiendo',
        answers: { bucket: 'small-bucket', prefix: 'results/' },
        maxBytesScanned: 10_000_000,
      },
    ]);
  });

  it.each([
    ['settings that clients may override', { EnforceWorkGroupConfiguration: false }],
    ['answers outside of a folder', { ResultConfiguration: { OutputLocation: location('') } }],
    [
      'answers encrypted by a key',
      {
        ResultConfiguration: {
          OutputLocation: location('results/'),
          EncryptionConfiguration: { EncryptionOption: 'SSE_KMS', KmsKey: 'key' },
        },
      },
    ],
    ['Spark', { AdditionalConfiguration: '{}' }],
  ])('with %s stops the start', (_, more) => {
    expect(() => readWorkgroups(read(workgroup(more)))).toThrow(
      /Small, Workgroup \(AWS::Athena::WorkGroup\)/,
    );
  });
});

describe('a table of Glue', () => {
  const table = (TableInput: object) => ({
    Bucket: bucket,
    Table: { Type: 'AWS::Glue::Table', Properties: { DatabaseName: 'tiendo', TableInput } },
  });
  const files = {
    Name: 'units',
    TableType: 'EXTERNAL_TABLE',
    Parameters: { classification: 'parquet' },
    StorageDescriptor: { Location: location('units/'), Columns: [{ Name: 'unit_id', Type: 'string' }] },
  };
  const encode = (view: object) =>
    `/* Presto View: ${Buffer.from(JSON.stringify(view)).toString('base64')} */`;
  const view = { Name: 'current', TableType: 'VIRTUAL_VIEW' };

  it('is files in a folder, with columns', () => {
    expect(readCatalogTables(read(table(files)))).toEqual([
      {
        database: 'tiendo',
        name: 'units',
        columns: [{ name: 'unit_id', type: 'string' }],
        folder: { bucket: 'small-bucket', prefix: 'units/' },
      },
    ]);
  });

  it('is a view, with its query', () => {
    const ViewOriginalText = encode({ originalSql: 'select 1', catalog: 'awsdatacatalog' });
    expect(readCatalogTables(read(table({ ...view, ViewOriginalText })))).toEqual([
      { database: 'tiendo', name: 'current', sql: 'select 1' },
    ]);
  });

  it.each([
    ['not Parquet', { ...files, Parameters: { classification: 'csv' } }],
    ['a view that Athena could not read', { ...view, ViewOriginalText: 'select 1' }],
    ['of another kind', { ...files, TableType: 'GOVERNED' }],
  ])('that is %s stops the start', (_, input) => {
    expect(() => readCatalogTables(read(table(input)))).toThrow(/Small, Table \(AWS::Glue::Table\)/);
  });
});
