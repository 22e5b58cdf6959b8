import type { Api } from '../shared/client/api.ts';
import { callRoute } from '../shared/client/call-route.ts';
import type { State } from '../shared/domain/assessment.ts';
import { type Day, dayOf, type Instant } from '../shared/domain/calendar.ts';
import type { Catalogue } from '../shared/domain/catalogue.ts';
import type { Channel } from '../shared/domain/coordinator.ts';
import type { Issue } from '../shared/domain/issue.ts';
import type { Cloud } from './cloud.ts';
import { apiAs } from './journey.ts';
import type { MailboxMessage } from './mailbox/mailbox.ts';

/** A file that was sent back, with what was found in it. */
export interface RejectedFile {
  unit: string;
  fileName: string;
  receivedOn: Day;
  issues: readonly Issue[];
}

/** Messages of one channel and how many people (addresses, numbers) have them. */
export interface Told {
  messages: number;
  people: number;
}

/** What became of a run up to an instant. */
export interface Outcome {
  asOf: Instant;
  accepted: number;
  rejected: readonly RejectedFile[];
  /** Units with an accepted file. */
  reporting: ReadonlySet<string>;
  states: Readonly<Record<State, number>>;
  told: Readonly<Record<Channel, Told>>;
  /** The last day on which somebody was told something, and its e-mails, the longest first. */
  lastDay?: {
    day: Day;
    told: Readonly<Record<Channel, Told>>;
    emails: readonly { to: string; subject: string }[];
  };
}

/** Reads what became of a run: through the API, as a coordinator would, and from the mailbox. */
export async function readOutcome(cloud: Cloud, catalogue: Catalogue, asOf: Instant): Promise<Outcome> {
  const coordinator = apiAs(cloud, 'coordinator');
  const submissions = [];
  // One after the other: each further request at a time would start a further worker for two seconds of work.
  for (const { id: unit } of catalogue.units) {
    const { body } = await callRoute(coordinator, 'GET /submissions', { query: { unit } });
    submissions.push(...body.submissions);
  }
  const accepted = submissions.filter(({ state }) => state === 'accepted');
  const rejected: RejectedFile[] = [];
  for (const { id, unit, fileName, state, receivedAt, requestedAt } of submissions) {
    if (state !== 'rejected') continue;
    const issues = await readErrors(coordinator, unit, id);
    rejected.push({ unit, fileName, receivedOn: dayOf(receivedAt ?? requestedAt), issues });
  }
  const scoreboard = await callRoute(coordinator, 'GET /scoreboard', { query: { asOf } });
  const messages = cloud.mailbox.messages();
  const lastDay = lastDayOf(messages);
  return {
    asOf,
    accepted: accepted.length,
    rejected: rejected.sort((a, b) => (a.receivedOn < b.receivedOn ? -1 : 1)),
    reporting: new Set(accepted.map(({ unit }) => unit)),
    states: scoreboard.body.nation,
    told: countTold(messages),
    ...(lastDay && { lastDay }),
  };
}

async function readErrors(api: Api, unit: string, id: string): Promise<Issue[]> {
  const { body } = await callRoute(api, 'GET /submissions/{id}/issues', { params: { id }, query: { unit } });
  return body.issues.filter(({ severity }) => severity === 'error');
}

function countTold(messages: readonly MailboxMessage[]): Record<Channel, Told> {
  const count = (channel: Channel): Told => {
    const ofChannel = messages.filter((message) => message.channel === channel);
    return { messages: ofChannel.length, people: new Set(ofChannel.map(({ to }) => to)).size };
  };
  return { email: count('email'), sms: count('sms') };
}

function lastDayOf(messages: readonly MailboxMessage[]): Outcome['lastDay'] {
  const last = messages.at(-1);
  if (!last) return undefined;
  const day = dayOf(last.at);
  const ofDay = messages.filter(({ at }) => dayOf(at) === day);
  return {
    day,
    told: countTold(ofDay),
    emails: ofDay
      .filter(({ channel }) => channel === 'email')
      .sort((a, b) => b.body.length - a.body.length)
      .map(({ to, subject = '' }) => ({ to, subject })),
  };
}
