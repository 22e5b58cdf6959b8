import * as z from 'zod';
import { corsSchema } from '../api/cors.ts';
import type { ApiRouteTarget } from '../api/routing.ts';
import { parseProperties, placeOf } from './properties.ts';
import type { Template } from './template.ts';

const routeSchema = z.object({
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.literal('JWT'),
  AuthorizerId: z.string(),
});
const integrationSchema = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
});
const authorizerSchema = z.object({
  AuthorizerType: z.literal('JWT'),
  IdentitySource: z.tuple([z.literal('$request.header.Authorization')]),
  JwtConfiguration: z.object({ Audience: z.array(z.string()), Issuer: z.string() }),
});
const apiSchema = z.object({ ProtocolType: z.literal('HTTP'), CorsConfiguration: corsSchema.optional() });
const stageSchema = z.object({ StageName: z.literal('$default') });
const clientSchema = z.object({
  CallbackURLs: z.array(z.string()).default([]),
  LogoutURLs: z.array(z.string()).default([]),
  GenerateSecret: z.literal(false).optional(),
  AllowedOAuthFlows: z.tuple([z.literal('code')]),
});
const groupSchema = z.object({ GroupName: z.string() });

/** The HTTP API of the template with its one JWT authorizer, which every route must have; `undefined` without an API. */
export function readApi(template: Template) {
  const [api, ...furtherApis] = template.of('AWS::ApiGatewayV2::Api');
  const [authorizer, ...furtherAuthorizers] = template.of('AWS::ApiGatewayV2::Authorizer');
  if (!api) return undefined;
  for (const further of [...furtherApis, ...furtherAuthorizers]) {
    throw new Error(`${placeOf(further)}: the embedded cloud has one HTTP API with one authorizer`);
  }
  if (!authorizer) throw new Error(`${placeOf(api)}: there is no JWT authorizer`);
  for (const stage of template.of('AWS::ApiGatewayV2::Stage')) parseProperties(stageSchema, stage);
  const functionArns = new Map(template.of('AWS::Lambda::Function').map(({ arn, ref }) => [arn, ref]));
  const integrations = new Map<string, string>(
    template.of('AWS::ApiGatewayV2::Integration').map((integration) => {
      const { IntegrationUri } = parseProperties(integrationSchema, integration);
      const functionName = functionArns.get(IntegrationUri);
      if (!functionName) throw new Error(`${placeOf(integration)}: there is no function ${IntegrationUri}`);
      return [`integrations/${integration.ref}`, functionName] as const;
    }),
  );
  const routes = template.of('AWS::ApiGatewayV2::Route').map((route): ApiRouteTarget => {
    const { RouteKey, Target, AuthorizerId } = parseProperties(routeSchema, route);
    const functionName = integrations.get(Target);
    if (!functionName || AuthorizerId !== authorizer.ref) {
      throw new Error(`${placeOf(route)}: its integration or authorizer is not in the template`);
    }
    return { routeKey: RouteKey, functionName };
  });
  const { CorsConfiguration } = parseProperties(apiSchema, api);
  const { Audience, Issuer } = parseProperties(authorizerSchema, authorizer).JwtConfiguration;
  return {
    id: api.ref,
    routes,
    audience: Audience,
    issuer: Issuer,
    ...(CorsConfiguration ? { cors: CorsConfiguration } : {}),
  };
}

/** The user pool with its groups and clients; `undefined` without one. */
export function readUserPool(template: Template) {
  const [pool, ...further] = template.of('AWS::Cognito::UserPool');
  if (!pool) return undefined;
  for (const another of further) throw new Error(`${placeOf(another)}: the embedded cloud has one user pool`);
  return {
    id: pool.ref,
    arn: pool.arn ?? '',
    groups: template
      .of('AWS::Cognito::UserPoolGroup')
      .map((one) => parseProperties(groupSchema, one).GroupName),
    clients: template.of('AWS::Cognito::UserPoolClient').map((client) => {
      const { CallbackURLs, LogoutURLs } = parseProperties(clientSchema, client);
      return { clientId: client.ref, redirectUris: CallbackURLs, logoutUris: LogoutURLs };
    }),
  };
}
