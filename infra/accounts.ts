import { Aws, CfnOutput, Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolClient,
  CfnUserPoolGroup,
  Mfa,
  OAuthScope,
  UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { roles } from '../shared/domain/viewer.ts';
import { acknowledge } from './acknowledge.ts';
import { named } from './logical-id.ts';

/** Where the command line listens for the end of a sign-in. Cognito takes plain HTTP for the loopback only. */
export const loopbackCallbackUrl = 'http://127.0.0.1:8976/callback';

export interface AccountsProps {
  portalUrl: string;
  units: readonly string[];
  domainPrefix?: string;
}

/**
 * Who may sign in: accounts made by an admin only, one group per role and one per unit, and one public
 * client for the portal and the command line (authorization code with PKCE, no secret). An access token is
 * valid for 60 minutes.
 */
export class Accounts extends Construct {
  readonly userPool: UserPool;
  readonly client: UserPoolClient;
  /** Where the sign-in pages are: `https://tiendo-….auth.ap-southeast-1.amazoncognito.com`. */
  readonly signInUrl: string;

  constructor(scope: Construct, id: string, { portalUrl, units, domainPrefix }: AccountsProps) {
    super(scope, id);
    this.userPool = this.createUserPool();
    for (const role of roles) this.addGroup(role);
    for (const unit of units) this.addGroup(`unit-${unit}`);
    this.client = this.createClient(portalUrl);
    const domain = named(
      this.userPool.addDomain('Domain', {
        cognitoDomain: { domainPrefix: domainPrefix ?? `tiendo-${Aws.ACCOUNT_ID}` },
      }),
      'SignInDomain',
    );
    this.signInUrl = domain.baseUrl();
    named(new CfnOutput(this, 'UserPoolId', { value: this.userPool.userPoolId }), 'UserPoolId');
    named(new CfnOutput(this, 'ClientId', { value: this.client.userPoolClientId }), 'ClientId');
    named(new CfnOutput(this, 'SignInUrl', { value: this.signInUrl }), 'SignInUrl');
  }

  private createUserPool(): UserPool {
    const userPool = new UserPool(this, 'UserPool', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(7),
      },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(userPool, {
      'AwsSolutions-COG2':
        'A second factor is offered, not forced: clerks share office machines and many have no authenticator app.',
      'AwsSolutions-COG8':
        'The plus tier is billed per user and adds risk scoring only; accounts are few and made by an admin.',
    });
    return named(userPool, 'UserPool');
  }

  private addGroup(groupName: string): void {
    new CfnUserPoolGroup(this, `Group-${groupName}`, { groupName, userPoolId: this.userPool.userPoolId });
  }

  private createClient(portalUrl: string): UserPoolClient {
    const client = this.userPool.addClient('Client', {
      generateSecret: false,
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
        callbackUrls: [loopbackCallbackUrl, new URL('/callback', portalUrl).href],
        logoutUrls: [new URL('/', portalUrl).href],
      },
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      accessTokenValidity: Duration.minutes(60),
      idTokenValidity: Duration.minutes(60),
      refreshTokenValidity: Duration.days(7),
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
    });
    client.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const resource = client.node.defaultChild;
    // Left out, Cognito would also let passwords be tried over its API, past the sign-in pages.
    if (resource instanceof CfnUserPoolClient) resource.explicitAuthFlows = ['ALLOW_REFRESH_TOKEN_AUTH'];
    return named(client, 'UserPoolClient');
  }
}
