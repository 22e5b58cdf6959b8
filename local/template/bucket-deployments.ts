import * as z from 'zod';
import { parseProperties } from './properties.ts';
import type { Template } from './template.ts';

/** What a deployment copies into a bucket. */
export interface BucketDeploymentSettings {
  bucket: string;
  /** What every key begins with: empty, or `assets/`. */
  prefix: string;
  /** In this order, a later file in the place of an earlier one of the same name. */
  sources: readonly { directory: string; replacements: Readonly<Record<string, string>>; isJson: boolean }[];
  /** Kept with each object: `{ 'cache-control': 'no-cache' }`. */
  headers: Readonly<Record<string, string>>;
}

const deploymentSchema = z.strictObject({
  ServiceToken: z.string(),
  SourceBucketNames: z.array(z.string()),
  SourceObjectKeys: z.array(z.string()),
  SourceMarkers: z.array(z.record(z.string(), z.string())).default([]),
  SourceMarkersConfig: z.array(z.strictObject({ jsonEscape: z.boolean().default(false) })).default([]),
  DestinationBucketName: z.string(),
  DestinationBucketKeyPrefix: z.string().default(''),
  WaitForDistributionInvalidation: z.boolean().optional(),
  RetainOnDelete: z.boolean().optional(),
  Prune: z.literal(false),
  SystemMetadata: z.strictObject({ 'cache-control': z.string().optional() }).default({}),
  OutputObjectKeys: z.boolean().optional(),
});

/** What deployments copy into buckets, in the order of the template. */
export function readBucketDeployments(template: Template): BucketDeploymentSettings[] {
  return template.of('Custom::CDKBucketDeployment').map((resource) => {
    const deployment = parseProperties(deploymentSchema, resource);
    const folder = deployment.DestinationBucketKeyPrefix;
    const cacheControl = deployment.SystemMetadata['cache-control'];
    return {
      bucket: deployment.DestinationBucketName,
      prefix: folder === '' ? '' : folder.replace(/\/?$/, '/'),
      sources: deployment.SourceObjectKeys.map((key, index) => ({
        directory: template.assetDirectory(key),
        replacements: deployment.SourceMarkers[index] ?? {},
        isJson: deployment.SourceMarkersConfig[index]?.jsonEscape ?? false,
      })),
      headers: cacheControl === undefined ? {} : { 'cache-control': cacheControl },
    };
  });
}
