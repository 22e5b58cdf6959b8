import { HeadObjectCommand, NotFound, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { parquetReadObjects } from 'hyparquet';
import { beforeEach, describe, expect, it } from 'vitest';
import { handler } from '../../functions/export.ts';
import { storeHead } from '../../shared/aws/stored-head.ts';
import { keys } from '../../shared/aws/table-keys.ts';
import { emptyHead, publish } from '../../shared/domain/head.ts';
import { context, pointsPublished, sqsEvent } from './events.ts';
import { fakeTable } from './fake-table.ts';

const table = fakeTable();
const objects = mockClient(S3Client);
const place = { Bucket: 'exports', Key: 'points/unit=74/year=2022/points.parquet' };
const event = sqsEvent(pointsPublished('74', 2022));
const head = publish(
  emptyHead('74', 2022),
  {
    id: '01G3ABCDEFGHJKMNPQRSTVWXYZ',
    sha256: 'a'.repeat(64),
    receivedAt: '2022-06-20T02:59:00.000Z',
    figures: [
      {
        indicator: 'II.9.1',
        period: '2022-05',
        asAt: '2022-05-31',
        numerator: 987,
        denominator: 1000,
        areas: 0,
      },
    ],
  },
  '2022-06-20T03:00:00.000Z',
);

beforeEach(async () => {
  table.reset();
  objects.reset();
  objects.on(PutObjectCommand).resolves({});
  await table.putPacked(keys.head('74', 2022), storeHead({ ...head, version: 7 }));
});

const written = () => objects.commandCalls(PutObjectCommand).map(({ args: [{ input }] }) => input);

describe('the export of a unit and year', () => {
  it('is written with the version of the head where there is none yet, and only then', async () => {
    objects.on(HeadObjectCommand, place).rejects(new NotFound({ message: 'no', $metadata: {} }));
    expect(await handler(event, context)).toEqual({ batchItemFailures: [] });
    const [object] = written();
    expect(object).toMatchObject({ ...place, IfNoneMatch: '*', Metadata: { version: '7' } });
    expect(object).not.toHaveProperty('IfMatch');
    const file = new Uint8Array(object?.Body as Uint8Array).buffer;
    expect(await parquetReadObjects({ file })).toMatchObject([{ unit: '74', numerator: 987n, value: null }]);
  });

  it.each([
    ['6', 1],
    ['7', 0],
    ['8', 0],
  ])('beside version %s of version 7 is written %i times', async (version, times) => {
    objects.on(HeadObjectCommand, place).resolves({ ETag: '"e6"', Metadata: { version } });
    expect(await handler(event, context)).toEqual({ batchItemFailures: [] });
    expect(written()).toHaveLength(times);
    for (const object of written()) {
      expect(object.IfMatch).toBe('"e6"');
      expect(object).not.toHaveProperty('IfNoneMatch');
    }
  });

  it('is tried again when another run came between', async () => {
    objects.on(HeadObjectCommand, place).resolves({ ETag: '"e6"', Metadata: { version: '6' } });
    const conflict = Object.assign(
      new Error('At least one of the pre-conditions you specified did not hold'),
      {
        name: 'PreconditionFailed',
      },
    );
    objects.on(PutObjectCommand).rejects(conflict);
    expect(await handler(event, context)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
  });

  it.each(['{"scheduledAt":"2022-07-01T00:00:00Z"}', 'x'])('is not begun by %s', async (body) => {
    expect(await handler(sqsEvent(body), context)).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    expect(objects.calls()).toHaveLength(0);
  });
});
