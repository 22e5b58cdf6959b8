import { createHash } from 'node:crypto';
import { request as httpRequest, type OutgoingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

/** A PUT to sign: of these bytes exactly, to a key that must be free. */
export interface PutToSign {
  bucket: string;
  key: string;
  contentType: string;
  contentLength: number;
  /** SHA-256 of the bytes, base64. */
  sha256: string;
  /** Seconds before now at which it is signed; 0 when left out. */
  signedSecondsAgo?: number;
  expiresInSeconds?: number;
}

/** An upload URL and the headers that must be sent with it, as signed. */
export interface SignedPut {
  url: string;
  headers: Record<string, string>;
}

/** An HTTP answer, read whole. */
export interface HttpAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/**
 * Signs an upload URL that covers length, type, SHA-256 and `If-None-Match: *`. The client must have
 * `requestChecksumCalculation: 'WHEN_REQUIRED'`, or the URL holds the CRC32 of nothing.
 */
export async function signPut(client: S3Client, put: PutToSign): Promise<SignedPut> {
  const command = new PutObjectCommand({
    Bucket: put.bucket,
    Key: put.key,
    ContentType: put.contentType,
    ContentLength: put.contentLength,
    ChecksumSHA256: put.sha256,
    IfNoneMatch: '*',
  });
  const url = await getSignedUrl(client, command, {
    expiresIn: put.expiresInSeconds ?? 300,
    signingDate: new Date(Date.now() - (put.signedSecondsAgo ?? 0) * 1000),
    // In the query it would be signed but not enforced.
    unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
    signableHeaders: new Set(['content-type', 'content-length']),
  });
  return {
    url,
    headers: {
      'content-length': String(put.contentLength),
      'content-type': put.contentType,
      'if-none-match': '*',
      'x-amz-checksum-sha256': put.sha256,
    },
  };
}

/** Sends exactly these headers and bytes, whether they fit each other or not. */
export async function send(
  url: string,
  method: string,
  headers: OutgoingHttpHeaders,
  body: string | Buffer | Iterable<Buffer> = '',
): Promise<HttpAnswer> {
  const start = url.startsWith('https:') ? httpsRequest : httpRequest;
  const request = start(url, { method, headers, agent: false });
  const answered = new Promise<HttpAnswer>((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
  });
  const pieces = typeof body === 'string' || Buffer.isBuffer(body) ? [Buffer.from(body)] : body;
  // A server may refuse before it has all bytes; its answer counts then, not the broken pipe.
  await Promise.race([answered, pipeline(Readable.from(pieces), request).then(() => answered)]);
  return answered;
}

/** SHA-256 in base64, as `x-amz-checksum-sha256` has it. */
export function sha256Base64(pieces: Iterable<Buffer>): string {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('base64');
}
