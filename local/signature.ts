import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from './aws-service.ts';

/**
 * Signature Version 4, as a server checks it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */

/** What a request says about its signature, in the Authorization header or in the query. */
export interface Signature {
  presigned: boolean;
  accessKeyId: string;
  /** Day, region and service the key was derived for: `20220630/ap-southeast-1/s3/aws4_request`. */
  scope: string;
  service: string;
  /** When it was signed, in milliseconds since 1970. */
  signedAtMs: number;
  amzDate: string;
  /** Seconds a presigned request is valid. */
  expiresSeconds?: number;
  /** Names of the covered headers, lower case, in the order signed. */
  signedHeaders: readonly string[];
  sessionToken?: string;
  signature: string;
}

/** A request as it came over the wire. `path` and `query` are still percent-encoded. */
export interface SignedRequest {
  method: string;
  path: string;
  query: string;
  headers: IncomingHttpHeaders;
}

/** How far the time of a header-signed request may be from ours. */
const maxSkewMs = 15 * 60 * 1000;
const maxExpiresSeconds = 7 * 24 * 60 * 60;

/** Reads the signature of a request; `undefined` when it carries none. Throws `AwsError` when it is malformed. */
export function readSignature(request: SignedRequest): Signature | undefined {
  const { authorization } = request.headers;
  const query = parseQuery(request.query);
  if (authorization?.startsWith('AWS4-HMAC-SHA256')) {
    const fields = Object.fromEntries(
      authorization
        .slice('AWS4-HMAC-SHA256'.length)
        .split(',')
        .map((field) => {
          const [name = '', ...rest] = field.trim().split('=');
          return [name, rest.join('=')];
        }),
    );
    return describe(false, {
      credential: fields.Credential,
      date: header(request.headers, 'x-amz-date'),
      signedHeaders: fields.SignedHeaders,
      token: header(request.headers, 'x-amz-security-token'),
      signature: fields.Signature,
    });
  }
  const value = (name: string) => query.find(([key]) => key === name)?.[1];
  if (value('X-Amz-Algorithm') === undefined && value('X-Amz-Signature') === undefined) return undefined;
  if (value('X-Amz-Algorithm') !== 'AWS4-HMAC-SHA256')
    throw malformed('X-Amz-Algorithm must be AWS4-HMAC-SHA256');
  return describe(true, {
    credential: value('X-Amz-Credential'),
    date: value('X-Amz-Date'),
    signedHeaders: value('X-Amz-SignedHeaders'),
    token: value('X-Amz-Security-Token'),
    signature: value('X-Amz-Signature'),
    expires: value('X-Amz-Expires'),
  });
}

/**
 * Checks that the signature is the one this secret gives for this request at this time. `payloadHash` is the
 * SHA-256 of the body in hex, or what stands for it (`UNSIGNED-PAYLOAD`). Throws `AwsError` 403.
 */
export function verifySignature(
  request: SignedRequest,
  signature: Signature,
  credentials: { secretAccessKey: string; sessionToken?: string | undefined },
  payloadHash: string,
  nowMs: number,
): void {
  if ((signature.sessionToken ?? '') !== (credentials.sessionToken ?? '')) {
    throw new AwsError(403, tokenCode(signature), 'The security token included in the request is invalid');
  }
  checkTime(signature, nowMs);
  if (!signature.signedHeaders.includes('host')) throw malformed('The host header must be signed');
  const expected = sign(
    canonicalRequest(request, signature, payloadHash),
    signature,
    credentials.secretAccessKey,
  );
  const given = Buffer.from(signature.signature, 'utf8');
  const wanted = Buffer.from(expected, 'utf8');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    throw new AwsError(
      403,
      signature.service === 's3' ? 'SignatureDoesNotMatch' : 'InvalidSignatureException',
      'The request signature we calculated does not match the signature you provided.',
    );
  }
}

/** Name and value pairs of a raw query, decoded; `+` is a plus, as signatures have it. */
export function parseQuery(query: string): [string, string][] {
  if (query === '') return [];
  return query.split('&').map((pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? [decode(pair), ''] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))];
  });
}

