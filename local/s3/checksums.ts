import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from '../aws-service.ts';
import type { Digests } from './object-store.ts';
import { headerText } from './request.ts';

/** A digest the sender states for its bytes. */
export interface StatedDigest {
  algorithm: keyof Digests;
  /** The stated bytes. */
  digest: Buffer;
  /** The header it came in, lower case. */
  header: string;
}

const checksumPrefix = 'x-amz-checksum-';
const checksums = { 'x-amz-checksum-sha256': 'sha256', 'x-amz-checksum-crc32': 'crc32' } as const;
const digestBytes = { md5: 16, sha256: 32, crc32: 4 };

/**
 * The digests the headers of a PUT state: `x-amz-checksum-sha256` or `-crc32`, `content-md5` and
 * `x-amz-content-sha256` when it is a hash. Throws `AwsError` 400 when one is malformed or there are two
 * checksums, 501 for an algorithm this S3 does not know.
 */
export function readStatedDigests(headers: IncomingHttpHeaders): StatedDigest[] {
  const stated: StatedDigest[] = [];
  const names = Object.keys(headers).filter((name) => name.startsWith(checksumPrefix));
  if (names.length > 1) {
    throw new AwsError(
      400,
      'InvalidRequest',
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    );
  }
  for (const name of names) stated.push(readChecksum(name, headerText(headers, name) ?? ''));
  const md5 = headerText(headers, 'content-md5');
  if (md5 !== undefined) {
    stated.push({ algorithm: 'md5', header: 'content-md5', digest: fromBase64(md5, 16, invalidMd5) });
  }
  const payload = headerText(headers, 'x-amz-content-sha256');
  if (payload !== undefined && /^[0-9a-f]{64}$/.test(payload)) {
    stated.push({
      algorithm: 'sha256',
      header: 'x-amz-content-sha256',
      digest: Buffer.from(payload, 'hex'),
    });
  }
  return stated;
}

/** The checksum a header or trailer states. Throws `AwsError` 400 when malformed, 501 for an unknown algorithm. */
export function readChecksum(name: string, value: string): StatedDigest {
  if (!isChecksumName(name))
    throw new AwsError(501, 'NotImplemented', `The checksum ${name} is not implemented`);
  const algorithm = checksums[name];
  const invalid = () => new AwsError(400, 'InvalidRequest', `Value for ${name} header is invalid.`);
  return { algorithm, header: name, digest: fromBase64(value, digestBytes[algorithm], invalid) };
}

/** Throws `AwsError` 400 at the first stated digest that the bytes received do not have. */
export function verifyDigests(stated: readonly StatedDigest[], digests: Digests): void {
  for (const { algorithm, digest, header } of stated) {
    if (digest.equals(digests[algorithm])) continue;
    if (header === 'x-amz-content-sha256') {
      throw new AwsError(
        400,
        'XAmzContentSHA256Mismatch',
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
      );
    }
    const what = header === 'content-md5' ? 'Content-MD5' : algorithm.toUpperCase();
    throw new AwsError(400, 'BadDigest', `The ${what} you specified did not match the calculated checksum.`);
  }
}

/** The checksum header an object keeps and gives back: that of the checksum the sender stated. */
export function checksumHeaders(stated: readonly StatedDigest[]): Record<string, string> {
  const checksum = stated.find(({ header }) => isChecksumName(header));
  return checksum ? { [checksum.header]: checksum.digest.toString('base64') } : {};
}

/** Whether a header names a checksum this S3 verifies. */
export function isChecksumName(name: string): name is keyof typeof checksums {
  return Object.hasOwn(checksums, name);
}

function fromBase64(text: string, bytes: number, invalid: () => AwsError): Buffer {
  const digest = Buffer.from(text, 'base64');
  // Node skips what is not base64, so only a text that comes out the same was one.
  if (digest.length !== bytes || digest.toString('base64') !== text) throw invalid();
  return digest;
}

function invalidMd5(): AwsError {
  return new AwsError(400, 'InvalidDigest', 'The Content-MD5 you specified is not valid.');
}
