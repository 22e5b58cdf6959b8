import * as z from 'zod';
import { accountId, region } from '../aws-service.ts';
import { parseProperties, placeOf } from './properties.ts';
import type { Template } from './template.ts';

/** A folder of a bucket; `prefix` ends with a slash. */
export interface Folder {
  bucket: string;
  prefix: string;
}

export interface WorkgroupSettings {
  name: string;
  arn: string;
  /** Where answers are written. */
  answers: Folder;
  /** A query that would read more is stopped, in bytes. */
  maxBytesScanned: number;
}

/** A table of the catalogue: Parquet files in a folder, or a view. */
export type CatalogTable = { database: string; name: string } & (
  | { columns: readonly { name: string; type: string }[]; folder: Folder }
  | { sql: string }
);

const folderSchema = z.string().transform((location, context): Folder => {
  const [, bucket, prefix] = /^s3:\/\/([^/]+)\/(.+\/)$/.exec(location) ?? [];
  if (bucket && prefix) return { bucket, prefix };
  context.addIssue(`${location} is no folder of a bucket`);
  return z.NEVER;
});

const workgroupSchema = z.strictObject({
  Name: z.string(),
  Description: z.string().optional(),
  WorkGroupConfiguration: z.strictObject({
    EnforceWorkGroupConfiguration: z.literal(true),
    PublishCloudWatchMetricsEnabled: z.boolean().optional(),
    BytesScannedCutoffPerQuery: z.number(),
    EngineVersion: z.strictObject({ SelectedEngineVersion: z.string() }).optional(),
    ResultConfiguration: z.strictObject({
      OutputLocation: folderSchema,
      ExpectedBucketOwner: z.literal(accountId).optional(),
      EncryptionConfiguration: z.strictObject({ EncryptionOption: z.literal('SSE_S3') }).optional(),
    }),
  }),
});

/** The workgroups of Athena. Their settings must be enforced: those of a client are not known here. */
export function readWorkgroups(template: Template): WorkgroupSettings[] {
  return template.of('AWS::Athena::WorkGroup').map((resource) => {
    const { Name, WorkGroupConfiguration } = parseProperties(workgroupSchema, resource);
    return {
      name: Name,
      arn: `arn:aws:athena:${region}:${accountId}:workgroup/${Name}`,
      answers: WorkGroupConfiguration.ResultConfiguration.OutputLocation,
      maxBytesScanned: WorkGroupConfiguration.BytesScannedCutoffPerQuery,
    };
  });
}

const tableSchema = z.object({
  DatabaseName: z.string(),
  TableInput: z.discriminatedUnion('TableType', [
    z.object({
      TableType: z.literal('EXTERNAL_TABLE'),
      Name: z.string(),
      Parameters: z.object({ classification: z.literal('parquet') }),
      StorageDescriptor: z.object({
        Location: folderSchema,
        Columns: z.array(z.object({ Name: z.string(), Type: z.string() })),
      }),
    }),
    z.object({ TableType: z.literal('VIRTUAL_VIEW'), Name: z.string(), ViewOriginalText: z.string() }),
  ]),
});
const viewSchema = z.object({ originalSql: z.string() });

/** The tables and views of Glue. Columns of partitions are not among them: folders are listed, not computed. */
export function readCatalogTables(template: Template): CatalogTable[] {
  return template.of('AWS::Glue::Table').map((resource) => {
    const { DatabaseName: database, TableInput: input } = parseProperties(tableSchema, resource);
    if (input.TableType === 'EXTERNAL_TABLE') {
      const { Location: folder, Columns } = input.StorageDescriptor;
      const columns = Columns.map(({ Name, Type }) => ({ name: Name, type: Type }));
      return { database, name: input.Name, columns, folder };
    }
    const [, encoded] = /^\/\* Presto View: (\S+) \*\/$/.exec(input.ViewOriginalText) ?? [];
    if (encoded === undefined)
      throw new Error(`${placeOf(resource)}: the view is not written as Athena does`);
    const { originalSql } = viewSchema.parse(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')));
    return { database, name: input.Name, sql: originalSql };
  });
}
