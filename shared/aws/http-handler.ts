import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';
import { findRoute, type Route, type RouteKey } from '../domain/api-routes.ts';
import type { Instant } from '../domain/calendar.ts';
import type { SourceFile } from '../domain/intake/source-file.ts';
import {
  type Problem,
  ProblemError,
  requestInvalid,
  roleForbidden,
  viewerUnknown,
} from '../domain/problem.ts';
import { requestFault } from '../domain/request-fault.ts';
import type { ApiRoute, DryRunVariant } from '../domain/routes/api-route.ts';
import { type Viewer, viewerOf } from '../domain/viewer.ts';
import { fileOfRequest } from './request-file.ts';
import { logger } from './telemetry.ts';

type Event = APIGatewayProxyEventV2WithJWTAuthorizer;
type Result = APIGatewayProxyStructuredResultV2;

/** A request whose caller, role, query and body have been checked against its route. */
export interface HttpRequest<R extends Route = Route> {
  viewer: Viewer;
  params: Record<string, string>;
  query: z.infer<R['query']>;
  body: R extends { body: infer B extends z.ZodType } ? z.infer<B> : undefined;
  now: Instant;
}

/** What a route answers, in the form the list of routes promises. */
export interface HttpAnswer<R extends ApiRoute = ApiRoute> {
  status: R['statuses'][number];
  body: z.input<R['answer']>;
}

/** A request whose body is a file, to be checked and not kept. */
export interface DryRunRequest extends Pick<HttpRequest, 'viewer' | 'now'> {
  file: SourceFile;
}

/** A request that the schemas of its route have let through, where the route is only known by its key. */
interface CheckedRequest extends Pick<HttpRequest, 'viewer' | 'params' | 'now'> {
  query: unknown;
  body: unknown;
}

/**
 * The handlers of routes that are only known by their keys. Each was typed by its own route where it was written,
 * and is given no request but one that this route's schemas have let through.
 */
const handlersSchema = z.record(
  z.string(),
  z.custom<(request: CheckedRequest | DryRunRequest) => Promise<HttpAnswer>>(
    (handler) => typeof handler === 'function',
  ),
);

type DryRunRoute = Extract<Route, { dryRun: DryRunVariant }>;

/**
 * One entry for each route of a function, keyed as API Gateway does: `GET /submissions`. A route that has a dry
 * run has a second entry for it: `POST /submissions?dryRun`.
 */
export type HttpHandlers<F extends ApiRoute['function']> = {
  [R in Extract<Route, { function: F }> as RouteKey<R>]: (request: HttpRequest<R>) => Promise<HttpAnswer<R>>;
} & {
  [R in Extract<DryRunRoute, { function: F }> as `${RouteKey<R>}?dryRun`]: (
    request: DryRunRequest,
  ) => Promise<{ status: 200; body: z.input<R['dryRun']['answer']> }>;
};

/**
 * The handler of a function's routes: who may, and what a request looks like, comes from the one list of
 * routes. A caller's mistake becomes 4xx `application/problem+json`; a fault of ours is logged and answered
 * 500 without particulars.
 */
export function httpHandler<F extends ApiRoute['function']>(handlers: HttpHandlers<F>) {
  const byKey = new Map(Object.entries(handlersSchema.parse(handlers)));
  const answer = async (event: Event): Promise<Result> => {
    const route = findRoute(event.routeKey);
    const variant = event.queryStringParameters?.dryRun === undefined ? undefined : route?.dryRun;
    const handle = byKey.get(variant ? `${event.routeKey}?dryRun` : event.routeKey);
    if (!route || !handle) throw new Error(`No handler for the route ${event.routeKey}`);
    const now = new Date().toISOString();
    const request = variant ? checkDryRun(route, variant, event, now) : checkRequest(route, event, now);
    const { status, body } = await handle(request);
    return {
      statusCode: status,
      headers: { 'content-type': `${route.contentType ?? 'application/json'}; charset=utf-8` },
      body: route.contentType ? String(body) : JSON.stringify(body),
    };
  };
  return middy<Event, Result>()
    .use(injectLambdaContext(logger))
    .use({ onError: answerProblem })
    .handler(answer);
}

function checkRequest(route: ApiRoute, event: Event, now: Instant): CheckedRequest {
  return {
    viewer: requireViewer(route, event),
    params: Object.fromEntries(
      Object.entries(event.pathParameters ?? {}).map(([name, value]) => [name, value ?? '']),
    ),
    query: parseRequest(route.query, event.queryStringParameters ?? {}, 'query'),
    body: route.body && parseRequest(route.body, parseJson(event), 'body'),
    now,
  };
}

function checkDryRun(route: ApiRoute, variant: DryRunVariant, event: Event, now: Instant): DryRunRequest {
  const viewer = requireViewer(route, event);
  parseRequest(route.query, event.queryStringParameters ?? {}, 'query');
  const file = fileOfRequest(event, variant, viewer.role === 'province' ? viewer.unit : 'UNIT');
  return { viewer, file, now };
}

/** The caller, when its role may use the route. */
function requireViewer(route: ApiRoute, event: Event): Viewer {
  const viewer = viewerOfToken(event.requestContext.authorizer.jwt.claims);
  if (!viewer) throw viewerUnknown();
  if (!route.roles.includes(viewer.role)) throw roleForbidden(viewer.role);
  return viewer;
}

const claimsSchema = z.object({
  sub: z.string(),
  token_use: z.literal('access'),
  'cognito:groups': z.string(),
});

/**
 * The viewer an access token speaks for. The HTTP API hands the groups over as the text `[a b]`, split here
 * exactly, so that `unit-7` is never taken for `unit-79`. An ID token, which carries the same groups, is no
 * proof of access.
 */
function viewerOfToken(claims: unknown): Viewer | undefined {
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success) return undefined;
  const groups = /^\[(.*)\]$/.exec(parsed.data['cognito:groups'])?.[1];
  return groups === undefined ? undefined : viewerOf(parsed.data.sub, groups.split(' '));
}

function parseRequest(schema: z.ZodType, value: unknown, place: 'body' | 'query'): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw requestInvalid(parsed.error.issues.map((issue) => requestFault(place, issue)));
}

function parseJson({ body, isBase64Encoded }: Event): unknown {
  const text = isBase64Encoded ? Buffer.from(body ?? '', 'base64').toString('utf8') : (body ?? '');
  try {
    return JSON.parse(text);
  } catch {
    throw requestInvalid([{ vi: 'body: không phải JSON', en: 'body: not JSON' }]);
  }
}

async function answerProblem(request: middy.Request<Event, Result>): Promise<void> {
  if (request.error instanceof ProblemError) {
    request.response = problemResult(request.error.problem);
    return;
  }
  logger.error('Http:Failed', { routeKey: request.event.routeKey, error: request.error });
  request.response = problemResult({
    status: 500,
    code: 'internal-error',
    title: 'Our fault',
    detail: {
      vi: 'Lỗi của hệ thống, không phải của bạn. Hãy thử lại sau ít phút.',
      en: 'A fault of the system, not yours. Please try again in a few minutes.',
    },
  });
}

function problemResult(problem: Problem): Result {
  return {
    statusCode: problem.status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8' },
    body: JSON.stringify({ type: 'about:blank', ...problem }),
  };
}
