import type { IncomingMessage } from 'node:http';
import type { JWTPayload } from 'jose';
import { accountId, region } from '../aws-service.ts';
import { claimTexts } from './authorizer.ts';
import type { RouteMatch } from './routing.ts';

export interface EventParts {
  request: IncomingMessage;
  match: RouteMatch;
  claims: JWTPayload;
  body: Buffer;
  apiId: string;
  requestId: string;
  /** The embedded cloud's time, milliseconds since 1970. */
  nowMs: number;
}

/**
 * The event of payload format 2.0 that API Gateway would make of a request. Fields that would be empty are
 * absent; path and parameters are decoded; a body that is not text comes as base64.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function createEvent({ request, match, claims, body, apiId, requestId, nowMs }: EventParts) {
  const [path = '/', rawQueryString = ''] = splitOnce(request.url ?? '/', '?');
  const rawPath = decodeURIComponent(path);
  const { cookie, ...headers } = joinedHeaders(request);
  const query = joinedQuery(rawQueryString);
  const isBase64Encoded = !isText(headers['content-type']);
  const method = request.method ?? 'GET';
  const { routeKey } = match.route;
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString,
    ...(cookie === undefined ? {} : { cookies: cookie.split('; ') }),
    headers,
    ...(query && { queryStringParameters: query }),
    requestContext: {
      accountId,
      apiId,
      authorizer: { jwt: { claims: claimTexts(claims), scopes: null } },
      domainName: `${apiId}.execute-api.${region}.amazonaws.com`,
      domainPrefix: apiId,
      http: {
        method,
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey,
      stage: '$default',
      time: accessLogTime(nowMs),
      timeEpoch: nowMs,
    },
    ...(Object.keys(match.pathParameters).length > 0 ? { pathParameters: match.pathParameters } : {}),
    ...(body.length > 0 ? { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') } : {}),
    isBase64Encoded: body.length > 0 && isBase64Encoded,
  };
}

/** Header names in lower case; repeated ones joined by commas. */
function joinedHeaders(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values]) => [name, (values ?? []).join(',')]),
  );
}

/** Decoded; repeated parameters joined by commas. */
function joinedQuery(rawQueryString: string): Record<string, string> | undefined {
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    query[name] = name in query ? `${query[name]},${value}` : value;
  }
  return Object.keys(query).length > 0 ? query : undefined;
}

function isText(contentType = ''): boolean {
  return (
    contentType === '' ||
    /^(text\/|application\/(json|javascript|xml)\b|[^;]*\+(json|xml)\b)/i.test(contentType)
  );
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12/Mar/2022:19:03:58 +0000` */
function accessLogTime(nowMs: number): string {
  const [date = '', time = ''] = splitOnce(new Date(nowMs).toISOString(), 'T');
  const [year, month, day] = date.split('-');
  return `${day}/${months[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}
