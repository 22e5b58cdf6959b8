import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from '../aws-service.ts';
import { parseQuery } from './query.ts';

/**
 * Signature Version 4, as a server reads it.
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

function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

/** The error for a signature that cannot be read. */
export function malformed(message: string): AwsError {
  return new AwsError(400, 'AuthorizationQueryParametersError', message);
}
