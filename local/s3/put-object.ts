import type { IncomingHttpHeaders } from 'node:http';
import type { Instant } from '../../shared/domain/calendar.ts';
import { type AwsCall, AwsError, type AwsResponse } from '../aws-service.ts';
import { decodeAwsChunked } from './aws-chunked.ts';
import {
  checksumHeaders,
  isChecksumName,
  readChecksum,
  readStatedDigests,
  verifyDigests,
} from './checksums.ts';
import type { ObjectStore, StoredObject } from './object-store.ts';
import { type Address, arnOf, headerText, notImplemented, refuseUnknown } from './request.ts';

const maxObjectBytes = 5 * 1024 ** 3;
const maxMetadataBytes = 2 * 1024;
const chunkedPayload = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
const keptHeaders = ['content-type', 'content-disposition', 'content-language', 'cache-control', 'expires'];

/** What a PUT leads to: the object as stored, and the answer to its sender. */
export interface PutResult {
  object: StoredObject;
  response: AwsResponse;
}

/**
 * PutObject. The object is there, whole, when this resolves; any refusal leaves the key as it was. `modifiedAt` is
 * asked once the bytes have arrived. Refused are, as S3 does: no or another length than stated, another MD5,
 * SHA-256 or CRC32 than stated, `If-None-Match: *` when the key is taken, `If-Match` when it holds something else.
 */
export async function putObject(
  call: AwsCall,
  address: Address,
  store: ObjectStore,
  modifiedAt: () => Instant,
): Promise<PutResult> {
  const { headers } = call;
  call.authorize('s3:PutObject', arnOf(address));
  // Telling a caller whether an ETag matches tells it what is there.
  if (headers['if-match'] !== undefined) call.authorize('s3:GetObject', arnOf(address));
  refuseUnknown(call, {
    conditions: ['if-match', 'if-none-match'],
    headers: [
      'x-amz-decoded-content-length',
      'x-amz-sdk-checksum-algorithm',
      'x-amz-server-side-encryption',
      'x-amz-trailer',
      ...Object.keys(headers).filter((name) => name.startsWith('x-amz-checksum-')),
    ],
  });
  refuseOtherEncryption(call);
  const stated = readStatedDigests(headers);
  const kept = readKeptHeaders(headers);
  const body = readBodyHeaders(call);
  // Asked before the bytes are taken, to spare them, and again when they are there, which is what counts.
  checkConditions(headers, store.find(address.bucket, address.key));

  const trailers = new Map<string, string>();
  const arriving = untilAborted(call);
  const bytes = body.isChunked ? decodeAwsChunked(arriving, trailers) : arriving;
  const upload = await store.receive(bytes, body.length, incompleteBody);
  try {
    if (upload.size !== body.length) throw incompleteBody();
    for (const name of body.trailers) stated.push(readChecksum(name, trailers.get(name) ?? ''));
    verifyDigests(stated, upload.digests);
    checkConditions(headers, store.find(address.bucket, address.key));
  } catch (error) {
    await store.discard(upload);
    throw error;
  }
  // In the same turn as the last check: of two uploads with `If-None-Match: *` one finds the other's object.
  const checksum = checksumHeaders(stated);
  const object = store.commit(upload, {
    ...address,
    lastModified: modifiedAt(),
    headers: { ...kept, ...checksum },
  });
  return {
    object,
    response: {
      status: 200,
      headers: { etag: `"${object.etag}"`, 'x-amz-server-side-encryption': 'AES256', ...checksum },
    },
  };
}

function checkConditions(headers: IncomingHttpHeaders, current: StoredObject | undefined): void {
  const ifNoneMatch = headers['if-none-match'];
  const ifMatch = headers['if-match'];
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
    throw new AwsError(501, 'NotImplemented', 'If-None-Match of a PUT takes * only');
  }
  if (ifMatch !== undefined && !current) {
    throw new AwsError(404, 'NoSuchKey', 'The specified key does not exist.');
  }
  const isMet = ifMatch === undefined || ifMatch.replaceAll('"', '') === current?.etag;
  if (isMet && (ifNoneMatch === undefined || !current)) return;
  throw new AwsError(
    412,
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
  );
}

