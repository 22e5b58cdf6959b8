import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Instant } from '../../shared/domain/calendar.ts';
import { type Channel, channels } from '../../shared/domain/coordinator.ts';
import { smsParts } from '../../shared/domain/gsm7.ts';
import type { Sns } from '../sns/sns.ts';
import {
  confirmationPage,
  mailboxHeaders,
  notFoundPage,
  optedOutPage,
  type RecipientLink,
  recipientPage,
  recipientsPage,
  unsubscribedPage,
} from './pages.ts';

/** A message that would leave the cloud: one e-mail or one SMS to one recipient. */
export interface Delivery {
  channel: Channel;
  /** E-mail address or E.164 number. */
  to: string;
  subject?: string;
  body: string;
  at: Instant;
  messageId: string;
}

/** A delivered message. `smsParts` is how many SMS it costs. */
export type MailboxMessage = Delivery & { smsParts?: number };

/** How many messages of one channel a recipient has, and when the newest came. */
export interface MailboxRecipient {
  to: string;
  channel: Channel;
  /** Whose address it is, where that is known. */
  coordinator?: string;
  name?: string;
  unit?: string;
  messages: number;
  newestAt: Instant;
}

/** Whose an address is: the coordinator's id, the person's name and the name of the unit. */
export interface AddressOwner {
  address: string;
  coordinator: string;
  name: string;
  unit: string;
}

export interface Mailbox {
  deliver(delivery: Delivery): void;
  /** Remembers whose addresses are, as they are registered now, for the list of recipients. */
  know(owners: readonly AddressOwner[]): void;
  /** Messages in the order they were delivered, of one recipient or of all. */
  messages(to?: string): MailboxMessage[];
  /** Recipients, the one with the newest message first. */
  recipients(): MailboxRecipient[];
}

const rowSchema = z.object({
  channel: z.enum(channels),
  recipient: z.string(),
  subject: z.string().nullable(),
  body: z.string(),
  at: z.string(),
  messageId: z.string(),
});
const recipientSchema = z.object({
  to: z.string(),
  channel: z.enum(channels),
  coordinator: z.string().nullable(),
  name: z.string().nullable(),
  unit: z.string().nullable(),
  messages: z.number(),
  newestAt: z.string(),
});

/** The mailbox: every e-mail and SMS the embedded cloud would have sent, on disk. Nothing leaves the machine. */
export function createMailbox(database: DatabaseSync): Mailbox {
  database.exec(`
    CREATE TABLE IF NOT EXISTS mailbox_message (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT, channel TEXT NOT NULL, recipient TEXT NOT NULL,
      subject TEXT, body TEXT NOT NULL, at TEXT NOT NULL, messageId TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS mailbox_message_by_recipient ON mailbox_message (recipient, sequence);
    CREATE TABLE IF NOT EXISTS mailbox_owner (
      recipient TEXT PRIMARY KEY, coordinator TEXT NOT NULL, name TEXT NOT NULL, unit TEXT NOT NULL)`);
  const insert = database.prepare(`
    INSERT INTO mailbox_message (channel, recipient, subject, body, at, messageId)
    VALUES (?, ?, ?, ?, ?, ?)`);
  const all = database.prepare('SELECT * FROM mailbox_message ORDER BY sequence');
  const ofRecipient = database.prepare('SELECT * FROM mailbox_message WHERE recipient = ? ORDER BY sequence');
  const know = database.prepare(
    'INSERT OR REPLACE INTO mailbox_owner (recipient, coordinator, name, unit) VALUES (?, ?, ?, ?)',
  );
  const counts = database.prepare(`
    SELECT recipient AS "to", channel, max(coordinator) AS coordinator, max(name) AS name, max(unit) AS unit,
      count(*) AS messages, max(at) AS newestAt
    FROM mailbox_message LEFT JOIN mailbox_owner USING (recipient)
    GROUP BY recipient, channel ORDER BY max(sequence) DESC`);

  return {
    deliver({ channel, to, subject = null, body, at, messageId }) {
      insert.run(channel, to, subject, body, at, messageId);
    },
    messages(to) {
      const rows = to === undefined ? all.all() : ofRecipient.all(to);
      return z.array(rowSchema).parse(rows).map(asMessage);
    },
    know(owners) {
      for (const { address, coordinator, name, unit } of owners) know.run(address, coordinator, name, unit);
    },
    recipients: () => z.array(recipientSchema).parse(counts.all()).map(asRecipient),
  };
}

