import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { projectRoot } from '../../infra/bundle.ts';
import type { Cloud } from '../../local/cloud.ts';
import { apiAs } from '../../local/journey.ts';
import { sampleCoordinatorsSchema } from '../../samples/journey.ts';
import { callRoute } from '../../shared/client/call-route.ts';
import { submitFile } from '../../shared/client/submit-file.ts';
import type { Instant } from '../../shared/domain/calendar.ts';

/** Half past six in the morning in Vietnam, before the day's evaluation. */
export const samplesStartAt: Instant = '2022-06-30T23:30:00.000Z';
const endsAt: Instant = '2022-07-01T01:00:00.000Z';

/** Bình Dương, Ninh Thuận and Hà Nội: the only units with figures. */
const units = ['74', '58', '01'];
const months = ['2022-05', '2022-06'];

/** Registers the coordinators of a few units, sends their files of two months, and runs the day's evaluation. */
export async function fillWithSamples(cloud: Cloud): Promise<void> {
  const samples = join(projectRoot, 'samples');
  const coordinators = sampleCoordinatorsSchema.parse(
    JSON.parse(await readFile(join(samples, 'coordinators.json'), 'utf8')),
  );
  for (const unit of [...units, 'VPCP']) {
    const body = { coordinators: coordinators[unit] ?? [] };
    await callRoute(apiAs(cloud, 'admin'), 'PUT /units/{unit}/coordinators', { params: { unit }, body });
  }
  for (const month of months) {
    await Promise.all(
      units.map(async (unit) => {
        const file = join(samples, 'files', unit, `bao-cao-${month}.csv`);
        const bytes = new Uint8Array(await readFile(file));
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        const announced = {
          fileName: basename(file),
          contentType: 'text/csv',
          bytes: bytes.length,
          sha256,
        } as const;
        await submitFile(apiAs(cloud, unit), announced, bytes);
      }),
    );
    await cloud.idle();
  }
  await cloud.moveTo(endsAt);
  await cloud.idle();
}
