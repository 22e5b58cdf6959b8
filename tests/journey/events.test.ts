import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Cloud } from '../../local/cloud.ts';
import { apiAs } from '../../local/journey.ts';
import { callApi } from '../../shared/client/api.ts';
import { putFile, requestUpload } from '../../shared/client/submit-file.ts';
import { submissionSchema } from '../../shared/domain/submission.ts';
import { announce, playScenario, scenarioNeeds, scenarioStartsAt } from '../harness/scenario.ts';
import { synthesizeSmall } from '../harness/small-assembly.ts';
import { takeSnapshot } from '../harness/snapshot.ts';
import { startCloud } from '../harness/start-cloud.ts';

const figures = (numerator: number) =>
  `indicator,period,numerator,denominator\r\nII.9.1,2022-05,${numerator},1000\r\n`;

let templateDirectory: string;
let dataDirectory: string;
let cloud: Cloud;

beforeAll(async () => {
  templateDirectory = await synthesizeSmall({}, scenarioNeeds);
});

beforeEach(async () => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'tiendo-events-'));
  cloud = await open();
});

afterEach(async () => {
  await cloud.close();
  rmSync(dataDirectory, { recursive: true });
});

async function open(
  settings: { environment?: Record<string, string>; intercept?: () => 'pass' } = {},
): Promise<Cloud> {
  return await startCloud({ templateDirectory, dataDirectory, startAt: scenarioStartsAt, ...settings });
}

async function send(content: string): Promise<string> {
  const upload = await requestUpload(apiAs(cloud, '74'), announce('a.csv', content));
  await putFile(upload, new TextEncoder().encode(content));
  return upload.id;
}

/** Puts a message on a queue as its source would, by the queue's logical id. */
function deliver(queue: string, message: unknown): void {
  const target = cloud.queues.queues.find(({ name }) => name.endsWith(queue));
  if (!target) throw new Error(`There is no queue ${queue}`);
  cloud.queues.send(target.arn, JSON.stringify(message));
}

const created = (id: string) => ({
  'detail-type': 'Object Created',
  detail: { bucket: { name: cloud.resources.UploadsBucket }, object: { key: `74/${id}` } },
});
const stateOf = async (id: string) =>
  await callApi(apiAs(cloud, '74'), { method: 'GET', path: `/submissions/${id}` }, submissionSchema);

describe('what happens more than once', () => {
  it('adds no point when the same bytes are sent twice', async () => {
    await send(figures(987));
    await cloud.idle();
    const once = await pointsOf();
    const again = await send(figures(987));
    await cloud.idle();
    expect(await stateOf(again)).toMatchObject({
      state: 'accepted',
      issueCounts: { 'submission-identical': 1 },
    });
    expect(await pointsOf()).toEqual(once);
  });

  it('changes nothing when an S3 event comes three times, and those of two files out of order', async () => {
    const first = await send(figures(900));
    await cloud.moveTo(new Date(cloud.clock.nowMs() + 1000).toISOString());
    const second = await send(figures(987));
    await cloud.idle();
    const before = await takeSnapshot(cloud);
    for (const id of [second, first, second, first, second, first]) deliver('IngestQueue', created(id));
    await cloud.idle();
    expect(await takeSnapshot(cloud)).toEqual(before);
    expect((await pointsOf())[0]).toContain('98.70');
  });

  it('adds no alert and no message when evaluate and notify run again', async () => {
    await playScenario(cloud);
    const before = await takeSnapshot(cloud);
    for (let times = 0; times < 2; times += 1) {
      deliver('EvaluateQueue', { scheduledAt: '2022-07-01T00:00:00.000Z' });
      deliver('NotifyQueue', { scheduledAt: '2022-07-01T00:30:00.000Z' });
      await cloud.idle();
    }
    expect(await takeSnapshot(cloud)).toEqual(before);
  });
});

describe('a process killed in the middle of an ingest', () => {
  it.each(['GetObject', 'UpdateItem', 'PutItem', 'PutEvents'])(
    'in its first %s loses nothing when it is started again',
    async (action) => {
      await cloud.close();
      let reached: () => void = () => {};
      const atCall = new Promise<void>((resolve) => {
        reached = resolve;
      });
      cloud = await startCloud({
        templateDirectory,
        dataDirectory,
        startAt: scenarioStartsAt,
        intercept(call) {
          if (call.functionName !== 'ingest' || call.action !== action) return 'pass';
          reached();
          return 'hang';
        },
      });
      const id = await send(figures(987));
      await atCall;
      await cloud.close();
      cloud = await open();
      expect((await stateOf(id)).state).not.toBe('accepted');
      await cloud.moveTo(new Date(cloud.clock.nowMs() + 61 * 60_000).toISOString());
      expect((await stateOf(id)).state).toBe('accepted');
      expect(await pointsOf()).toHaveLength(1);
    },
  );
});

/** The figure of each assessment that has one. */
async function pointsOf(): Promise<string[]> {
  const schema = z.object({
    assessments: z.array(z.object({ obligation: z.string(), value: z.string().nullable() })),
  });
  const { assessments } = await callApi(apiAs(cloud, '74'), { method: 'GET', path: '/units/74' }, schema);
  return assessments.flatMap(({ obligation, value }) => (value === null ? [] : [`${obligation} ${value}`]));
}
