import { type AwsCall, AwsError, type AwsResponse } from '../aws-service.ts';
import type { ObjectStore, StoredObject } from './object-store.ts';
import { arnOf, refuseUnknown } from './request.ts';

const maxPage = 1000;

/**
 * ListObjectsV2 with prefix, start-after, max-keys (1,000 at most) and continuation, in the order of the keys'
 * UTF-8 bytes. Throws `AwsError` 400 InvalidArgument for a token or a max-keys it cannot read.
 */
export function listObjects(call: AwsCall, bucket: string, store: ObjectStore): AwsResponse {
  const prefix = call.query.get('prefix') ?? '';
  call.authorize('s3:ListBucket', arnOf({ bucket, key: '' }), { 's3:prefix': prefix });
  refuseUnknown(call, {
    parameters: ['list-type', 'prefix', 'max-keys', 'continuation-token', 'start-after'],
  });
  const limit = readMaxKeys(call.query.get('max-keys'));
  const token = call.query.get('continuation-token');
  const after = token === null ? (call.query.get('start-after') ?? '') : readToken(token);
  // One more than asked for tells whether the list goes on.
  const found = store.list(bucket, { prefix, after, limit: limit + 1 });
  const page = found.slice(0, limit);
  const isTruncated = limit > 0 && found.length > limit;
  const elements = [
    element('Name', bucket),
    element('Prefix', prefix),
    element('KeyCount', String(page.length)),
    element('MaxKeys', String(limit)),
    element('IsTruncated', String(isTruncated)),
    token === null ? '' : element('ContinuationToken', token),
    isTruncated ? element('NextContinuationToken', writeToken(page.at(-1)?.key ?? '')) : '',
    ...page.map(contents),
  ];
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${elements.join('')}</ListBucketResult>`,
  };
}

function contents({ key, lastModified, etag, size }: StoredObject): string {
  const fields = [
    element('Key', key),
    element('LastModified', lastModified),
    element('ETag', `"${etag}"`),
    element('Size', String(size)),
    element('StorageClass', 'STANDARD'),
  ];
  return `<Contents>${fields.join('')}</Contents>`;
}

function readMaxKeys(text: string | null): number {
  if (text === null) return maxPage;
  if (!/^\d{1,9}$/.test(text)) {
    throw new AwsError(
      400,
      'InvalidArgument',
      'Argument maxKeys must be an integer between 0 and 2147483647',
    );
  }
  return Math.min(Number(text), maxPage);
}

function writeToken(key: string): string {
  return Buffer.from(key, 'utf8').toString('base64url');
}

function readToken(token: string): string {
  const key = Buffer.from(token, 'base64url').toString('utf8');
  if (key === '' || writeToken(key) !== token) {
    throw new AwsError(400, 'InvalidArgument', 'The continuation token provided is incorrect');
  }
  return key;
}

function element(name: string, text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: keys may hold them, and S3 writes them as references.
  const escaped = text.replace(/[<>&"\u0000-\u001f]/g, (char) => `&#${char.charCodeAt(0)};`);
  return `<${name}>${escaped}</${name}>`;
}
