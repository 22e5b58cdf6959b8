import type { IncomingHttpHeaders } from 'node:http';
import { type AwsCall, AwsError } from '../aws-service.ts';

/** What a path-style path names; `key` is empty for the bucket itself. */
export interface Address {
  bucket: string;
  key: string;
}

const maxKeyBytes = 1024;

/** Query parameters of any operation: those of the signature, and the name the SDK adds. */
const commonParameters = new Set([
  'x-id',
  'X-Amz-Algorithm',
  'X-Amz-Content-Sha256',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-Security-Token',
  'X-Amz-Signature',
  'X-Amz-SignedHeaders',
]);

/** Headers of any operation. */
const commonHeaders = new Set([
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-user-agent',
]);

/**
 * Bucket and key of `/bucket/key`. The key is percent-decoded exactly once and may hold anything, `..` and `+`
 * included. Throws `AwsError` 400 InvalidURI when it cannot be decoded, 400 KeyTooLongError over 1,024 bytes.
 */
export function readAddress(path: string): Address {
  const slash = path.indexOf('/', 1);
  const bucket = decodeOnce(slash < 0 ? path.slice(1) : path.slice(1, slash));
  const key = slash < 0 ? '' : decodeOnce(path.slice(slash + 1));
  if (Buffer.byteLength(key) > maxKeyBytes) {
    throw new AwsError(400, 'KeyTooLongError', 'Your key is too long');
  }
  return { bucket, key };
}

/** `arn:aws:s3:::bucket` or `arn:aws:s3:::bucket/key`. */
export function arnOf({ bucket, key }: Address): string {
  return `arn:aws:s3:::${bucket}${key === '' ? '' : `/${key}`}`;
}

/** A header's text. Of those that may come several times, joined by commas. */
export function headerText(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

/**
 * Throws `AwsError` 403 when an `x-amz-*` header is not covered by the signature: the one who signed the URL did
 * not ask for it. `x-amz-content-sha256` may come unsigned, as S3 has it; it is verified all the same.
 */
export function refuseUnsignedHeaders(call: AwsCall): void {
  const unsigned = Object.keys(call.headers).filter(
    (name) =>
      name.startsWith('x-amz-') && name !== 'x-amz-content-sha256' && !call.signedHeaders.includes(name),
  );
  if (unsigned.length === 0) return;
  throw new AwsError(
    403,
    'AccessDenied',
    `There were headers present in the request which were not signed. HeadersNotSigned: ${unsigned.join(', ')}`,
  );
}

/**
 * Throws `AwsError` 501 when a request carries a query parameter (`?tagging`), an `x-amz-*` header or a condition
 * that the operation does not implement: nothing is ignored that would mean something to S3.
 */
export function refuseUnknown(
  call: AwsCall,
  known: { parameters?: readonly string[]; headers?: readonly string[]; conditions?: readonly string[] },
): void {
  for (const name of call.query.keys()) {
    if (commonParameters.has(name) || known.parameters?.includes(name)) continue;
    throw notImplemented(`query parameter ${name}`, call);
  }
  for (const name of Object.keys(call.headers)) {
    const isCondition = name === 'if-match' || name === 'if-none-match' || name === 'if-unmodified-since';
    if (isCondition && !known.conditions?.includes(name)) throw notImplemented(`header ${name}`, call);
    if (!name.startsWith('x-amz-') || commonHeaders.has(name)) continue;
    if (name.startsWith('x-amz-meta-') && call.method === 'PUT') continue;
    if (!known.headers?.includes(name)) throw notImplemented(`header ${name}`, call);
  }
}

/** The error for what S3 has and this one has not. */
export function notImplemented(what: string, { method, path }: Pick<AwsCall, 'method' | 'path'>): AwsError {
  return new AwsError(
    501,
    'NotImplemented',
    `The embedded S3 does not implement ${what} (${method} ${path})`,
  );
}

function decodeOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError(400, 'InvalidURI', "Couldn't parse the specified URI.");
  }
}