/** What recipients can do about their messages by themselves, as the embedded SNS offers it. */
export type RecipientChoices = Pick<
  Sns,
  'confirm' | 'unsubscribe' | 'subscriptionsOf' | 'optOut' | 'optIn' | 'isOptedOut'
>;

/**
 * Answers requests for the mailbox: `/mailbox` (who has messages; `?q=` those whose
 * name, unit or address has this), `/mailbox/<recipient>` (the messages as the
 * recipient sees them, with the links SNS ends each e-mail with), `/mailbox.json` (`{recipients, messages}`), and
 * what those links do: `/mailbox/confirm?token=…`, `/mailbox/unsubscribe?subscription=<arn>`, and for an answer
 * STOP or START to an SMS `/mailbox/opt-out?phone=…` and `/mailbox/opt-in?phone=…`. Returns `false` for other
 * paths, which are not answered.
 */
export function mailboxPages(
  database: DatabaseSync,
  choices: RecipientChoices,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const mailbox = createMailbox(database);

  function answer(path: string, query: URLSearchParams): { status: number; type: string; body: string } {
    if (path === '/mailbox.json') {
      const content = { recipients: mailbox.recipients(), messages: mailbox.messages() };
      return { status: 200, type: 'application/json', body: JSON.stringify(content) };
    }
    const page = (status: number, body: string) => ({ status, type: 'text/html', body });
    if (path === '/mailbox' || path === '/mailbox/') {
      return page(200, recipientsPage(mailbox.recipients(), query.get('q') ?? ''));
    }
    const phone = query.get('phone') ?? '';
    switch (path) {
      case '/mailbox/confirm': {
        const isConfirmed = choices.confirm(query.get('token') ?? '');
        return page(isConfirmed ? 200 : 404, confirmationPage(isConfirmed));
      }
      case '/mailbox/unsubscribe': {
        const isEnded = choices.unsubscribe(query.get('subscription') ?? '');
        return page(isEnded ? 200 : 404, unsubscribedPage(isEnded));
      }
      case '/mailbox/opt-out':
        choices.optOut(phone);
        return page(200, optedOutPage(true));
      case '/mailbox/opt-in':
        choices.optIn(phone);
        return page(200, optedOutPage(false));
    }
    const to = decodeSegment(path.slice('/mailbox/'.length));
    const messages = to === undefined ? [] : mailbox.messages(to);
    if (to === undefined || messages.length === 0) return page(404, notFoundPage());
    return page(200, recipientPage(to, messages, linksOf(to)));
  }

  function linksOf(to: string): RecipientLink[] {
    if (to.startsWith('+')) {
      const phone = encodeURIComponent(to);
      return choices.isOptedOut(to)
        ? [{ href: `/mailbox/opt-in?phone=${phone}`, text: 'Nhận lại tin nhắn (START)' }]
        : [{ href: `/mailbox/opt-out?phone=${phone}`, text: 'Từ chối tin nhắn (STOP)' }];
    }
    return choices
      .subscriptionsOf(to)
      .filter(({ pendingToken }) => pendingToken === null)
      .map(({ arn }) => ({
        href: `/mailbox/unsubscribe?subscription=${encodeURIComponent(arn)}`,
        text: 'Hủy đăng ký nhận thư',
      }));
  }

  return (request, response) => {
    const [path = '', query = ''] = (request.url ?? '').split('?', 2);
    if (path !== '/mailbox' && path !== '/mailbox.json' && !path.startsWith('/mailbox/')) return false;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { ...mailboxHeaders, allow: 'GET, HEAD' }).end();
      return true;
    }
    const { status, type, body } = answer(path, new URLSearchParams(query));
    response.writeHead(status, { ...mailboxHeaders, 'content-type': `${type}; charset=utf-8` });
    response.end(request.method === 'HEAD' ? undefined : body);
    return true;
  };
}

function asMessage(row: z.infer<typeof rowSchema>): MailboxMessage {
  return {
    channel: row.channel,
    to: row.recipient,
    ...(row.subject === null ? {} : { subject: row.subject }),
    body: row.body,
    at: row.at,
    messageId: row.messageId,
    ...(row.channel === 'sms' ? { smsParts: smsParts(row.body) } : {}),
  };
}

function asRecipient({
  coordinator,
  name,
  unit,
  ...known
}: z.infer<typeof recipientSchema>): MailboxRecipient {
  return {
    ...known,
    ...(coordinator === null ? {} : { coordinator }),
    ...(name === null ? {} : { name }),
    ...(unit === null ? {} : { unit }),
  };
}

function decodeSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    if (cause instanceof URIError) return undefined;
    throw cause;
  }
}
