import { createHash } from 'node:crypto';
import type { Cloud } from '../../local/cloud.ts';
import { apiAs } from '../../local/journey.ts';
import { ApiProblem } from '../../shared/client/api.ts';
import { callRoute } from '../../shared/client/call-route.ts';
import { putFile, requestUpload, UploadRefused } from '../../shared/client/submit-file.ts';

/** The instant the scenario begins, and the unit and task it needs beside those of the small assembly. */
export const scenarioStartsAt = '2022-06-28T01:00:00.000Z';
export const scenarioNeeds = ['BCA', 'I.2'];

/** The files of the scenario: accepted, rejected, accepted again byte for byte, and a milestone. */
const figures = 'indicator,period,numerator,denominator\r\nII.9.1,2022-05,987,1000\r\n';
const wrong = 'indicator,period,numerator,denominator\r\nII.9.1,2022-05,11,10\r\n';
const milestone = 'indicator,period,completed_on,evidence\r\n1.a.1,2022-05,2022-05-20,12/QĐ-UBND\r\n';

/** Overdue from the start, so that it is escalated in the first evaluation. */
const overdue = 'deadline-missed|74:1.b.1|2022-05-31T17:00:00.000Z';

/** A person of a unit. Whoever is told by text message alone gets the same whenever a run is late. */
const person = (unit: string, number: number) => ({
  id: `${unit.toLowerCase()}-${number}`,
  name: 'Đầu mối',
  language: 'vi' as const,
  email: `${number}@${unit.toLowerCase()}.example`,
  phone: `+8490000007${number + (unit === '74' ? 3 : 0)}`,
});
/** Woken at five, long before the morning's runs. */
const quietHours = { from: '21:00', to: '05:00' };
const office = [1, 2].map((number) => ({ ...person('74', number), quietHours }));
const body = { ...person('BTTTT', 1), account: 'coordinator@tiendo.test' };

/**
 * A short journey through every function: coordinators are registered, one of them unsubscribes and one is taken
 * off the list, four files are sent, one of them withdrawn, one upload is asked for and never used. Something is
 * escalated and acknowledged, a unit silenced, a due date set; a file is sent back at night, which wakes its sender
 * when their quiet hours end. The deadline of 30 June passes, its alerts are told on 1 July, and all of it is
 * exported. Steps are hours apart: longer than a message takes to come back whose function died. Clients repeat what
 * fails on our side, as people and programs do.
 */
export async function playScenario(cloud: Cloud): Promise<void> {
  await register(cloud, '74', office);
  await register(cloud, 'BTTTT', [body, person('BTTTT', 2)]);
  const first = await send(cloud, '2022-06-28T03:00:00.000Z', '74', 'figures.csv', figures);

  await cloud.moveTo('2022-06-28T06:00:00.000Z');
  const [subscription] = cloud.topics.subscriptionsOf(person('74', 2).email);
  cloud.topics.unsubscribe(subscription?.arn ?? '');
  await register(cloud, 'BTTTT', [body]);

  await cloud.moveTo('2022-06-29T03:00:00.000Z');
  const coordinator = apiAs(cloud, 'coordinator');
  await repeated(() =>
    callRoute(coordinator, 'POST /alerts/{id}/acknowledge', {
      params: { id: overdue },
      body: { comment: 'đang rà soát', until: '2022-07-02' },
    }),
  );
  await repeated(() =>
    callRoute(coordinator, 'POST /silences', {
      body: { target: { unit: '01' }, reason: 'bão lũ', until: '2022-07-31' },
    }),
  );
  await repeated(() =>
    callRoute(coordinator, 'PUT /obligations/{id}/due', {
      params: { id: 'BCA:I.2.1' },
      body: { due: '2022-07-10', reason: 'kế hoạch 12/KH' },
    }),
  );
  await cloud.idle();
  await send(cloud, '2022-06-29T06:00:00.000Z', '74', 'figures again.csv', figures);
  await send(cloud, '2022-06-29T21:50:00.000Z', '74', 'wrong.csv', wrong);
  await send(cloud, '2022-06-30T04:00:00.000Z', '74', 'milestone.csv', milestone);
  await repeated(() => requestUpload(apiAs(cloud, '01'), announce('never sent.csv', 'x')));
  await cloud.moveTo('2022-06-30T07:00:00.000Z');
  await repeated(() =>
    callRoute(apiAs(cloud, '74'), 'POST /submissions/{id}/withdraw', {
      params: { id: first },
      body: { reason: 'gửi nhầm tệp' },
    }),
  );
  await cloud.moveTo('2022-07-01T02:00:00.000Z');
  await repeated(() => callRoute(apiAs(cloud, '74'), 'GET /units/{unit}', { params: { unit: '74' } }));
  // The daily export of the next morning tells of all this; the download has the tables of two units.
  await cloud.moveTo('2022-07-01T19:00:00.000Z');
  const download = { params: { table: 'submissions' }, query: { format: 'parquet' } } as const;
  await repeated(() => callRoute(apiAs(cloud, 'analyst'), 'GET /exports/{table}', download));
}

async function register(
  cloud: Cloud,
  unit: string,
  coordinators: (ReturnType<typeof person> & { account?: string })[],
): Promise<void> {
  const inputs = { params: { unit }, body: { coordinators } };
  await repeated(() => callRoute(apiAs(cloud, 'admin'), 'PUT /units/{unit}/coordinators', inputs));
}

/** Sends one file at its time, lets the pipeline work, and returns its id. */
export async function send(
  cloud: Cloud,
  at: string,
  unit: string,
  fileName: string,
  content: string,
): Promise<string> {
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
  return upload.id;
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
