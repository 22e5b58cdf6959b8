import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../functions/ingest.ts';
import { IssueListFile } from '../../shared/aws/issue-list-file.ts';
import { keys } from '../../shared/aws/table-keys.ts';
import { minBytesForProgress } from '../../shared/domain/submission.ts';
import { context, objectCreated, sqsEvent } from './events.ts';
import { fakeBuckets } from './fake-bucket.ts';
import { fakeTable } from './fake-table.ts';

const table = fakeTable();
const buckets = fakeBuckets();
const events = mockClient(EventBridgeClient);
const roles = mockClient(STSClient);

const id = '01G3ABCDEFGHJKMNPQRSTVWXY1';
const other = '01G3ABCDEFGHJKMNPQRSTVWXY2';
const header = 'indicator,period,numerator,denominator\r\n';
const good = `${header}II.9.1,2022-05,987,1000\r\n`;
const now = '2022-06-20T03:00:00.000Z';
const done = { batchItemFailures: [] };
const failed = { batchItemFailures: [{ itemIdentifier: 'm0' }] };

beforeEach(() => {
  table.reset();
  buckets.reset();
  events.reset();
  roles.reset();
  events.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
  roles.on(AssumeRoleCommand).resolves({
    Credentials: { AccessKeyId: 'UNIT74', SecretAccessKey: 's', SessionToken: 't', Expiration: new Date(0) },
  });
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(now) });
  return () => vi.useRealTimers();
});

function upload(submissionId: string, content: string) {
  table.put(keys.submission('74', submissionId), {
    id: submissionId,
    unit: '74',
    state: 'received',
    fileName: 'a.csv',
    contentType: 'text/csv',
    bytes: Buffer.byteLength(content),
    sha256: createHash('sha256').update(content).digest('hex'),
    requestedAt: now,
    requestedBy: 'office',
  });
  buckets.put(`uploads/74/${submissionId}`, content, now);
}

const ingest = (...ids: string[]) =>
  handler(sqsEvent(...ids.map((one) => objectCreated(`74/${one}`))), context);
const refused = { message: 'no', $metadata: {} };
const failOnce = (error: Error) => table.mock.on(UpdateCommand).rejectsOnce(error);
const listOf = (submissionId: string) => buckets.text(`reports/74/${submissionId}.issues.csv`);
const copyOf = (submissionId: string, format = 'csv') =>
  buckets.text(`reports/74/${submissionId}.annotated.${format}`);

describe('the files beside a report', () => {
  it('list every issue, beyond the thousand that the report has in full, and are the sender’s again', async () => {
    upload(id, header + 'II.9.1,2022-05,x,1000\r\n'.repeat(1001));
    expect(await ingest(id)).toEqual(done);
    expect(buckets.json(`reports/74/${id}.json`).issues).toHaveLength(1000);
    const list = listOf(id).trimEnd().split('\r\n');
    expect(list).toHaveLength(1 + 1001);
    expect(list[0]).toMatch(/^\uFEFFDòng;Cột;Ô;/);
    const copy = copyOf(id).trimEnd().split('\r\n');
    expect(copy).toHaveLength(1 + 1001);
    expect(copy[0]).toBe('\uFEFFindicator,period,numerator,denominator,tiendo: lỗi');
    expect(copy[1001]).toMatch(/^II\.9\.1,2022-05,x,1000,.*C1002: “x”.*\[not-a-number\]/);
  });

  it.each([
    ['without any issue there are none', good, []],
    [
      'a file whose rows cannot be told apart has the list alone',
      'a\u0000b',
      [`reports/74/${id}.issues.csv`],
    ],
    [
      'a JSON file is annotated as JSON',
      '[{"indicator":"II.9.1","period":"2022-05","numerator":11,"denominator":10}]',
      [`reports/74/${id}.issues.csv`, `reports/74/${id}.annotated.json`],
    ],
    [
      'an accepted file with warnings has them too',
      good.replace(header, header.replace('\r\n', ',x\r\n')),
      [`reports/74/${id}.issues.csv`, `reports/74/${id}.annotated.csv`],
    ],
  ])('%s', async (_, content, files) => {
    upload(id, content);
    expect(await ingest(id)).toEqual(done);
    expect(buckets.written()).toEqual([...files, `reports/74/${id}.json`]);
  });

  it('tell of bytes that were published before', async () => {
    upload(id, good);
    upload(other, good);
    expect(await ingest(id, other)).toEqual(done);
    expect(listOf(other)).toContain(`;${id};;submission-identical;Cảnh báo;`);
    expect(copyOf(other)).toContain('[submission-identical]');
  });

  it('are there before the report is, which is there before the outcome', async () => {
    upload(id, good.replace('987', 'x'));
    buckets.mock.on(PutObjectCommand).callsFake(() => {
      expect(table.item(keys.submission('74', id))?.state).toBe('checking');
      return {};
    });
    expect(await ingest(id)).toEqual(done);
    expect(buckets.written().at(-1)).toBe(`reports/74/${id}.json`);
  });

  it('are the same when they are written again', async () => {
    upload(id, good.replace('987', 'x'));
    table.mock.on(UpdateCommand).resolvesOnce({}).rejectsOnce(new Error('cut off'));
    await ingest(id);
    const [list, copy] = [listOf(id), copyOf(id)];
    upload(id, good.replace('987', 'x'));
    await ingest(id);
    expect(buckets.written()).toHaveLength(6);
    expect([listOf(id), copyOf(id)]).toEqual([list, copy]);
  });
});

