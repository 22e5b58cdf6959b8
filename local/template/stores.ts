import * as z from 'zod';
import { parseProperties } from './properties.ts';
import type { Template } from './template.ts';

export interface TableSettings {
  name: string;
  arn: string;
  attributes: readonly { name: string; type: 'S' | 'N' | 'B' }[];
  key: KeySettings;
  indexes: readonly {
    name: string;
    key: KeySettings;
    projection: { type: string; attributes: readonly string[] };
  }[];
}

export interface KeySettings {
  hash: string;
  range?: string;
}

const keySchema = z
  .array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }))
  .transform((elements): KeySettings => {
    const of = (type: string) => elements.find(({ KeyType }) => KeyType === type)?.AttributeName;
    const [hash, range] = [of('HASH'), of('RANGE')];
    if (hash === undefined) throw new Error('A key schema has no HASH element');
    return range === undefined ? { hash } : { hash, range };
  });

const tableSchema = z.object({
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z
    .array(
      z.object({
        IndexName: z.string(),
        KeySchema: keySchema,
        Projection: z.object({
          ProjectionType: z.string(),
          NonKeyAttributes: z.array(z.string()).default([]),
        }),
      }),
    )
    .default([]),
  LocalSecondaryIndexes: z.never().optional(),
  StreamSpecification: z.never().optional(),
  TimeToLiveSpecification: z.never().optional(),
});

/** The tables with their real key schema and global indexes. */
export function readTables(template: Template): TableSettings[] {
  return template.of('AWS::DynamoDB::Table').map((resource) => {
    const table = parseProperties(tableSchema, resource);
    return {
      name: resource.ref,
      arn: resource.arn ?? '',
      attributes: table.AttributeDefinitions.map(({ AttributeName: name, AttributeType: type }) => ({
        name,
        type,
      })),
      key: table.KeySchema,
      indexes: table.GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => ({
        name: IndexName,
        key: KeySchema,
        projection: { type: Projection.ProjectionType, attributes: Projection.NonKeyAttributes },
      })),
    };
  });
}

const bucketSchema = z.object({
  CorsConfiguration: z
    .object({
      CorsRules: z.array(
        z.object({
          AllowedOrigins: z.array(z.string()),
          AllowedMethods: z.array(z.string()),
          AllowedHeaders: z.array(z.string()).default([]),
          ExposedHeaders: z.array(z.string()).default([]),
          MaxAge: z.number().optional(),
        }),
      ),
    })
    .optional(),
  NotificationConfiguration: z
    .strictObject({
      EventBridgeConfiguration: z.object({ EventBridgeEnabled: z.boolean().default(true) }).optional(),
    })
    .optional(),
});

/** The buckets: their CORS rules, and whether their events go to EventBridge. */
export function readBuckets(template: Template) {
  return template.of('AWS::S3::Bucket').map((resource) => {
    const bucket = parseProperties(bucketSchema, resource);
    return {
      name: resource.ref,
      arn: resource.arn ?? '',
      corsRules: (bucket.CorsConfiguration?.CorsRules ?? []).map((rule) => ({
        allowedOrigins: rule.AllowedOrigins,
        allowedMethods: rule.AllowedMethods,
        allowedHeaders: rule.AllowedHeaders,
        exposedHeaders: rule.ExposedHeaders,
        ...(rule.MaxAge === undefined ? {} : { maxAgeSeconds: rule.MaxAge }),
      })),
      sendsEvents: bucket.NotificationConfiguration?.EventBridgeConfiguration?.EventBridgeEnabled ?? false,
    };
  });
}
