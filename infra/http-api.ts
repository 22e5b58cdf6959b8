import { CfnOutput, Duration } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi as CdkHttpApi,
  CorsHttpMethod,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { apiRoutes } from '../shared/domain/api-routes.ts';
import type { Accounts } from './accounts.ts';
import type { FunctionName } from './functions.ts';
import { named, pascalCase } from './logical-id.ts';
import type { PipelineFunction } from './pipeline-function.ts';

export interface HttpApiProps {
  accounts: Accounts;
  /** The functions the routes name. */
  functionOf(name: FunctionName): PipelineFunction;
  portalUrl: string;
}

/**
 * The HTTP API: every route of the one list, each behind the check of the access token (issuer is the user
 * pool, audience its client). No route is open, and none exists that the list does not name.
 */
export class HttpApi extends Construct {
  readonly api: CdkHttpApi;

  constructor(scope: Construct, id: string, { accounts, functionOf, portalUrl }: HttpApiProps) {
    super(scope, id);
    const authorizer = new HttpJwtAuthorizer('Authorizer', accounts.userPool.userPoolProviderUrl, {
      jwtAudience: [accounts.client.userPoolClientId],
    });
    this.api = named(
      new CdkHttpApi(this, 'Api', {
        apiName: 'tiendo',
        description: 'tiendo: submissions, assessments, alerts and the registry.',
        createDefaultStage: false,
        defaultAuthorizer: authorizer,
        corsPreflight: {
          allowOrigins: [new URL(portalUrl).origin],
          allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST, CorsHttpMethod.PUT],
          allowHeaders: ['authorization', 'content-type'],
          maxAge: Duration.hours(1),
        },
      }),
      'HttpApi',
    );
    const integrations = new Map<FunctionName, HttpLambdaIntegration>();
    for (const { method, path, function: name } of apiRoutes) {
      const integration = integrations.get(name) ?? integrate(functionOf(name));
      integrations.set(name, integration);
      this.api.addRoutes({ path, methods: [HttpMethod[method]], integration });
    }
    const stage = this.createStage();
    named(new CfnOutput(this, 'ApiUrl', { value: stage.url }), 'ApiUrl');
  }

  private createStage(): HttpStage {
    const accessLogs = named(
      new LogGroup(this, 'AccessLogs', { retention: RetentionDays.SIX_MONTHS }),
      'ApiAccessLogs',
    );
    return new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: 50, burstLimit: 100 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLogs),
        // Neither claims nor addresses: who did what is recorded by the functions.
        format: AccessLogFormat.custom(
          JSON.stringify({
            requestId: '$context.requestId',
            at: '$context.requestTimeEpoch',
            route: '$context.routeKey',
            status: '$context.status',
            latencyMs: '$context.responseLatency',
            authorizerError: '$context.authorizer.error',
            integrationError: '$context.integrationErrorMessage',
          }),
        ),
      },
    });
  }
}

function integrate({ name, lambda }: PipelineFunction): HttpLambdaIntegration {
  // One permission for the API, not one per route: a function's policy is limited to 20 kB.
  return new HttpLambdaIntegration(`${pascalCase(name)}Integration`, lambda, {
    scopePermissionToRoute: false,
  });
}
