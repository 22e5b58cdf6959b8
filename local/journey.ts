import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { type Journey, journeySchema, sampleCoordinatorsSchema } from '../samples/journey.ts';
import type { Api } from '../shared/client/api.ts';
import { callRoute } from '../shared/client/call-route.ts';
import { submitFile } from '../shared/client/submit-file.ts';
import { dayOf, type Instant } from '../shared/domain/calendar.ts';
import type { Cloud } from './cloud.ts';
import { startProgress } from './progress.ts';

const samples = join(import.meta.dirname, '../samples');

/** Reads `samples/journey.json`. */
export async function loadJourney(): Promise<Journey> {
  return journeySchema.parse(JSON.parse(await readFile(join(samples, 'journey.json'), 'utf8')));
}

/** The API as one of the sample accounts sees it: `74`, `coordinator`, `analyst`, `admin`. */
export function apiAs(cloud: Cloud, account: string): Api {
  return { url: cloud.apiUrl, accessToken: () => cloud.issueToken(account) };
}

/** Registers the sample coordinators of every unit, as an administrator would. Throws once `signal` is aborted. */
export async function registerCoordinators(cloud: Cloud, signal?: AbortSignal): Promise<void> {
  const content = await readFile(join(samples, 'coordinators.json'), 'utf8');
  const units = Object.entries(sampleCoordinatorsSchema.parse(JSON.parse(content)));
  const progress = startProgress('Đăng ký đầu mối · coordinators', units.length);
  const admin = apiAs(cloud, 'admin');
  for (const [unit, coordinators] of units) {
    signal?.throwIfAborted();
    await callRoute(admin, 'PUT /units/{unit}/coordinators', { params: { unit }, body: { coordinators } });
    progress.advance(unit);
  }
  progress.done();
}

/**
 * Plays the journey up to an instant: the clock moves to each file's hour, every schedule on the way runs,
 * the office asks for an upload and puts its file, and the pipeline works until it is idle. Goes on where an
 * earlier run over the same data was ended. Throws between two files once `signal` is aborted.
 */
export async function playJourney(
  cloud: Cloud,
  journey: Journey,
  until: Instant,
  signal?: AbortSignal,
): Promise<void> {
  const reached = cloud.clock.now();
  if (until <= reached) return;
  const files = journey.submissions.filter(({ receivedAt }) => receivedAt >= reached && receivedAt <= until);
  for (const [month, ofMonth] of Map.groupBy(files, ({ receivedAt }) => dayOf(receivedAt).slice(0, 7))) {
    const title = `Tháng ${Number(month.slice(5))}/${month.slice(0, 4)} · ${month}: tệp nộp · files`;
    const progress = startProgress(title, ofMonth.length);
    for (const { unit, file, receivedAt } of ofMonth) {
      signal?.throwIfAborted();
      await cloud.moveTo(receivedAt);
      await submitSample(cloud, unit, file);
      await cloud.idle();
      progress.advance(unit);
    }
    progress.done();
  }
  await cloud.moveTo(until);
  await cloud.idle();
}

async function submitSample(cloud: Cloud, unit: string, file: string): Promise<void> {
  const bytes = new Uint8Array(await readFile(join(samples, file)));
  const contentType = extname(file) === '.json' ? 'application/json' : 'text/csv';
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await submitFile(
    apiAs(cloud, unit),
    { fileName: basename(file), contentType, bytes: bytes.length, sha256 },
    bytes,
  );
}
