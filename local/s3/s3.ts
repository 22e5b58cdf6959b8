import type { Instant } from '../../shared/domain/calendar.ts';
import { type AwsCall, AwsError, type AwsResponse, type AwsService, type Preflight } from '../aws-service.ts';
import type { Clock } from '../clock.ts';
import { answerPreflight, type CorsRule, corsHeaders } from './cors.ts';
import { getObject } from './get-object.ts';
import { listObjects } from './list-objects.ts';
import { createObjectStore, type ObjectStore } from './object-store.ts';
import { putObject } from './put-object.ts';
import {
  arnOf,
  headerText,
  notImplemented,
  readAddress,
  refuseUnknown,
  refuseUnsignedHeaders,
} from './request.ts';

/** A bucket as the template defines it. */
export interface S3BucketSettings {
  name: string;
  /** Left out: no cross-origin requests. */
  corsRules?: readonly CorsRule[];
}

/** What S3 tells of a new object. `key` is the plain key, `etag` hex without quotes, `time` in whole seconds. */
export interface ObjectCreated {
  bucket: string;
  key: string;
  size: number;
  etag: string;
  time: Instant;
}

export interface S3Settings {
  /** Where the objects are kept; made when missing. One process at a time. */
  directory: string;
  clock: Clock;
  buckets: readonly S3BucketSettings[];
  /**
   * Told of each object once it is there, for every bucket, before its sender has the answer. It must not throw:
   * the object is there already. A failure is a process warning, and the PUT succeeds.
   */
  onObjectCreated(event: ObjectCreated): void | Promise<void>;
}

export interface S3Service extends AwsService {
  /**
   * Answers an OPTIONS request from the bucket's CORS rules; `undefined` when the path names none of its buckets.
   * Preflights carry no signature, so the gateway asks this before it looks for one. Throws `AwsError` 403
   * AccessForbidden when no rule allows the request.
   */
  preflight(request: Preflight): AwsResponse | undefined;
  /**
   * The CORS headers that an error needs, so that a browser lets the page read it; `handle` puts them on its own
   * answers. None when the request is not cross-origin or no rule allows it.
   */
  corsHeaders(request: Pick<AwsCall, 'method' | 'path' | 'headers'>): Record<string, string>;
  /** The objects themselves, for services that keep and read them past the API. */
  readonly objects: ObjectStore;
  close(): void;
}

/**
 * The embedded S3, path-style: PutObject, GetObject (with one range), HeadObject, DeleteObject and ListObjectsV2 on
 * the buckets given. Bytes are streamed to disk and survive a restart; times are the clock's, in whole seconds.
 * It trusts the gateway for the signature and what it covers, asks the caller's policies before anything is done,
 * and refuses with 501 NotImplemented what S3 would understand and it does not.
 */
export function createS3(settings: S3Settings): S3Service {
  const { clock } = settings;
  const buckets = new Map(settings.buckets.map((bucket) => [bucket.name, bucket]));
  const store = createObjectStore(settings.directory);
  const modifiedAt = () => `${clock.now().slice(0, 19)}.000Z`;

  async function answer(call: AwsCall): Promise<AwsResponse> {
    refuseUnsignedHeaders(call);
    const address = readAddress(call.path);
    if (!buckets.has(address.bucket)) {
      if (address.bucket === '') throw notImplemented('calls without a bucket', call);
      throw new AwsError(404, 'NoSuchBucket', `The specified bucket does not exist: ${address.bucket}`);
    }
    if (address.key === '') {
      if (call.method !== 'GET' || call.query.get('list-type') !== '2') throw notImplemented('this', call);
      return listObjects(call, address.bucket, store);
    }
    switch (call.method) {
      case 'PUT': {
        const { object, response } = await putObject(call, address, store, modifiedAt);
        const { bucket, key, size, etag, lastModified } = object;
        await announce({ bucket, key, size, etag, time: lastModified });
        return response;
      }
      case 'GET':
      case 'HEAD':
        return getObject(call, address, store);
      case 'DELETE':
        call.authorize('s3:DeleteObject', arnOf(address));
        refuseUnknown(call, {});
        store.remove(address.bucket, address.key);
        return { status: 204 };
      default:
        throw notImplemented('this method', call);
    }
  }

  /** S3 delivers its events apart from the PUT, so their failure is not the sender's. */
  async function announce(event: ObjectCreated): Promise<void> {
    try {
      await settings.onObjectCreated(event);
    } catch (error) {
      process.emitWarning(`The event of s3://${event.bucket}/${event.key} was not delivered: ${error}`);
    }
  }

  function corsHeadersOf({ method, path, headers }: Pick<AwsCall, 'method' | 'path' | 'headers'>) {
    const { origin } = headers;
    const rules = buckets.get(bucketOf(path))?.corsRules ?? [];
    return origin === undefined ? {} : corsHeaders(rules, { origin, method, headers: [] });
  }

  return {
    name: 's3',
    protocol: 'rest-xml',
    async handle(call) {
      const response = await answer(call);
      return { ...response, headers: { ...response.headers, ...corsHeadersOf(call) } };
    },
    preflight({ path, headers }) {
      const bucket = buckets.get(bucketOf(path));
      if (!bucket) return undefined;
      return answerPreflight(bucket.corsRules ?? [], {
        origin: headers.origin,
        method: headerText(headers, 'access-control-request-method'),
        headers: headerText(headers, 'access-control-request-headers'),
      });
    },
    corsHeaders: corsHeadersOf,
    objects: store,
    close: () => store.close(),
  };
}

function bucketOf(path: string): string {
  return path.split('/')[1] ?? '';
}
