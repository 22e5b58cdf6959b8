import { describe, expect, it, vi } from 'vitest';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { resourcesOf, synthesizeTemplates } from './synthesized.ts';

// A synthesis or a bundle takes seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const portalUrl = 'https://tiendo.example.vn';
const { data } = synthesizeTemplates({ portalUrl });
const { Resources } = data;

describe('what must survive', () => {
  it.each([
    'Table',
    'UploadsBucket',
    'ReportsBucket',
    'ExportBucket',
    'UserPool',
    'UserPoolClient',
    ...Array.from({ length: 16 }, (_, index) => `MessagesTopic${index + 1}`),
  ])('%s is kept when the stack goes or would replace it', (id) => {
    expect(Resources[id]).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
  });

  it('is a table keyed by pk and sk, with the sparse index of open submissions, restorable to any second', () => {
    expect(Resources.Table?.Properties).toMatchObject({
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'open',
          KeySchema: [
            { AttributeName: 'openPk', KeyType: 'HASH' },
            { AttributeName: 'openSk', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });

  it.each(['UploadsBucket', 'ReportsBucket', 'ExportBucket'])(
    '%s is private and refuses plain HTTP',
    (id) => {
      expect(Resources[id]?.Properties).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      });
      const policy = resourcesOf(data, 'AWS::S3::BucketPolicy').find(([name]) => name.startsWith(id));
      expect(policy?.[1].Properties.PolicyDocument).toMatchObject({
        Statement: [
          { Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
        ],
      });
    },
  );

  it('keeps the tables, and what was made for a download for a week', () => {
    const { LifecycleConfiguration } = Resources.ExportBucket?.Properties ?? {};
    expect(LifecycleConfiguration).toEqual({
      Rules: [
        { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }, Status: 'Enabled' },
        { ExpirationInDays: 7, Prefix: 'downloads/', Status: 'Enabled' },
      ],
    });
  });

  it('takes uploads by PUT from the portal alone, and tells EventBridge of them', () => {
    expect(Resources.UploadsBucket?.Properties).toMatchObject({
      CorsConfiguration: {
        CorsRules: [
          {
            AllowedMethods: ['PUT'],
            AllowedOrigins: [portalUrl],
            AllowedHeaders: ['content-type', 'if-none-match', 'x-amz-*'],
          },
        ],
      },
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      VersioningConfiguration: { Status: 'Enabled' },
    });
  });

  it('has room for 2,400 subscriptions, on topics that refuse plain HTTP', () => {
    expect(resourcesOf(data, 'AWS::SNS::Topic')).toHaveLength(16);
    expect(resourcesOf(data, 'AWS::SNS::TopicPolicy')).toHaveLength(16);
  });

  it('deploys no function: nothing in it runs', () => {
    const types = new Set(Object.values(Resources).map(({ Type }) => Type.split('::')[1]));
    expect([...types].sort()).toEqual(['Cognito', 'DynamoDB', 'S3', 'SNS']);
  });
});

describe('accounts', () => {
  it('are made by an admin only, with a strong password and a second factor for those who want it', () => {
    expect(Resources.UserPool?.Properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'OPTIONAL',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      DeletionProtection: 'ACTIVE',
      Policies: { PasswordPolicy: { MinimumLength: 12, RequireSymbols: true, RequireNumbers: true } },
    });
  });

  it('have a group per role and per unit', () => {
    const groups = resourcesOf(data, 'AWS::Cognito::UserPoolGroup').map(
      ([, { Properties }]) => Properties.GroupName,
    );
    const units = loadCatalogue().units.map(({ id }) => `unit-${id}`);
    expect(units).toHaveLength(93);
    expect(groups.sort()).toEqual(['province', 'coordinator', 'analyst', 'admin', ...units].sort());
  });

  it('sign in by authorization code without a secret, on the portal or the loopback, for 60 minutes', () => {
    const client = Resources.UserPoolClient?.Properties;
    expect(client).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email', 'profile'],
      CallbackURLs: ['http://127.0.0.1:8976/callback', `${portalUrl}/callback`],
      AccessTokenValidity: 60,
      TokenValidityUnits: { AccessToken: 'minutes' },
      PreventUserExistenceErrors: 'ENABLED',
    });
    expect(client?.ExplicitAuthFlows).toEqual(['ALLOW_REFRESH_TOKEN_AUTH']);
  });

  it('have their sign-in pages under a prefix of the account, or the one a deployment chooses', () => {
    expect(Resources.SignInDomain?.Properties.Domain).toEqual({
      'Fn::Join': ['', ['tiendo-', { Ref: 'AWS::AccountId' }]],
    });
    const chosen = synthesizeTemplates({ portalUrl, domainPrefix: 'tiendo-quoc-gia' });
    expect(chosen.data.Resources.SignInDomain?.Properties.Domain).toBe('tiendo-quoc-gia');
  });
});
