import * as z from 'zod';
import { type Api, callApi } from '../shared/client/api.ts';
import { stateNames, states } from '../shared/domain/assessment.ts';
import { dayOf, formatDay, type Instant } from '../shared/domain/calendar.ts';
import type { Catalogue } from '../shared/domain/catalogue.ts';
import { submissionSchema } from '../shared/domain/submission.ts';
import type { Cloud } from './cloud.ts';
import { apiAs } from './journey.ts';

const scoreboardSchema = z.object({ nation: z.record(z.enum(states), z.int()) });
const submissionsSchema = z.object({ submissions: z.array(submissionSchema) });

/** What became of a run, in the numbers a newcomer asks for, read through the API as people would. */
export async function summarize(cloud: Cloud, catalogue: Catalogue, asOf: Instant): Promise<string> {
  const coordinator = apiAs(cloud, 'coordinator');
  const submissions = await listEverySubmission(coordinator, catalogue);
  const rejected = submissions.filter(({ state }) => state === 'rejected');
  const accepted = submissions.filter(({ state }) => state === 'accepted');
  const provinces = catalogue.units.filter(({ kind }) => kind === 'province').map(({ id }) => id);
  const silent = provinces.filter((id) => !accepted.some(({ unit }) => unit === id));
  const scoreboard = await callApi(
    coordinator,
    { method: 'GET', path: `/scoreboard?asOf=${asOf}` },
    scoreboardSchema,
  );
  const messages = cloud.mailbox.messages();
  const unitNames = new Map(catalogue.units.map(({ id, name }) => [id, name]));
  const recipients = (channel: string) => messages.filter((message) => message.channel === channel);

  return [
    `Tính đến ${formatDay(dayOf(asOf))} · as of ${dayOf(asOf)}`,
    '',
    `Tệp · files: ${accepted.length} được nhận · accepted, ${rejected.length} bị trả lại · rejected`,
    ...rejected.map(({ unit, fileName, issueCounts = {} }) => {
      const codes = Object.entries(issueCounts).map(([code, count]) => `${code} × ${count}`);
      return `  ✗ ${unitNames.get(unit)} (${unit}) ${fileName}: ${codes.join(', ')}`;
    }),
    `Đơn vị · units: ${provinces.length - silent.length} / ${provinces.length} tỉnh đã báo cáo · provinces reported; chưa báo cáo · silent: ${silent.map((id) => unitNames.get(id)).join(', ') || '–'}`,
    '',
    'Nghĩa vụ · obligations:',
    ...states.map(
      (state) =>
        `  ${String(scoreboard.nation[state] ?? 0).padStart(6)}  ${stateNames[state].vi} · ${stateNames[state].en}`,
    ),
    '',
    `Đã báo · told: ${recipients('email').length} e-mail tới ${countRecipients(recipients('email'))} người · people, ${recipients('sms').length} SMS tới ${countRecipients(recipients('sms'))} số · numbers`,
    ...messagesOfLastDay(messages),
  ].join('\n');
}

async function listEverySubmission(api: Api, catalogue: Catalogue) {
  const pages = await Promise.all(
    catalogue.units.map(({ id }) =>
      callApi(api, { method: 'GET', path: `/submissions?unit=${id}` }, submissionsSchema),
    ),
  );
  return pages.flatMap(({ submissions }) => submissions);
}

function countRecipients(messages: readonly { to: string }[]): number {
  return new Set(messages.map(({ to }) => to)).size;
}

function messagesOfLastDay(
  messages: readonly { to: string; at: string; channel: string; subject?: string }[],
): string[] {
  const last = messages.at(-1);
  if (!last) return [];
  const day = dayOf(last.at);
  const ofDay = messages.filter(({ at, channel }) => dayOf(at) === day && channel === 'email');
  const examples = ofDay.slice(0, 3).map(({ to, subject }) => `  ✉ ${to}: ${subject}`);
  return [
    `Ngày ${formatDay(day)} · that day: ${ofDay.length} e-mail, mỗi người một thư · one each`,
    ...examples,
  ];
}
