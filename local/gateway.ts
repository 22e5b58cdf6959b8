import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  type AwsCall,
  AwsError,
  type AwsResponse,
  type AwsService,
  type Caller,
  type Preflight,
  readBody,
} from './aws-service.ts';
import type { Clock } from './clock.ts';
import { actionName } from './gateway/action-name.ts';
import { renderError } from './gateway/error-response.ts';
import { parseQuery } from './gateway/query.ts';
import { readSignature, type Signature } from './gateway/signature.ts';
import { sha256Hex, verifySignature } from './gateway/verify-signature.ts';
import { closeServer, listen } from './loopback.ts';

/** Who owns an access key. */
export interface Identity {
  secretAccessKey: string;
  /** Set for temporary credentials; the request must carry it. */
  sessionToken?: string;
  caller: Caller;
}

/** One AWS call, as a fault harness sees it. `n` counts the calls of this gateway from 1. */
export interface InterceptedCall {
  functionName?: string;
  service: string;
  /** `PutItem`, `PutObject`, `Publish` … */
  action: string;
  n: number;
}

/** `fail-before` and `fail-after` answer 500 InternalError without or after the effect; `hang` never answers. */
export type Interception = 'pass' | 'fail-before' | 'fail-after' | 'hang';

export interface GatewaySettings {
  services: readonly AwsService[];
  /** The owner of an access key; `undefined` when nobody has it. Throws `AwsError` when the session has expired. */
  identify(accessKeyId: string): Identity | undefined;
  /** Asks the caller's policies; throws `AwsError` 403. Left out, everything is allowed. */
  authorize?(
    caller: Caller,
    action: string,
    resourceArn: string,
    context: Readonly<Record<string, string | readonly string[]>>,
  ): void;
  clock: Clock;
  /** 0 or left out: any free port. */
  port?: number;
  /** Answers OPTIONS requests, which carry no signature (S3's CORS). */
  preflight?(request: Preflight): AwsResponse | undefined | Promise<AwsResponse | undefined>;
  intercept?(call: InterceptedCall): Interception | Promise<Interception>;
  /** Takes other requests without signature; `false` when it has no answer. */
  unsigned?(request: IncomingMessage, response: ServerResponse): boolean | Promise<boolean>;
  /** Told of errors that are ours: a bug in an embedded service. Default: standard error. */
  onError?(error: unknown): void;
}

export interface Gateway {
  /** `http://127.0.0.1:4566`, the address of all services. */
  endpoint: string;
  close(): Promise<void>;
}

/** A gateway that listens, and refuses everything until it is told what to serve. */
export interface OpenGateway extends Gateway {
  serve(settings: Omit<GatewaySettings, 'port'>): void;
}

/**
 * Starts the one address of all embedded services, on 127.0.0.1 only. Which service a request is for is read
 * from the scope of its signature, which is verified in full, header or presigned, by the embedded clock.
 */
export async function startGateway(settings: GatewaySettings): Promise<Gateway> {
  const gateway = await openGateway(settings.port);
  gateway.serve(settings);
  return gateway;
}

/** Opens the address before the services exist: some need it, such as queues, whose URLs begin with it. */
export async function openGateway(port = 0): Promise<OpenGateway> {
  let answer: Answer = async (_, response) => void response.writeHead(503).end();
  let onError: (error: unknown) => void = (error) => console.error(error);
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => {
      // The client has gone: nobody is left to answer.
      response.destroy();
      if (!isAbort(error)) onError(error);
    });
  });
  server.requestTimeout = 0;
  server.keepAliveTimeout = 60_000;
  const endpoint = await listen(server, port);
  return {
    endpoint,
    serve(settings) {
      onError = settings.onError ?? onError;
      answer = createAnswer(settings, onError);
    },
    close: () => closeServer(server),
  };
}

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

