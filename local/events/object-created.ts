import { randomUUID } from 'node:crypto';
import type { Instant } from '../../shared/domain/calendar.ts';
import { accountId } from '../aws-service.ts';
import type { EventInput } from './events.ts';

/**
 * S3's event for a finished PUT. The key is as it is, not URL-encoded; the ETag has no quotes; `sequencer`
 * orders the events of one key.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
export function objectCreated(object: {
  bucket: string;
  key: string;
  /** Bytes. */
  size: number;
  etag: string;
  time: Instant;
}): EventInput {
  return {
    source: 'aws.s3',
    detailType: 'Object Created',
    time: object.time,
    resources: [`arn:aws:s3:::${object.bucket}`],
    detail: {
      version: '0',
      bucket: { name: object.bucket },
      object: {
        key: object.key,
        size: object.size,
        etag: object.etag.replaceAll('"', ''),
        sequencer: Date.parse(object.time).toString(16).toUpperCase().padStart(18, '0'),
      },
      'request-id': randomUUID(),
      requester: accountId,
      'source-ip-address': '127.0.0.1',
      reason: 'PutObject',
    },
  };
}
