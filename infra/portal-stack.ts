import { CfnOutput, Duration, Fn, Stack, type StackProps } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  CachePolicy,
  Distribution,
  type DistributionProps,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { DataStack } from './data-stack.ts';
import { keptBucket } from './kept-bucket.ts';
import { named } from './logical-id.ts';
import { contentSecurityPolicy } from './portal-policy.ts';
import { publishPortal } from './publish-portal.ts';

export interface PortalStackProps extends StackProps {
  /** The accounts that sign in, and the bucket that is uploaded to. */
  kept: DataStack;
  /** The HTTP API: `https://a1b2c3.execute-api.ap-southeast-1.amazonaws.com`. */
  apiUrl: string;
  /** Folder of the built pages: `index.html`, and `assets/` with files whose names change with their content. */
  pages: string;
  /** Where people open it. */
  portalUrl: string;
  /** ARN of the certificate for the host of `portalUrl`, in us-east-1; left out, CloudFront's own domain serves. */
  certificate?: string;
}

/**
 * The portal's pages: a private bucket, and the CloudFront distribution that alone may read it. Every address of the
 * portal answers `index.html`, and every answer carries the policy that lets a page talk to the API, the sign-in and
 * the uploads, and to nothing else.
 *
 * @see docs/adr/0030-how-the-portal-is-served.md
 */
export class PortalStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { kept: data, apiUrl, pages, portalUrl, certificate, ...props }: PortalStackProps,
  ) {
    super(scope, id, props);
    const { accounts, uploads } = data;
    const issuer = accounts.userPool.userPoolProviderUrl;
    const uploadOrigin = Fn.join('', ['https://', uploads.bucketRegionalDomainName]);
    const bucket = keptBucket(
      this,
      'PortalBucket',
      'It holds the public pages alone, and CloudFront alone reads them.',
    );
    if (!isBucket(bucket)) throw new Error('The portal has no bucket');
    const policy = contentSecurityPolicy([apiUrl, `${issuer}/`, accounts.signInUrl, uploadOrigin]);
    const distribution = this.createDistribution(bucket, policy, customDomain(this, portalUrl, certificate));
    publishPortal(this, bucket, {
      pages,
      config: { apiUrl, issuer, clientId: accounts.client.userPoolClientId, uploadOrigin },
    });
    const address = certificate
      ? new URL(portalUrl).origin
      : `https://${distribution.distributionDomainName}`;
    named(new CfnOutput(this, 'PortalUrl', { value: address }), 'PortalUrl');
    named(
      new CfnOutput(this, 'PortalDomainName', { value: distribution.distributionDomainName }),
      'PortalDomainName',
    );
  }

  private createDistribution(
    bucket: IBucket,
    policy: string,
    domain: Partial<DistributionProps>,
  ): Distribution {
    const indexPage = '/index.html';
    const distribution = new Distribution(this, 'Distribution', {
      comment: 'tiendo: the portal',
      defaultRootObject: indexPage.slice(1),
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(bucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        // Keeps an object as long as its own cache-control says, and compresses.
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: this.createHeaders(policy),
      },
      // S3 answers 403 for what is not there: who may not list a bucket is not told.
      errorResponses: [403, 404].map((httpStatus) => ({
        httpStatus,
        responseHttpStatus: 200,
        responsePagePath: indexPage,
        ttl: Duration.seconds(0),
      })),
      httpVersion: HttpVersion.HTTP2_AND_3,
      // The cheapest class with edges in Southeast Asia.
      priceClass: PriceClass.PRICE_CLASS_200,
      ...domain,
    });
    acknowledge(distribution, {
      'AwsSolutions-CFR1': 'People abroad on duty open it too; what it shows is behind the sign-in.',
      'AwsSolutions-CFR2':
        'It serves public files from a bucket and runs nothing; the API behind it has its own limits and token check.',
      'AwsSolutions-CFR3': 'Who opened a public page says nothing; what people do is recorded by the API.',
      ...(!domain.certificate && {
        'AwsSolutions-CFR4':
          "CloudFront's own domain, for trials: its certificate does not let the lowest TLS version be chosen. A domain of one's own is held to TLS 1.2.",
      }),
    });
    return named(distribution, 'PortalDistribution');
  }

  private createHeaders(policy: string): ResponseHeadersPolicy {
    const headers = new ResponseHeadersPolicy(this, 'Headers', {
      comment: 'tiendo: what pages of the portal may do',
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: policy, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
      },
    });
    return named(headers, 'PortalHeaders');
  }
}

// CDK's own types differ on whether a property of it may be undefined or is left out.
function isBucket(construct: Construct): construct is Bucket & IBucket {
  return construct instanceof Bucket;
}

function customDomain(
  scope: Construct,
  portalUrl: string,
  certificate: string | undefined,
): Pick<DistributionProps, 'domainNames' | 'certificate' | 'minimumProtocolVersion'> {
  if (certificate === undefined) return {};
  return {
    domainNames: [new URL(portalUrl).hostname],
    certificate: Certificate.fromCertificateArn(scope, 'Certificate', certificate),
    minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
  };
}
