import * as z from 'zod';
import { parseProperties, placeOf } from './properties.ts';
import type { Template } from './template.ts';

/** A CloudFront distribution over one bucket. */
export interface DistributionSettings {
  arn: string;
  bucket: { name: string; arn: string };
  /** The object at `/`: `index.html`. */
  rootObject?: string;
  isCompressing: boolean;
  /** What is answered in place of an error, by its status. */
  errorPages: ReadonlyMap<number, { status: number; key: string }>;
  /** Put on every answer, in lower case. */
  headers: Readonly<Record<string, string>>;
}

/** `CachingOptimized`, which keeps objects as they ask for and compresses. Nothing is kept here. */
const cachingOptimized = '658327ea-f89d-4fab-a63d-7e88639e58f6';

const behaviorSchema = z.strictObject({
  CachePolicyId: z.literal(cachingOptimized),
  Compress: z.boolean().default(false),
  ResponseHeadersPolicyId: z.string().optional(),
  TargetOriginId: z.string(),
  ViewerProtocolPolicy: z.enum(['redirect-to-https', 'https-only']),
});
const distributionSchema = z.object({
  DistributionConfig: z.object({
    CacheBehaviors: z.never().optional(),
    CustomErrorResponses: z
      .array(
        z.object({
          ErrorCode: z.number(),
          ResponseCode: z.number(),
          ResponsePagePath: z.string().startsWith('/'),
        }),
      )
      .default([]),
    DefaultCacheBehavior: behaviorSchema,
    DefaultRootObject: z.string().optional(),
    Enabled: z.literal(true),
    Origins: z.tuple([
      z.object({
        DomainName: z.string(),
        Id: z.string(),
        OriginAccessControlId: z.string(),
        OriginPath: z.literal('').optional(),
      }),
    ]),
  }),
});

const override = z.literal(true);
const headersSchema = z.object({
  ResponseHeadersPolicyConfig: z.strictObject({
    Comment: z.string().optional(),
    Name: z.string(),
    SecurityHeadersConfig: z.strictObject({
      ContentSecurityPolicy: z
        .strictObject({ ContentSecurityPolicy: z.string(), Override: override })
        .optional(),
      ContentTypeOptions: z.strictObject({ Override: override }).optional(),
      FrameOptions: z.strictObject({ FrameOption: z.string(), Override: override }).optional(),
      ReferrerPolicy: z.strictObject({ ReferrerPolicy: z.string(), Override: override }).optional(),
      StrictTransportSecurity: z
        .strictObject({ AccessControlMaxAgeSec: z.number(), Override: override })
        .optional(),
    }),
  }),
});

/** The distribution of the template; `undefined` without one. Throws when there are several, or it is not over a bucket of the template. */
export function readDistribution(template: Template): DistributionSettings | undefined {
  const [distribution, another] = template.of('AWS::CloudFront::Distribution');
  if (!distribution) return undefined;
  if (another) throw new Error(`${placeOf(another)}: the embedded cloud has one distribution`);
  const { DistributionConfig: config } = parseProperties(distributionSchema, distribution);
  const { ResponseHeadersPolicyId: policyId, Compress } = config.DefaultCacheBehavior;
  const [origin] = config.Origins;
  const bucket = template.of('AWS::S3::Bucket').find(({ ref }) => origin.DomainName.startsWith(`${ref}.s3.`));
  if (!bucket) throw new Error(`${placeOf(distribution)}: ${origin.DomainName} is no bucket of the template`);
  return {
    arn: distribution.arn ?? '',
    bucket: { name: bucket.ref, arn: bucket.arn ?? '' },
    ...(config.DefaultRootObject === undefined ? {} : { rootObject: config.DefaultRootObject }),
    isCompressing: Compress,
    errorPages: new Map(
      config.CustomErrorResponses.map(({ ErrorCode, ResponseCode, ResponsePagePath }) => [
        ErrorCode,
        { status: ResponseCode, key: ResponsePagePath.slice(1) },
      ]),
    ),
    headers: policyId === undefined ? {} : readHeaders(template, policyId),
  };
}

function readHeaders(template: Template, policyId: string): Record<string, string> {
  const policy = template.of('AWS::CloudFront::ResponseHeadersPolicy').find(({ ref }) => ref === policyId);
  if (!policy) throw new Error(`The response headers policy ${policyId} is not in the template`);
  const { SecurityHeadersConfig: given } = parseProperties(headersSchema, policy).ResponseHeadersPolicyConfig;
  const hsts = given.StrictTransportSecurity?.AccessControlMaxAgeSec;
  const headers: Record<string, string | undefined> = {
    'content-security-policy': given.ContentSecurityPolicy?.ContentSecurityPolicy,
    'referrer-policy': given.ReferrerPolicy?.ReferrerPolicy,
    'strict-transport-security': hsts === undefined ? undefined : `max-age=${hsts}`,
    'x-content-type-options': given.ContentTypeOptions && 'nosniff',
    'x-frame-options': given.FrameOptions?.FrameOption,
  };
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
