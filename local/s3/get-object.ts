import { type AwsCall, AwsError, type AwsResponse } from '../aws-service.ts';
import type { ObjectStore, StoredObject } from './object-store.ts';
import { type Address, arnOf, headerText, refuseUnknown } from './request.ts';

/** Query parameters by which a presigned GET sets headers of its answer. */
const overrides = [
  'content-type',
  'content-language',
  'expires',
  'cache-control',
  'content-disposition',
  'content-encoding',
] as const;

/**
 * GetObject and HeadObject, whole or one range of bytes. A key that is not there is 404 NoSuchKey, but 403
 * AccessDenied for a caller without s3:ListBucket, who may not learn what is there.
 */
export function getObject(call: AwsCall, address: Address, store: ObjectStore): AwsResponse {
  call.authorize('s3:GetObject', arnOf(address));
  refuseUnknown(call, {
    parameters: ['x-amz-checksum-mode', ...overrides.map((name) => `response-${name}`)],
    headers: ['x-amz-checksum-mode'],
    // Browsers send it when they open a link again.
    conditions: ['if-none-match'],
  });
  const object = store.find(address.bucket, address.key);
  if (!object) {
    call.authorize('s3:ListBucket', arnOf({ bucket: address.bucket, key: '' }), { 's3:prefix': address.key });
    throw new AwsError(404, 'NoSuchKey', 'The specified key does not exist.');
  }
  if (call.headers['if-none-match'] === `"${object.etag}"`) {
    return { status: 304, headers: { etag: `"${object.etag}"` } };
  }
  const range = readRange(headerText(call.headers, 'range'), object.size);
  const { start, end } = range ?? { start: 0, end: object.size - 1 };
  const length = end - start + 1;
  return {
    status: range ? 206 : 200,
    headers: {
      ...answerHeaders(call, object, range !== undefined),
      'content-length': String(length),
      ...(range ? { 'content-range': `bytes ${start}-${end}/${object.size}` } : {}),
    },
    ...(call.method === 'HEAD' || length === 0 ? {} : { body: store.read(object, start, end) }),
  };
}

/**
 * The bytes a Range header asks for, both ends inclusive: `bytes=0-99`, `bytes=100-`, `bytes=-10`. `undefined` for
 * the whole object: without the header, and for headers that are not one range, as S3 has it. Throws `AwsError`
 * 416 InvalidRange when no byte of the object is in it.
 */
export function readRange(
  text: string | undefined,
  size: number,
): { start: number; end: number } | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(text ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const [, first, last] = match;
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start >= size) throw new AwsError(416, 'InvalidRange', 'The requested range is not satisfiable');
  return { start, end };
}

function answerHeaders(call: AwsCall, object: StoredObject, isPart: boolean): Record<string, string> {
  const mode = headerText(call.headers, 'x-amz-checksum-mode') ?? call.query.get('x-amz-checksum-mode');
  // A checksum speaks of the whole object: beside a part of it, clients would find it wrong.
  const hasChecksum = mode === 'ENABLED' && !isPart;
  const headers: Record<string, string> = {
    'accept-ranges': 'bytes',
    etag: `"${object.etag}"`,
    'last-modified': new Date(object.lastModified).toUTCString(),
    'x-amz-server-side-encryption': 'AES256',
  };
  for (const [name, value] of Object.entries(object.headers)) {
    if (hasChecksum || !name.startsWith('x-amz-checksum-')) headers[name] = value;
  }
  if (hasChecksum) headers['x-amz-checksum-type'] = 'FULL_OBJECT';
  for (const name of overrides) {
    const value = call.query.get(`response-${name}`);
    if (value !== null) headers[name] = value;
  }
  return headers;
}
