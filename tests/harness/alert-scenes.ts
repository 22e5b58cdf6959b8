import type { Cloud } from '../../local/cloud.ts';
import { apiAs } from '../../local/journey.ts';
import { callRoute } from '../../shared/client/call-route.ts';
import { submitFile } from '../../shared/client/submit-file.ts';
import type { Day, Instant } from '../../shared/domain/calendar.ts';
import { announce } from './scenario.ts';

/** The instant the scenes begin, and the units and tasks they need beside those of the small assembly. */
export const scenesStartAt = at('2022-06-25', '08:00');
export const scenesNeed = ['79', '31', '48', '51', '92', '96', 'BCA', 'I.2', 'II.48'];

/** Ids of the alerts the scenes turn on. */
export const missed = (unit: string, indicator = '1.a.1', episode: Instant = at('2022-07-01', '00:00')) =>
  `deadline-missed|${unit}:${indicator}|${episode}`;
export const planned = 'BCA:I.2.1';

/** An instant of the day in Asia/Ho_Chi_Minh: `at('2022-07-01', '07:30')`, or to the millisecond. */
export function at(day: Day, time: string): Instant {
  return new Date(`${day}T${time}+07:00`).toISOString();
}

/** What was answered to a request without `asOf`, and the instant it was answered as of. */
export interface Answer {
  account: string;
  path: string;
  asOf: Instant;
  text: string;
}

/** What was seen while the scenes were played. */
export interface Scenes {
  answers: Answer[];
  /** The answer about Bình Dương in the last millisecond of 30 June, and in the first of July. */
  beforeMidnight: Answer;
  atMidnight: Answer;
}

const people = [
  { unit: '74', phone: '+84900000074' },
  { unit: '01' },
  { unit: '79' },
  { unit: '31' },
  { unit: '48', phone: '+84900000048' },
  { unit: '51' },
  { unit: '92' },
  { unit: '96' },
  { unit: 'BCA', account: 'coordinator-bca@tiendo.test' },
  {
    unit: 'BTTTT',
    account: 'coordinator@tiendo.test',
    phone: '+84900000100',
    quietHours: { from: '22:00', to: '06:00' },
  },
  { unit: 'VPCP', account: 'coordinator-vpcp@tiendo.test' },
];

export const emailOf = (unit: string) => `dau-moi@${unit.toLowerCase()}.example`;
export const phoneOf = (unit: string) => people.find((one) => one.unit === unit)?.phone ?? '';

/** Files of one line each. */
const header = 'indicator,period,numerator,denominator,completed_on,evidence\r\n';
const share = (indicator: string, period: string, of1000: number) =>
  `${header}${indicator},${period},${of1000},1000,,\r\n`;
const completed = (day: Day) => `${header}1.a.1,2022-07,,,${day},12/QĐ-UBND\r\n`;
const wrong = share('II.9.1', '2022-05', 2000);

/**
 * Plays four weeks around the deadline of 30 June 2022, over HTTP: each province has a story of its own, named
 * where it is told. What `GET /alerts` answers is kept each time the clock has stood still.
 */
