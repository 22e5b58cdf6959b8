import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../functions/export.ts';
import { readParquet } from '../../shared/aws/parquet-rows.ts';
import { submissionKey, unitKey } from '../../shared/domain/tables/object-keys.ts';
import { tableOf } from '../../shared/domain/tables.ts';
import { callFaults, interceptCalls, workWithFault } from './disturbed-calls.ts';
import { context, pointsPublished, scheduled, sqsEvent } from './events.ts';
import { exportScene } from './export-scene.ts';
import { fakeExports } from './fake-exports.ts';
import { fakeTable } from './fake-table.ts';

// With 93 units a run makes the same calls 93 times, and the areas are a large file.
vi.mock(import('../../shared/catalogue/load-catalogue.ts'), async (importOriginal) => {
  const { smallCatalogue } = await import('../domain/small-catalogue.ts');
  return { ...(await importOriginal()), loadCatalogue: () => smallCatalogue(), listAreas: () => [] };
});

const table = fakeTable();
const bucket = fakeExports();
const { publishFirst, publishSecond } = exportScene(table);
const third = '01G3ABCDEFGHJKMNPQRSTVWXY3';
const changed = sqsEvent(pointsPublished('74', 2022));
const daily = sqsEvent(scheduled('2022-06-22T18:00:00Z'));
const done = { batchItemFailures: [] };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2022-06-22T18:00:01.000Z') });
  return () => vi.useRealTimers();
});

/** Two provinces; what 74 sent first is exported, its correction is not, and of what no head names there is an object. */
async function prepare(): Promise<void> {
  table.reset();
  bucket.reset();
  interceptCalls();
  const head = await publishFirst();
  await handler(changed, context);
  await publishSecond(head);
  await publishFirst('01');
  bucket.objects.set(submissionKey('74', third, 1), new Uint8Array([1]));
}

/** What comes for the export: a change, and in the night the daily run. */
const work = async () => [await handler(changed, context), await handler(daily, context)];

/** The objects there are, by key, each with a hash of its bytes. */
const present = () =>
  new Map(
    [...bucket.objects].sort().map(([key, bytes]) => [key, createHash('md5').update(bytes).digest('hex')]),
  );

/** The objects of rows that the points name and that are not there. */
async function missingRows(): Promise<string[]> {
  const missing: string[] = [];
  for (const unit of ['01', '74']) {
    const bytes = bucket.objects.get(unitKey('points', unit));
    const rows = bytes ? await Array.fromAsync(readParquet(tableOf('points'), bytes)) : [];
    const keys = rows.map(({ submission_id }) => submissionKey(unit, String(submission_id), 1));
    missing.push(...keys.filter((key) => !bucket.objects.has(key)));
  }
  return missing;
}

describe('an export of which one call has a fault, and that is run again', () => {
  it.each(callFaults)(
    'leaves the same objects as one without, whichever call %s its effect',
    async (kind) => {
      await prepare();
      const calls = await workWithFault(work);
      const expected = present();
      expect(expected.has(submissionKey('74', third, 1))).toBe(false);
      for (let n = 1; n <= calls; n += 1) {
        await prepare();
        expect(await workWithFault(work, { n, kind })).toBeGreaterThanOrEqual(n);
        expect(await missingRows()).toEqual([]);
        expect(await work()).toEqual([done, done]);
        expect(present()).toEqual(expected);
      }
      expect(calls).toBeGreaterThan(60);
    },
  );
});
