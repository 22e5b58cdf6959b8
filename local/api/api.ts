import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import { type ApiAnswer, answerOf } from './answer.ts';
import { type AuthorizerSettings, createAuthorizer } from './authorizer.ts';
import { type Cors, corsHeaders, isPreflight, preflightHeaders } from './cors.ts';
import { createEvent } from './event.ts';
import { type ApiRouteTarget, createRouter } from './routing.ts';

export interface ApiSettings {
  routes: readonly ApiRouteTarget[];
  authorizer: AuthorizerSettings;
  /** Runs a function; rejects when the function fails. */
  invoke(functionName: string, event: unknown): Promise<unknown>;
  clock: Pick<Clock, 'nowMs'>;
  /** As the Api resource has it; left out, no other origin may read answers. */
  cors?: Cors;
  /** The id in the event's domain name. Default `local`. */
  apiId?: string;
  /** How long a function may take; default 30 seconds, the longest an HTTP API waits. */
  timeoutMs?: number;
  /** Told of faults that the caller only sees as a 500. Default: standard error. */
  onError?(error: unknown): void;
}

/** Limits of HTTP APIs. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const maxBodyBytes = 10 * 1024 * 1024;
const maxWaitMs = 30_000;
/** The largest result a function may return. @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const maxResultBytes = 6 * 1024 * 1024;

/**
 * The embedded HTTP API: takes requests, checks the access token of each, hands the function of the route an
 * event of payload format 2.0 and sends back its answer. Its own refusals are API Gateway's: 404, 401, 413, 500
 * and 503, each `{"message":"…"}`. Nothing but a CORS preflight is answered without a token.
 */
export function createApi(
  settings: ApiSettings,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { cors } = settings;
  const findRoute = createRouter(settings.routes);
  const authorize = createAuthorizer(settings.authorizer);
  const onError = settings.onError ?? ((error: unknown) => console.error(error));

  async function answer(request: IncomingMessage): Promise<ApiAnswer> {
    const method = request.method ?? 'GET';
    if (cors && isPreflight(method, request.headers)) {
      return { status: 204, headers: preflightHeaders(cors, request.headers), cookies: [], body: '' };
    }
    const [path = '/'] = (request.url ?? '/').split('?');
    const match = findRoute(method, path);
    if (!match) return refusal(404, 'Not Found');
    const claims = await authorize(request.headers.authorization);
    if (!claims) return refusal(401, 'Unauthorized', { 'www-authenticate': 'Bearer' });
    const body = await readUpTo(request, maxBodyBytes);
    if (!body) return refusal(413, 'Request Entity Too Large');
    const event = createEvent({
      request,
      match,
      claims,
      body,
      apiId: settings.apiId ?? 'local',
      requestId: randomUUID(),
      nowMs: settings.clock.nowMs(),
    });
    return await runFunction(match.route.functionName, event);
  }

  async function runFunction(functionName: string, event: unknown): Promise<ApiAnswer> {
    const waiting = new AbortController();
    const timeout = delay(settings.timeoutMs ?? maxWaitMs, timedOut, { signal: waiting.signal });
    // The abort below ends the timer; nobody waits for it any more.
    timeout.catch(() => undefined);
    try {
      const result = await Promise.race([settings.invoke(functionName, event), timeout]);
      if (result === timedOut) return refusal(503, 'Service Unavailable');
      if (Buffer.byteLength(JSON.stringify(result ?? null)) > maxResultBytes) {
        throw new Error(`${functionName} returned more than ${maxResultBytes} bytes`);
      }
      return answerOf(result);
    } finally {
      waiting.abort();
    }
  }

  return async (request, response) => {
    // Who has not signed in yet learns from this header what time it is here.
    response.setHeader('date', new Date(settings.clock.nowMs()).toUTCString());
    const result = await answer(request).catch((error: unknown) => {
      onError(error);
      return refusal(500, 'Internal Server Error');
    });
    send(request, response, result, cors ? corsHeaders(cors, request.headers) : {});
  };
}

const timedOut = Symbol('timed out');

function refusal(status: number, message: string, headers: Record<string, string> = {}): ApiAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    cookies: [],
    body: JSON.stringify({ message }),
  };
}

/** A whole body; `undefined` when it is longer. The connection stays open for the answer. */
async function readUpTo(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const buffer = Buffer.from(chunk);
    bytes += buffer.length;
    if (bytes > maxBytes) return undefined;
    chunks.push(buffer);
  }
  return Buffer.concat(chunks);
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, cookies, body }: ApiAnswer,
  added: Record<string, string>,
): void {
  // An answer given before the body was read would leave the rest of it on a kept-alive connection.
  if (!request.readableEnded) request.resume();
  response.writeHead(status, {
    ...headers,
    ...added,
    ...(cookies.length > 0 ? { 'set-cookie': [...cookies] } : {}),
  });
  response.end(body);
}
