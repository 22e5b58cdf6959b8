import { PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../functions/export.ts';
import { pack } from '../../shared/aws/packed-items.ts';
import { readParquet } from '../../shared/aws/parquet-rows.ts';
import { keys } from '../../shared/aws/table-keys.ts';
import { type Head, withdraw } from '../../shared/domain/head.ts';
import type { Publication } from '../../shared/domain/observation.ts';
import type { Row } from '../../shared/domain/tables/table.ts';
import { type TableName, tableOf } from '../../shared/domain/tables.ts';
import { context, pointsPublished, scheduled, sqsEvent, unitChanged } from './events.ts';
import { exportScene } from './export-scene.ts';
import { fakeExports } from './fake-exports.ts';
import { fakeTable } from './fake-table.ts';

const table = fakeTable();
const bucket = fakeExports();
const done = { batchItemFailures: [] };
const failed = { batchItemFailures: [{ itemIdentifier: 'm0' }] };
const changed = sqsEvent(pointsPublished('74', 2022));
const daily = sqsEvent(scheduled('2022-06-22T18:00:00Z'));
const { first, second, publishFigure, publishFirst, publishSecond, saveHead } = exportScene(table);
const points = 'points/unit=74/points.parquet';

beforeEach(() => {
  table.reset();
  bucket.reset();
  // 01:00 on 23 June in Vietnam.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2022-06-22T18:00:01.000Z') });
  return () => vi.useRealTimers();
});

async function rowsOf(name: TableName, key: string): Promise<Row[]> {
  const bytes = bucket.objects.get(key);
  return bytes ? await Array.fromAsync(readParquet(tableOf(name), bytes)) : [];
}
const pointValues = async () =>
  (await rowsOf('points', points)).map(({ value, known_to }) => [value, known_to]);

describe('the export after a publication', () => {
  it('writes what is of the unit, the points last, each only where nothing else was written meanwhile', async () => {
    await publishFirst();
    expect(await handler(changed, context)).toEqual(done);
    expect(bucket.changes()).toEqual([
      `put observations/unit=74/${first}-0001.parquet`,
      'put submissions/unit=74/submissions.parquet',
      'put submission_issues/unit=74/submission_issues.parquet',
      `put ${points}`,
    ]);
    const conditions = bucket.mock
      .commandCalls(PutObjectCommand)
      .map(({ args: [{ input }] }) => [input.IfNoneMatch, input.IfMatch]);
    expect(conditions).toEqual(conditions.map(() => ['*', undefined]));
    expect(await rowsOf('observations', `observations/unit=74/${first}-0001.parquet`)).toMatchObject([
      {
        unit_id: '74',
        submission_id: first,
        row_number: 2,
        as_at: '2022-05-31',
        area_id: null,
        value: '98.7',
      },
    ]);
    expect(await rowsOf('submissions', 'submissions/unit=74/submissions.parquet')).toMatchObject([
      { state: 'accepted', errors: 0, warnings: 2 },
    ]);
  });

  it('writes nothing the second time', async () => {
    await publishFirst();
    await handler(changed, context);
    bucket.mock.resetHistory();
    expect(await handler(changed, context)).toEqual(done);
    expect(bucket.changes()).toEqual([]);
  });

  it('replaces the points of before, and leaves the rows of other submissions alone', async () => {
    const head = await publishFirst();
    await handler(changed, context);
    await publishSecond(head);
    bucket.mock.resetHistory();
    await handler(changed, context);
    expect(bucket.changes()).toEqual([
      `put observations/unit=74/${second}-0001.parquet`,
      'put submissions/unit=74/submissions.parquet',
      'put submission_issues/unit=74/submission_issues.parquet',
      `put ${points}`,
    ]);
    const last = bucket.mock.commandCalls(PutObjectCommand).at(-1)?.args[0].input;
    expect(last?.IfMatch).toMatch(/^"[0-9a-f]{32}"$/);
    expect(await pointValues()).toEqual([
      ['98.7', '2022-06-21T03:00:00.000Z'],
      ['99.25', null],
    ]);
  });

  it('is also of what is rejected, which publishes nothing', async () => {
    const submission = {
      id: first,
      unit: '74',
      state: 'rejected',
      fileName: 'a.csv',
      contentType: 'text/csv',
      bytes: 3,
      sha256: 'a'.repeat(64),
      requestedAt: '2022-06-20T02:59:00.000Z',
      requestedBy: 'office',
      rejectedAt: '2022-06-20T03:00:00.000Z',
      issueCounts: { 'out-of-range': 3, 'column-ignored': 1 },
    };
    table.put(keys.submission('74', first), submission);
    expect(await handler(sqsEvent(unitChanged('74')), context)).toEqual(done);
    expect(await rowsOf('submissions', 'submissions/unit=74/submissions.parquet')).toMatchObject([
      { state: 'rejected', errors: 3, warnings: 1 },
    ]);
    expect(bucket.objects.has(points)).toBe(false);
  });

  it.each(['{"scheduledAt":"tomorrow"}', 'x'])('is not begun by %s', async (body) => {
    expect(await handler(sqsEvent(body), context)).toEqual(failed);
    expect(bucket.mock.calls()).toHaveLength(0);
  });
});

describe('two exports at once', () => {
  it('end with what was published last: who read earlier reads again', async () => {
    const head = await publishFirst();
    let isOvertaken = false;
    bucket.onWrite((key) => {
      if (isOvertaken || key !== points) return;
      isOvertaken = true;
      bucket.objects.set(points, new Uint8Array([1]));
      void publishSecond(head);
    });
    expect(await handler(changed, context)).toEqual(done);
    expect(await pointValues()).toEqual([
      ['98.7', '2022-06-21T03:00:00.000Z'],
      ['99.25', null],
    ]);
  });

  it('give up after three rounds, and the message comes again', async () => {
    await publishFirst();
    let others = 0;
    bucket.onWrite((key) => {
      if (key !== points) return;
      others += 1;
      bucket.objects.set(points, new Uint8Array([others]));
    });
    expect(await handler(changed, context)).toEqual(failed);
    expect(others).toBe(3);
  });
});

describe('the daily export', () => {
  const days = (): string[] => [...bucket.objects.keys()].filter((key) => key.startsWith('assessments/'));
  const dayKeys = (...days: string[]) => days.map((day) => `assessments/day=${day}/assessments.parquet`);

  it('mends what a lost event left behind', async () => {
    const head = await publishFirst();
    await handler(changed, context);
    await publishSecond(head);
    expect(await handler(daily, context)).toEqual(done);
    expect(await pointValues()).toEqual([
      ['98.7', '2022-06-21T03:00:00.000Z'],
      ['99.25', null],
    ]);
  });

  it('has the dimensions, and the assessments of each day from the first acceptance to yesterday', async () => {
    await publishFirst();
    expect(await handler(daily, context)).toEqual(done);
    expect(days()).toEqual(dayKeys('2022-06-20', '2022-06-21', '2022-06-22'));
    for (const name of ['units', 'areas', 'tasks', 'indicators', 'coordinating_bodies']) {
      expect(bucket.objects.has(`${name}/${name}.parquet`)).toBe(true);
    }
    const [key = ''] = dayKeys('2022-06-20');
    const assessed = await rowsOf('assessments', key);
    expect(new Set(assessed.map(({ unit_id }) => unit_id)).size).toBe(93);
    expect(assessed).toContainEqual(
      expect.objectContaining({
        obligation_id: '74:II.9.1',
        assessed_on: '2022-06-20',
        state: 'at-risk',
        value: '98.7',
        threshold: '100',
        days_left: 10,
      }),
    );
  });

  it('writes nothing the second time, and the next day that day alone', async () => {
    await publishFirst();
    await handler(daily, context);
    bucket.mock.resetHistory();
    expect(await handler(daily, context)).toEqual(done);
    expect(bucket.changes()).toEqual([]);
    vi.setSystemTime('2022-06-23T18:00:01.000Z');
    await handler(daily, context);
    expect(bucket.changes()).toEqual(dayKeys('2022-06-23').map((key) => `put ${key}`));
  });

  it('writes the days that were missed, and leaves past days as they were known', async () => {
    const head = await publishFirst();
    await handler(daily, context);
    const before = dayKeys('2022-06-20', '2022-06-21', '2022-06-22').map((key) => bucket.objects.get(key));
    vi.setSystemTime('2022-06-25T18:00:01.000Z');
    await publishFigure(head, second, '2022-06-24T03:00:00.000Z', '100');
    bucket.mock.resetHistory();
    await handler(daily, context);
    expect(bucket.changes().filter((change) => change.includes('assessments/'))).toEqual(
      dayKeys('2022-06-23', '2022-06-24', '2022-06-25').map((key) => `put ${key}`),
    );
    expect(
      days()
        .map((key) => bucket.objects.get(key))
        .slice(0, 3),
    ).toEqual(before);
  });

  it('makes the same bytes from an empty bucket as step by step', async () => {
    const head = await publishFirst();
    await handler(changed, context);
    const next = await publishSecond(head);
    await handler(changed, context);
    await withdrawSecond(next);
    await handler(changed, context);
    await handler(daily, context);
    const step = new Map(bucket.objects);
    bucket.objects.clear();
    await handler(daily, context);
    expect([...bucket.objects.keys()].sort()).toEqual([...step.keys()].sort());
    for (const [key, bytes] of step)
      expect(Buffer.compare(bucket.objects.get(key) ?? Buffer.of(), bytes)).toBe(0);
  });

  it('follows a table that was restored to an earlier time, and drops its later rows after the points', async () => {
    const head = await publishFirst();
    await publishSecond(head);
    await handler(changed, context);
    await saveHead({ ...head, version: 9 });
    bucket.mock.resetHistory();
    await handler(changed, context);
    expect(bucket.changes().slice(-2)).toEqual([
      `put ${points}`,
      `delete observations/unit=74/${second}-0001.parquet`,
    ]);
    expect(await pointValues()).toEqual([['98.7', null]]);
  });

  it('drops what an emptied table no longer says', async () => {
    await publishFirst();
    await handler(daily, context);
    table.reset();
    await handler(daily, context);
    expect([...bucket.objects.keys()].filter((key) => key.includes('/unit='))).toEqual([]);
  });

  it('exports every other unit when one cannot be read, and its message comes again', async () => {
    await publishFirst();
    await publishFirst('01');
    table.put(keys.alerts('01'), { content: pack({ broken: true }) });
    expect(await handler(daily, context)).toEqual(failed);
    expect(bucket.objects.has(points)).toBe(true);
    expect(bucket.objects.has('points/unit=01/points.parquet')).toBe(false);
    expect(bucket.objects.has('units/units.parquet')).toBe(true);
  });

  async function withdrawSecond(head: Head): Promise<void> {
    const publications: Publication[] = head.submissions.map(({ id, receivedAt, acceptedAt }) => ({
      submissionId: id,
      receivedAt,
      acceptedAt,
      figures: [
        {
          indicator: 'II.9.1',
          period: '2022-05',
          asAt: '2022-05-31',
          value: id === first ? '98.7' : '99.25',
          areas: 0,
        },
      ],
    }));
    const request = { submissionId: second, by: 'office', reason: 'nhầm' };
    await saveHead(withdraw(head, request, publications, '2022-06-22T03:00:00.000Z'));
  }
});
