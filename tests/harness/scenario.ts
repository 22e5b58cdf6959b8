import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Cloud } from '../../local/cloud.ts';
import { apiAs } from '../../local/journey.ts';
import { ApiProblem, callApi } from '../../shared/client/api.ts';
import { putFile, requestUpload, UploadRefused } from '../../shared/client/submit-file.ts';

/** The instant the scenario begins. */
export const scenarioStartsAt = '2022-06-28T01:00:00.000Z';

/** The files of the scenario: accepted, rejected, accepted again byte for byte, and a milestone. */
const figures = 'indicator,period,numerator,denominator\r\nII.9.1,2022-05,987,1000\r\n';
const wrong = 'indicator,period,numerator,denominator\r\nII.9.1,2022-05,11,10\r\n';
const milestone = 'indicator,period,completed_on,evidence\r\n1.a.1,2022-05,2022-05-20,12/QĐ-UBND\r\n';

/**
 * A short journey through every function: coordinators are registered, four files sent, one upload asked for
 * and never used, the deadline of 30 June passes, its alerts are told on 1 July, and all of it is exported. Clients repeat what fails
 * on our side, as people and programs do.
 */
export async function playScenario(cloud: Cloud): Promise<void> {
  const coordinators = (unit: string) => [
    {
      id: `${unit.toLowerCase()}-1`,
      name: 'Đầu mối',
      language: 'vi',
      email: `a@${unit.toLowerCase()}.example`,
      phone: '+84900000074',
    },
  ];
  for (const unit of ['74', 'BTTTT']) {
    const request = {
      method: 'PUT',
      path: `/units/${unit}/coordinators`,
      body: { coordinators: coordinators(unit) },
    } as const;
    await repeated(() => callApi(apiAs(cloud, 'admin'), request, z.unknown()));
  }
  await send(cloud, '2022-06-28T03:00:00.000Z', '74', 'figures.csv', figures);
  await send(cloud, '2022-06-28T03:10:00.000Z', '01', 'wrong.csv', wrong);
  await send(cloud, '2022-06-29T03:00:00.000Z', '74', 'figures again.csv', figures);
  await send(cloud, '2022-06-29T04:00:00.000Z', '74', 'milestone.csv', milestone);
  await repeated(() => requestUpload(apiAs(cloud, '01'), announce('never sent.csv', 'x')));
  await cloud.moveTo('2022-07-01T02:00:00.000Z');
  await repeated(() => callApi(apiAs(cloud, '74'), { method: 'GET', path: '/units/74' }, z.unknown()));
  // The daily export of the next morning tells of all this; the download has the tables of two units.
  await cloud.moveTo('2022-07-01T19:00:00.000Z');
  const download = { method: 'GET', path: '/exports/submissions?format=parquet' } as const;
  await repeated(() => callApi(apiAs(cloud, 'analyst'), download, z.unknown()));
}

/** Sends one file at its time and lets the pipeline work. */
async function send(
  cloud: Cloud,
  at: string,
  unit: string,
  fileName: string,
  content: string,
): Promise<void> {
  await cloud.moveTo(at);
  const upload = await repeated(() => requestUpload(apiAs(cloud, unit), announce(fileName, content)));
  await repeated(async () => {
    try {
      await putFile(upload, new TextEncoder().encode(content));
    } catch (error) {
      // Put before, and only the answer was lost.
      if (!(error instanceof UploadRefused && error.status === 412)) throw error;
    }
  });
  await cloud.idle();
}

/** What a sender announces of a file. */
export function announce(fileName: string, content: string) {
  const bytes = new TextEncoder().encode(content);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { fileName, contentType: 'text/csv', bytes: bytes.length, sha256 } as const;
}

/** Repeats a step that failed on our side, up to three times. */
async function repeated<T>(step: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await step();
    } catch (error) {
      const isOurs = (error instanceof ApiProblem || error instanceof UploadRefused) && error.status >= 500;
      if (!isOurs || attempt === 3) throw error;
    }
  }
}