function createAnswer(settings: Omit<GatewaySettings, 'port'>, onError: (error: unknown) => void): Answer {
  const services = new Map(settings.services.map((service) => [service.name, service]));
  let calls = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // Clients correct their clock by this header, so it tells the embedded time.
    response.setHeader('date', new Date(settings.clock.nowMs()).toUTCString());
    const [path = '/', queryText = ''] = splitUrl(request.url ?? '/');
    let service: AwsService | undefined;
    try {
      const signed = { method: request.method ?? 'GET', path, query: queryText, headers: request.headers };
      // A browser asks by the presigned address itself, before it sends what is signed.
      const signature = request.method === 'OPTIONS' ? undefined : readSignature(signed);
      if (!signature) {
        if (await answerUnsigned(request, response, path, queryText)) return;
        throw new AwsError(403, 'MissingAuthenticationToken', 'The request carries no signature');
      }
      service = services.get(signature.service);
      if (!service) {
        const known = [...services.keys()].join(', ');
        throw new AwsError(
          501,
          'NotImplemented',
          `The embedded cloud has no service ${signature.service}; it has ${known}`,
        );
      }
      const identity = settings.identify(signature.accessKeyId);
      if (!identity) throw unknownKey(signature);
      const body = service.name === 's3' ? request : await readBody(request);
      const payloadHash = Buffer.isBuffer(body)
        ? sha256Hex(body)
        : declaredPayloadHash(request, queryText, signature);
      verifySignature(signed, signature, identity, payloadHash, settings.clock.nowMs());

      const { caller } = identity;
      const call: AwsCall = {
        service: service.name,
        method: signed.method,
        path,
        query: new URLSearchParams(parseQuery(queryText)),
        headers: request.headers,
        body: Buffer.isBuffer(body) ? Readable.from(body.length > 0 ? [body] : []) : body,
        signedHeaders: signature.signedHeaders,
        caller,
        authorize: (action, resourceArn, context = {}) =>
          settings.authorize?.(caller, action, resourceArn, context),
      };
      calls += 1;
      const fate =
        (await settings.intercept?.({
          ...(caller.functionName === undefined ? {} : { functionName: caller.functionName }),
          service: service.name,
          action: actionName(service, call, Buffer.isBuffer(body) ? body : undefined),
          n: calls,
        })) ?? 'pass';
      if (fate === 'hang') return;
      if (fate === 'fail-before') throw injected();
      const result = await service.handle(call);
      if (fate === 'fail-after') {
        if (result.body instanceof Readable) result.body.destroy();
        throw injected();
      }
      await send(request, response, result);
    } catch (error) {
      if (!(error instanceof AwsError)) onError(error);
      if (response.headersSent) {
        response.destroy();
        return;
      }
      const rendered = renderError(error, service?.protocol ?? 'rest-xml', request.method);
      const cors = service?.corsHeaders?.({
        method: request.method ?? 'GET',
        path,
        headers: request.headers,
      });
      await send(request, response, { ...rendered, headers: { ...rendered.headers, ...cors } });
    }
  }

  async function answerUnsigned(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    queryText: string,
  ): Promise<boolean> {
    if (request.method === 'OPTIONS' && settings.preflight) {
      const query = new URLSearchParams(parseQuery(queryText));
      const result = await settings.preflight({ path, query, headers: request.headers });
      if (result) {
        await send(request, response, result);
        return true;
      }
    }
    return (await settings.unsigned?.(request, response)) ?? false;
  }

  return answer;
}

async function send(request: IncomingMessage, response: ServerResponse, result: AwsResponse): Promise<void> {
  // An answer given before the body was read would leave the rest of it on a kept-alive connection.
  if (!request.readableEnded) request.resume();
  response.writeHead(result.status, result.headers);
  if (result.body instanceof Readable) await pipeline(result.body, response);
  else response.end(result.body);
}

function splitUrl(url: string): [string, string] {
  const at = url.indexOf('?');
  return at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
}

/** S3 bodies are streamed: the signature covers the hash the client states, which the service checks. */
function declaredPayloadHash(request: IncomingMessage, queryText: string, signature: Signature): string {
  const stated =
    request.headers['x-amz-content-sha256'] ??
    parseQuery(queryText).find(([name]) => name === 'X-Amz-Content-Sha256')?.[1];
  if (typeof stated === 'string') return stated;
  if (signature.presigned) return 'UNSIGNED-PAYLOAD';
  throw new AwsError(400, 'InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
}

function unknownKey(signature: Signature): AwsError {
  return signature.service === 's3'
    ? new AwsError(403, 'InvalidAccessKeyId', 'The access key id you provided does not exist in our records.')
    : new AwsError(
        403,
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
      );
}

function injected(): AwsError {
  return new AwsError(500, 'InternalError', 'We encountered an internal error. Please try again.');
}

function isAbort(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    ['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET'].includes(String(error.code))
  );
}