describe('the local disk', () => {
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tiendo-ingest-test-'));
    vi.stubEnv('TMPDIR', directory);
    upload(id, good.replace('987', 'x'));
    return () => {
      vi.unstubAllEnvs();
      rmSync(directory, { recursive: true });
    };
  });

  it.each<[string, () => void, object]>([
    ['a file has its outcome', () => undefined, done],
    [
      'its report cannot be written',
      () => buckets.mock.on(PutObjectCommand).rejects(new Error('busy')),
      failed,
    ],
    [
      'its bytes are not as announced',
      () => buckets.put(`uploads/74/${id}`, good.replace('987', 'y'), now),
      failed,
    ],
    ['somebody else has finished it', () => failOnce(new ConditionalCheckFailedException(refused)), done],
    ['it cannot be marked', () => failOnce(new Error('throttled')), failed],
    [
      'the list of its issues cannot be removed',
      () => vi.spyOn(IssueListFile.prototype, 'dispose').mockRejectedValueOnce(new Error('no disk')),
      failed,
    ],
  ])('keeps nothing of the upload when %s', async (_, arrange, result) => {
    arrange();
    expect(await ingest(id)).toEqual(result);
    expect(readdirSync(directory).filter((name) => name.startsWith('tiendo-upload-'))).toEqual([]);
  });

  it('keeps nothing of the files beside the report, even when they cannot be written', async () => {
    buckets.mock.on(PutObjectCommand).rejects(new Error('busy'));
    expect(await ingest(id)).toEqual(failed);
    expect(readdirSync(directory)).toEqual([]);
  });
});

describe('the progress of a check', () => {
  /** The good file with blank lines after it, long ones, of which there are few. */
  const ofSize = (bytes: number) =>
    good + `${' '.repeat(999)}\n`.repeat(Math.ceil(bytes / 1000)).slice(0, bytes - good.length);
  const noted = () =>
    table.mock
      .commandCalls(UpdateCommand)
      .map(({ args: [{ input }] }) => input.ExpressionAttributeValues?.[':progress'])
      .filter((progress) => progress !== undefined);

  it.each([
    [minBytesForProgress - 1, false],
    [minBytesForProgress, true],
  ])('of a file of %i bytes is noted: %s', async (bytes, isNoted) => {
    const content = ofSize(bytes);
    upload(id, content);
    expect(await ingest(id)).toEqual(done);
    expect(noted().length > 0).toBe(isNoted);
  });

  it('is gone with the outcome', async () => {
    const content = ofSize(minBytesForProgress);
    upload(id, content);
    expect(await ingest(id)).toEqual(done);
    // The clock of this test stands still.
    expect(noted()).toEqual([{ rows: 0, bytes: expect.any(Number), ofBytes: content.length }]);
    expect(table.item(keys.submission('74', id))).toMatchObject({ state: 'accepted' });
    expect(table.item(keys.submission('74', id))).not.toHaveProperty('progress');
  });
});
