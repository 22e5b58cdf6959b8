import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto';
import { AwsError } from '../aws-service.ts';
import { decode, parseQuery } from './query.ts';
import { malformed, type Signature, type SignedRequest } from './signature.ts';

/** How far the time of a header-signed request may be from ours. */
const maxSkewMs = 15 * 60 * 1000;
/** Keys derived before, by secret and scope: a caller signs all its calls of a day with the same. */
const signingKeys = new Map<string, KeyObject>();
const maxSigningKeys = 1000;

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
  return hmac(signingKey(signature.scope, secretAccessKey), text).toString('hex');
}

function signingKey(scope: string, secretAccessKey: string): KeyObject {
  const id = `${secretAccessKey} ${scope}`;
  const known = signingKeys.get(id);
  if (known) return known;
  const bytes = scope
    .split('/')
    .reduce<Buffer | string>((key, part) => hmac(key, part), `AWS4${secretAccessKey}`);
  const key = createSecretKey(Buffer.from(bytes));
  if (signingKeys.size >= maxSigningKeys) signingKeys.clear();
  signingKeys.set(id, key);
  return key;
}

/** SHA-256 in hex. */
export function sha256Hex(content: string | Uint8Array): string {
  return hash('sha256', content, 'hex');
}

function hmac(key: KeyObject | Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function tokenCode(signature: Signature): string {
  return signature.service === 's3' ? 'InvalidToken' : 'UnrecognizedClientException';
}

function mismatchCode(signature: Signature): string {
  return signature.service === 's3' ? 'SignatureDoesNotMatch' : 'InvalidSignatureException';
}