function describe(presigned: boolean, fields: Record<string, string | undefined>): Signature {
  const { credential, date, signedHeaders, token, signature, expires } = fields;
  if (!credential || !date || !signedHeaders || !signature) throw malformed('The signature lacks a field');
  const [accessKeyId = '', day, region, service, end, ...rest] = credential.split('/');
  const time = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date);
  if (
    !day ||
    !region ||
    !service ||
    end !== 'aws4_request' ||
    rest.length > 0 ||
    !time ||
    !date.startsWith(day)
  ) {
    throw malformed('The credential scope or the date is malformed');
  }
  const expiresSeconds = Number(expires);
  if (
    presigned &&
    !(Number.isInteger(expiresSeconds) && expiresSeconds >= 1 && expiresSeconds <= maxExpiresSeconds)
  ) {
    throw malformed('X-Amz-Expires must be between 1 and 604800 seconds');
  }
  const [, year, month, date2, hour, minute, second] = time;
  return {
    presigned,
    accessKeyId,
    scope: `${day}/${region}/${service}/aws4_request`,
    service,
    signedAtMs: Date.parse(`${year}-${month}-${date2}T${hour}:${minute}:${second}.000Z`),
    amzDate: date,
    ...(presigned ? { expiresSeconds } : {}),
    signedHeaders: signedHeaders.split(';'),
    ...(token === undefined ? {} : { sessionToken: token }),
    signature,
  };
}

function checkTime(signature: Signature, nowMs: number): void {
  const { signedAtMs, expiresSeconds } = signature;
  if (expiresSeconds !== undefined) {
    if (nowMs > signedAtMs + expiresSeconds * 1000)
      throw new AwsError(403, 'AccessDenied', 'Request has expired');
    if (signedAtMs > nowMs + maxSkewMs) throw new AwsError(403, 'AccessDenied', 'Request is not yet valid');
    return;
  }
  if (Math.abs(nowMs - signedAtMs) > maxSkewMs) {
    throw new AwsError(
      403,
      signature.service === 's3' ? 'RequestTimeTooSkewed' : 'InvalidSignatureException',
      'The difference between the request time and the current time is too large.',
    );
  }
}

function canonicalRequest(request: SignedRequest, signature: Signature, payloadHash: string): string {
  const headers = signature.signedHeaders.map((name) => {
    const value = request.headers[name];
    if (value === undefined)
      throw new AwsError(403, mismatchCode(signature), `The signed header ${name} is missing`);
    // Node reads header bytes as Latin-1; they were signed as UTF-8.
    const text = Buffer.from(Array.isArray(value) ? value.join(',') : value, 'latin1').toString('utf8');
    return `${name}:${text.trim().replace(/\s+/g, ' ')}\n`;
  });
  const query = parseQuery(request.query)
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([a, x], [b, y]) => (a < b || (a === b && x < y) ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const once = request.path.split('/').map((segment) => encode(decode(segment)));
  // S3 alone signs its path encoded once: its keys may hold anything.
  const path = (signature.service === 's3' ? once : once.map(encode)).join('/');
  return [request.method, path, query, headers.join(''), signature.signedHeaders.join(';'), payloadHash].join(
    '\n',
  );
}

function sign(canonical: string, signature: Signature, secretAccessKey: string): string {
  const text = ['AWS4-HMAC-SHA256', signature.amzDate, signature.scope, sha256Hex(canonical)].join('\n');
  const key = signature.scope
    .split('/')
    .reduce<Buffer | string>((key, part) => hmac(key, part), `AWS4${secretAccessKey}`);
  return hmac(key, text).toString('hex');
}

/** SHA-256 in hex. */
export function sha256Hex(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError(400, 'InvalidURI', `Could not decode ${text}`);
  }
}

function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

function tokenCode(signature: Signature): string {
  return signature.service === 's3' ? 'InvalidToken' : 'UnrecognizedClientException';
}

function mismatchCode(signature: Signature): string {
  return signature.service === 's3' ? 'SignatureDoesNotMatch' : 'InvalidSignatureException';
}

function malformed(message: string): AwsError {
  return new AwsError(400, 'AuthorizationQueryParametersError', message);
}