function readBodyHeaders(call: AwsCall): { length: number; isChunked: boolean; trailers: string[] } {
  const { headers } = call;
  const presigned = call.query.get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD';
  if (presigned !== 'UNSIGNED-PAYLOAD') throw notImplemented('a payload hash in the query', call);
  const payload = headerText(headers, 'x-amz-content-sha256') ?? presigned;
  const isChunked = payload === chunkedPayload;
  if (payload.startsWith('STREAMING-') && !isChunked)
    throw notImplemented(`signed chunks (${payload})`, call);
  if (!isChunked && !/^(UNSIGNED-PAYLOAD|[0-9a-f]{64})$/.test(payload)) {
    throw new AwsError(
      400,
      'InvalidArgument',
      'x-amz-content-sha256 must be UNSIGNED-PAYLOAD or a valid sha256 value.',
    );
  }
  if (!isChunked && contentEncodings(headers).includes('aws-chunked')) {
    throw notImplemented('aws-chunked without an unsigned trailer', call);
  }
  const stated = isChunked ? headerText(headers, 'x-amz-decoded-content-length') : headers['content-length'];
  if (stated === undefined || !/^\d{1,15}$/.test(stated)) {
    throw new AwsError(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  const length = Number(stated);
  if (length > maxObjectBytes) {
    throw new AwsError(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
  }
  const trailers = (headerText(headers, 'x-amz-trailer') ?? '')
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const checksums = [...Object.keys(headers), ...trailers].filter((name) => isChecksumName(name));
  if (headers['x-amz-sdk-checksum-algorithm'] !== undefined && checksums.length === 0) {
    throw new AwsError(
      400,
      'InvalidRequest',
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
    );
  }
  return { length, isChunked, trailers };
}

function readKeptHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const kept: Record<string, string> = { 'content-type': 'binary/octet-stream' };
  let metadataBytes = 0;
  for (const name of Object.keys(headers)) {
    const value = headerText(headers, name) ?? '';
    if (name.startsWith('x-amz-meta-')) metadataBytes += name.length - 'x-amz-meta-'.length + value.length;
    if (name.startsWith('x-amz-meta-') || keptHeaders.includes(name)) kept[name] = value;
  }
  if (metadataBytes > maxMetadataBytes) {
    throw new AwsError(
      400,
      'MetadataTooLarge',
      'Your metadata headers exceed the maximum allowed metadata size',
    );
  }
  const encodings = contentEncodings(headers).filter((encoding) => encoding !== 'aws-chunked');
  if (encodings.length > 0) kept['content-encoding'] = encodings.join(',');
  return kept;
}

function contentEncodings(headers: IncomingHttpHeaders): string[] {
  return (headers['content-encoding'] ?? '')
    .split(',')
    .map((encoding) => encoding.trim())
    .filter((encoding) => encoding !== '');
}

function refuseOtherEncryption(call: AwsCall): void {
  const encryption = headerText(call.headers, 'x-amz-server-side-encryption');
  if (encryption !== undefined && encryption !== 'AES256')
    throw notImplemented(`encryption ${encryption}`, call);
}

/** The body's pieces. A sender that goes away is an incomplete body; the stream is left open for the answer. */
async function* untilAborted({ body }: AwsCall): AsyncGenerator<Uint8Array> {
  try {
    yield* Buffer.isBuffer(body) ? [body] : body.iterator({ destroyOnReturn: false });
  } catch (cause) {
    const error = incompleteBody();
    error.cause = cause;
    throw error;
  }
}

function incompleteBody(): AwsError {
  return new AwsError(
    400,
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
  );
}
