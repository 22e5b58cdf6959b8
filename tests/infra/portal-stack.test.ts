import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { resourcesOf, type SynthesizedTemplate, say, synthesizeTemplates } from './synthesized.ts';

// A synthesis or a bundle takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const portalUrl = 'https://tiendo.example.vn';
const certificate = 'arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c';
const { portal } = synthesizeTemplates({ portalUrl, portalCertificate: certificate });

const distributionSchema = z.object({ DistributionConfig: z.record(z.string(), z.unknown()) });

function distributionOf({ Resources }: SynthesizedTemplate) {
  return distributionSchema.parse(Resources.PortalDistribution?.Properties).DistributionConfig;
}

describe('the portal', () => {
  it('is served from a private bucket, which its distribution alone may read, and read only', () => {
    expect(portal.Resources.PortalBucket?.Properties).toMatchObject({
      PublicAccessBlockConfiguration: { BlockPublicPolicy: true, RestrictPublicBuckets: true },
    });
    const [policy] = resourcesOf(portal, 'AWS::S3::BucketPolicy');
    expect(policy?.[1].Properties.PolicyDocument).toMatchObject({
      Statement: [
        { Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        {
          Effect: 'Allow',
          Action: 's3:GetObject',
          Principal: { Service: 'cloudfront.amazonaws.com' },
          Condition: { StringEquals: { 'AWS:SourceArn': expect.anything() } },
        },
      ],
    });
  });

  it('answers its page at every address, compressed, and over HTTPS only', () => {
    expect(distributionOf(portal)).toMatchObject({
      DefaultRootObject: 'index.html',
      CustomErrorResponses: [403, 404].map((ErrorCode) => ({
        ErrorCode,
        ResponseCode: 200,
        ResponsePagePath: '/index.html',
        ErrorCachingMinTTL: 0,
      })),
      DefaultCacheBehavior: { Compress: true, ViewerProtocolPolicy: 'redirect-to-https' },
    });
  });

  it('lets its pages run their own files and talk to API, sign-in and uploads, and nothing else', () => {
    const { ResponseHeadersPolicyConfig: headers } = z
      .object({
        ResponseHeadersPolicyConfig: z.object({ SecurityHeadersConfig: z.record(z.string(), z.unknown()) }),
      })
      .parse(portal.Resources.PortalHeaders?.Properties);
    const { ContentSecurityPolicy, ...others } = headers.SecurityHeadersConfig;
    const policy = z.object({ ContentSecurityPolicy: z.unknown() }).parse(ContentSecurityPolicy);
    expect(say(policy.ContentSecurityPolicy).split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self' HttpApi UserPool/ https://SignInDomain.auth.AWS::Region.amazoncognito.com https://UploadsBucket",
      "worker-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    expect(others).toEqual({
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY', Override: true },
      ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 31_536_000, Override: true },
    });
  });

  it('publishes files named by their content for a year, then the page that names them, which is asked for anew', () => {
    const deployments = resourcesOf(portal, 'Custom::CDKBucketDeployment');
    expect(deployments.map(([, { Properties }]) => Properties)).toMatchObject([
      {
        DestinationBucketKeyPrefix: 'assets',
        Prune: false,
        SystemMetadata: { 'cache-control': 'public, max-age=31536000, immutable' },
      },
      { Prune: false, SystemMetadata: { 'cache-control': 'no-cache' } },
    ]);
    const [[first = ''] = [], [, second] = []] = deployments;
    expect(second?.DependsOn).toContain(first);
  });

  it('has a domain of its own, held to TLS 1.2, when it has a certificate', () => {
    expect(distributionOf(portal)).toMatchObject({
      Aliases: ['tiendo.example.vn'],
      ViewerCertificate: {
        AcmCertificateArn: certificate,
        MinimumProtocolVersion: 'TLSv1.2_2021',
        SslSupportMethod: 'sni-only',
      },
    });
    expect(portal.Outputs.PortalUrl?.Value).toBe(portalUrl);
  });

  it("is under CloudFront's own domain, which an output names, when it has none", () => {
    const { portal: plain } = synthesizeTemplates();
    expect(distributionOf(plain)).not.toHaveProperty('Aliases');
    expect(plain.Outputs.PortalUrl?.Value).toEqual({
      'Fn::Join': ['', ['https://', { 'Fn::GetAtt': ['PortalDistribution', 'DomainName'] }]],
    });
  });

  it.each([
    'arn:aws:acm:ap-southeast-1:111122223333:certificate/0a1b2c',
    'arn:aws:acm:us-east-1:11112222333:certificate/0a1b2c',
    'tiendo.example.vn',
  ])('refuses %s as its certificate before anything is deployed', (portalCertificate) => {
    expect(() => synthesizeTemplates({ portalUrl, portalCertificate })).toThrow(/us-east-1/);
  });
});
