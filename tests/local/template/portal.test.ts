import { describe, expect, it } from 'vitest';
import { checkWiring } from '../../../local/iam/wiring.ts';
import { toLocalAddresses } from '../../../local/template/aws-hosts.ts';
import { readBucketDeployments } from '../../../local/template/bucket-deployments.ts';
import { readDistribution } from '../../../local/template/distribution.ts';
import { readRoles } from '../../../local/template/roles.ts';
import { readTemplate } from '../../../local/template/template.ts';
import { arnOf, policyOf, type StackTemplate, writeAssembly } from '../small-template.ts';

const addresses = {
  apiUrl: 'http://127.0.0.1:1',
  endpoint: 'http://127.0.0.1:2',
  issuer: 'http://127.0.0.1:3',
  portalUrl: 'http://127.0.0.1:4',
};

const behavior = {
  CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
  Compress: true,
  ResponseHeadersPolicyId: { Ref: 'Headers' },
  TargetOriginId: 'pages',
  ViewerProtocolPolicy: 'redirect-to-https',
};

/** A bucket, its distribution and its deployment, as CDK writes them. */
function portalStack(
  changed: {
    behavior?: Record<string, unknown>;
    allowed?: readonly unknown[];
    resources?: StackTemplate['Resources'];
  } = {},
): StackTemplate {
  const mayRead = {
    Effect: 'Allow',
    Action: 's3:GetObject',
    Principal: { Service: 'cloudfront.amazonaws.com' },
    Resource: { 'Fn::Join': ['', [arnOf('Pages'), '/*']] },
    Condition: {
      StringEquals: {
        'AWS:SourceArn': {
          'Fn::Join': [
            '',
            ['arn:aws:cloudfront::', { Ref: 'AWS::AccountId' }, ':distribution/', { Ref: 'Site' }],
          ],
        },
      },
    },
  };
  return {
    Resources: {
      Pages: { Type: 'AWS::S3::Bucket' },
      PagesPolicy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: { Bucket: { Ref: 'Pages' }, PolicyDocument: policyOf(...(changed.allowed ?? [mayRead])) },
      },
      Access: { Type: 'AWS::CloudFront::OriginAccessControl' },
      Headers: {
        Type: 'AWS::CloudFront::ResponseHeadersPolicy',
        Properties: {
          ResponseHeadersPolicyConfig: {
            Name: 'headers',
            SecurityHeadersConfig: {
              ContentSecurityPolicy: {
                ContentSecurityPolicy: {
                  'Fn::Join': [
                    '',
                    ['connect-src https://', { 'Fn::GetAtt': ['Pages', 'RegionalDomainName'] }],
                  ],
                },
                Override: true,
              },
              ContentTypeOptions: { Override: true },
            },
          },
        },
      },
      Site: {
        Type: 'AWS::CloudFront::Distribution',
        Properties: {
          DistributionConfig: {
            CustomErrorResponses: [{ ErrorCode: 403, ResponseCode: 200, ResponsePagePath: '/index.html' }],
            DefaultCacheBehavior: { ...behavior, ...changed.behavior },
            DefaultRootObject: 'index.html',
            Enabled: true,
            Origins: [
              {
                Id: 'pages',
                DomainName: { 'Fn::GetAtt': ['Pages', 'RegionalDomainName'] },
                OriginAccessControlId: { 'Fn::GetAtt': ['Access', 'Id'] },
              },
            ],
          },
        },
      },
      Publication: {
        Type: 'Custom::CDKBucketDeployment',
        Properties: {
          ServiceToken: arnOf('Copier'),
          SourceBucketNames: ['assets'],
          SourceObjectKeys: ['pages.zip'],
          SourceMarkers: [{ '<<marker>>': { Ref: 'Pages' } }],
          SourceMarkersConfig: [{ jsonEscape: true }],
          DestinationBucketName: { Ref: 'Pages' },
          DestinationBucketKeyPrefix: 'assets',
          Prune: false,
          SystemMetadata: { 'cache-control': 'no-cache' },
        },
      },
      Copier: {
        Type: 'AWS::Lambda::Function',
        Properties: { Runtime: 'python3.13', Role: arnOf('CopierRole'), Layers: [{ Ref: 'CopierLayer' }] },
      },
      CopierLayer: { Type: 'AWS::Lambda::LayerVersion' },
      CopierRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
        },
      },
      CopierPolicy: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyName: 'copy', Roles: [{ Ref: 'CopierRole' }], PolicyDocument: {} },
      },
      ...changed.resources,
    },
  };
}