export async function playAlertScenes(cloud: Cloud): Promise<Scenes> {
  const answers: Answer[] = [];

  async function ask(account: string, path: string): Promise<Answer> {
    const token = await cloud.issueToken(account);
    const response = await fetch(cloud.apiUrl + path, { headers: { authorization: `Bearer ${token}` } });
    const text = await response.text();
    return { account, path, asOf: JSON.parse(text).asOf ?? cloud.clock.now(), text };
  }

  /** Moves on, asks what is known then, and leaves that instant behind, so that nothing more is known in it. */
  async function until(day: Day, time: string): Promise<void> {
    await cloud.moveTo(at(day, time));
    await cloud.idle();
    for (const [account, path] of [
      ['analyst', '/alerts'],
      ['analyst', '/alerts?state=resolved'],
      ['74', '/alerts'],
      ['coordinator', '/alerts?unit=31'],
    ] as const) {
      answers.push(await ask(account, path));
    }
    await cloud.moveTo(new Date(cloud.clock.nowMs() + 1000).toISOString());
  }

  async function send(unit: string, content: string): Promise<string> {
    const bytes = new TextEncoder().encode(content);
    const id = await submitFile(apiAs(cloud, unit), announce('bao-cao.csv', content), bytes);
    await cloud.idle();
    return id;
  }

  async function register(unit: string): Promise<void> {
    const coordinators = people
      .filter((one) => one.unit === unit)
      .map(({ unit: _, ...rest }) => ({
        id: `${unit.toLowerCase()}-1`,
        name: 'Đầu mối',
        language: 'vi' as const,
        email: emailOf(unit),
        ...rest,
      }));
    const inputs = { params: { unit }, body: { coordinators } };
    await callRoute(apiAs(cloud, 'admin'), 'PUT /units/{unit}/coordinators', inputs);
  }

  async function acknowledge(account: string, id: string, last: Day): Promise<void> {
    const inputs = { params: { id }, body: { comment: 'đang rà soát', until: last } };
    await callRoute(apiAs(cloud, account), 'POST /alerts/{id}/acknowledge', inputs);
  }

  async function setDue(account: string, due: Day | null): Promise<void> {
    const inputs = { params: { id: planned }, body: { due, reason: 'kế hoạch 12/KH' } };
    await callRoute(apiAs(cloud, account), 'PUT /obligations/{id}/due', inputs);
    await cloud.idle();
  }

  for (const { unit } of people) await register(unit);

  // Đà Nẵng sends a file that is sent back: four days before the deadline, three days before it.
  await until('2022-06-26', '10:00');
  await send('48', wrong);
  await send('74', share('II.9.1', '2022-06', 987));
  await until('2022-06-27', '10:00');
  await send('48', wrong);
  // A due date by plan, eight days away.
  await until('2022-06-30', '10:00');
  await setDue('coordinator', '2022-07-08');

  // Bình Dương is evaluated in the last millisecond of the day, and in the first of the next.
  await cloud.moveTo(at('2022-06-30', '23:59:59.999'));
  await send('74', share('II.9.1', '2022-06', 988));
  const beforeMidnight = await ask('74', '/alerts');
  await cloud.moveTo(at('2022-07-01', '00:00:00.000'));
  await send('74', share('II.9.1', '2022-06', 989));
  const atMidnight = await ask('74', '/alerts');
  await until('2022-07-01', '09:00');

  // Quảng Nam's coordinator has had enough of e-mails.
  await until('2022-07-02', '10:00');
  const [subscription] = cloud.topics.subscriptionsOf(emailOf('92'));
  await fetch(
    `${cloud.apiUrl}/mailbox/unsubscribe?subscription=${encodeURIComponent(subscription?.arn ?? '')}`,
  );
  // Thành phố Hồ Chí Minh takes note itself; for Bình Dương a coordinating body does, for Hải Phòng the top.
  await acknowledge('79', missed('79'), '2022-07-09');
  await until('2022-07-05', '10:00');
  await acknowledge('coordinator', missed('74', 'II.9.1'), '2022-07-09');
  await acknowledge('coordinator-vpcp', missed('31'), '2022-07-19');
  await send('48', wrong);
  // Quảng Ngãi meets its target, and falls below it three days later.
  await send('51', share('II.48.1', '2022-07-05', 600));
  await until('2022-07-06', '10:00');
  await setDue('coordinator-vpcp', '2022-07-20');
  // Cà Mau is silenced by the top for the rest of the month.
  await callRoute(apiAs(cloud, 'coordinator-vpcp'), 'POST /silences', {
    body: { target: { unit: '96' }, reason: 'bão lũ', until: '2022-07-31' },
  });
  await until('2022-07-08', '10:00');
  await send('51', share('II.48.1', '2022-07-08', 400));
  await until('2022-07-11', '10:00');
  await send('51', share('II.48.1', '2022-07-11', 550));
  await until('2022-07-12', '10:00');
  await acknowledge('coordinator', missed('74', 'II.9.1'), '2022-07-16');
  await send('96', completed('2022-07-11'));
  await register('92');
  await until('2022-07-13', '10:00');
  const second = await send('51', share('II.48.1', '2022-07-13', 300));
  await until('2022-07-14', '10:00');
  await callRoute(apiAs(cloud, '51'), 'POST /submissions/{id}/withdraw', {
    params: { id: second },
    body: { reason: 'gửi nhầm tệp' },
  });
  // The date by plan is moved into the past, and withdrawn a day later.
  await until('2022-07-15', '10:00');
  await setDue('coordinator', '2022-07-14');
  await until('2022-07-16', '10:00');
  await setDue('coordinator', null);
  // Bình Dương corrects what it reported for June.
  await until('2022-07-17', '10:00');
  await send('74', share('II.9.1', '2022-06', 1000));
  await until('2022-07-18', '10:00');
  await until('2022-07-21', '10:00');

  return { answers, beforeMidnight, atMidnight };
}
