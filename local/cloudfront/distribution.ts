import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { ObjectStore, StoredObject } from '../s3/object-store.ts';
import type { DistributionSettings } from '../template/distribution.ts';
import { isCompressible } from './content-types.ts';

/** An object to answer with, and the status it goes out under. */
interface Found {
  status: number;
  object: StoredObject;
}

/**
 * The embedded CloudFront: answers GET and HEAD from the bucket of a distribution, with its root object, its pages in
 * the place of errors and its response headers. Compresses what CloudFront would, and answers 304 to who has the
 * object already. Nothing is cached, and plain HTTP is not sent to HTTPS: on this machine there is none.
 */
export function createDistribution(
  settings: DistributionSettings,
  objects: Pick<ObjectStore, 'find' | 'read'>,
  onError: (error: unknown) => void,
): RequestListener {
  const { bucket, errorPages, headers } = settings;

  function find(request: IncomingMessage): Found | number {
    if (request.method !== 'GET' && request.method !== 'HEAD') return 403;
    const key = keyOf(request.url ?? '/', settings.rootObject);
    if (key === undefined) return 400;
    const object = objects.find(bucket.name, key);
    if (object) return { status: 200, object };
    // As S3 answers those who may read but not list.
    const page = errorPages.get(403);
    const instead = page && objects.find(bucket.name, page.key);
    return instead ? { status: page.status, object: instead } : 403;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const found = find(request);
    if (typeof found === 'number') {
      response.writeHead(found, headers).end();
      return;
    }
    const { object, status } = found;
    const type = object.headers['content-type'] ?? '';
    const canCompress = settings.isCompressing && isCompressible(type, object.size);
    const encoding = canCompress ? encodingFor(request) : undefined;
    // Compressed bytes are the same thing, not the same bytes.
    const etag = `${encoding ? 'W/' : ''}"${object.etag}"`;
    const described = {
      ...object.headers,
      'last-modified': new Date(object.lastModified).toUTCString(),
      etag,
      ...(canCompress ? { vary: 'Accept-Encoding' } : {}),
      ...headers,
    };
    if (isKnown(request, object)) {
      response.writeHead(304, described).end();
      return;
    }
    const bytes = await buffer(objects.read(object, 0, object.size - 1));
    const body = encoding ? await compress[encoding](bytes) : bytes;
    response.writeHead(status, {
      ...described,
      ...(encoding ? { 'content-encoding': encoding } : {}),
      'content-length': body.length,
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      onError(error);
      response.destroy();
    });
  };
}

/** `undefined` for a path that is not properly encoded. */
function keyOf(url: string, rootObject = ''): string | undefined {
  const [path = '/'] = url.split('?');
  if (path === '/') return rootObject;
  try {
    return decodeURIComponent(path.slice(1));
  } catch {
    return undefined;
  }
}

function isKnown({ headers }: IncomingMessage, { etag }: StoredObject): boolean {
  const known = (headers['if-none-match'] ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  return known.includes(`"${etag}"`);
}

const compress = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes),
};

/** Brotli before gzip, as CloudFront does. */
function encodingFor({ headers }: IncomingMessage): keyof typeof compress | undefined {
  const accepted = String(headers['accept-encoding'] ?? '')
    .split(',')
    .map((one) => one.trim().replace(/;.*$/, ''));
  if (accepted.includes('br')) return 'br';
  return accepted.includes('gzip') ? 'gzip' : undefined;
}