const read = (stack: StackTemplate) =>
  readTemplate(writeAssembly({ Small: stack }, { pages: 'export {};' }), addresses);

describe('addresses of AWS', () => {
  it.each([
    ['https://a1b2c3.execute-api.ap-southeast-1.amazonaws.com/units', 'http://127.0.0.1:1/units'],
    ['https://cognito-idp.ap-southeast-1.amazonaws.com/ap-southeast-1_a1B2', 'http://127.0.0.1:3'],
    ['https://cognito-idp.ap-southeast-1.amazonaws.com/ap-southeast-1_a1B2/', 'http://127.0.0.1:3/'],
    ['https://tiendo-000000000000.auth.ap-southeast-1.amazoncognito.com', 'http://127.0.0.1:3'],
    ['https://small-pages.s3.ap-southeast-1.amazonaws.com', 'http://127.0.0.1:2'],
    ['https://d1.cloudfront.net', 'http://127.0.0.1:4'],
    ['https://tiendo.example.vn', 'https://tiendo.example.vn'],
    ['small-pages.s3.ap-southeast-1.amazonaws.com', 'small-pages.s3.ap-southeast-1.amazonaws.com'],
    ['https://a.execute-api.us-east-1.amazonaws.com', 'https://a.execute-api.us-east-1.amazonaws.com'],
  ])('%s is %s here', (address, here) => {
    expect(toLocalAddresses({ deep: [`a ${address} b`] }, addresses)).toEqual({ deep: [`a ${here} b`] });
  });
});

describe('a distribution', () => {
  it('is read with its bucket, its pages for errors and its headers', () => {
    expect(readDistribution(read(portalStack()))).toMatchObject({
      bucket: { name: 'small-pages' },
      rootObject: 'index.html',
      isCompressing: true,
      errorPages: new Map([[403, { status: 200, key: 'index.html' }]]),
      headers: {
        'content-security-policy': 'connect-src http://127.0.0.1:2',
        'x-content-type-options': 'nosniff',
      },
    });
  });

  it.each([
    { CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad' },
    { FunctionAssociations: [] },
    { ViewerProtocolPolicy: 'allow-all' },
  ])('that behaves in a way that is not run here stops the start: %j', (behavior) => {
    expect(() => readDistribution(read(portalStack({ behavior })))).toThrow(
      /Site \(AWS::CloudFront::Distribution\)/,
    );
  });

  it('stops the start when its bucket lets it read nothing', () => {
    const may = read(portalStack());
    expect(() => checkWiring(may, readRoles(may))).not.toThrow();
    const mayNot = read(portalStack({ allowed: [] }));
    expect(() => checkWiring(mayNot, readRoles(mayNot))).toThrow(
      /distribution is not authorized.*s3:GetObject/,
    );
  });
});

describe('a bucket deployment', () => {
  it('is read with what it copies, and what it puts in the place of markers', () => {
    expect(readBucketDeployments(read(portalStack()))).toEqual([
      {
        bucket: 'small-pages',
        prefix: 'assets/',
        sources: [
          {
            directory: expect.stringMatching(/asset\.pages$/),
            replacements: { '<<marker>>': 'small-pages' },
            isJson: true,
          },
        ],
        headers: { 'cache-control': 'no-cache' },
      },
    ]);
  });

  it('leaves its function, role, policy and layer out of what runs', () => {
    const template = read(portalStack());
    expect(template.of('AWS::Lambda::Function')).toEqual([]);
    expect(readRoles(template)).toEqual([]);
  });

  it.each([
    [
      'a function of another custom resource',
      { Other: { Type: 'Custom::Other', Properties: { ServiceToken: arnOf('Copier') } } },
      /does not know the resource type Custom::Other/,
    ],
    [
      'a layer that another function has, too',
      {
        Work: {
          Type: 'AWS::Lambda::Function',
          Properties: { Role: 'role', Layers: [{ Ref: 'CopierLayer' }] },
        },
      },
      /does not know the resource type AWS::Lambda::LayerVersion/,
    ],
  ])('excuses nothing else: %s', (_, resources, message) => {
    expect(() => read(portalStack({ resources }))).toThrow(message);
  });

  it('excuses nothing when there is none', () => {
    const { Publication: _, ...others } = portalStack().Resources;
    expect(() => read({ Resources: others })).toThrow(
      /does not know the resource type AWS::Lambda::LayerVersion/,
    );
  });
});
