import { createHash } from 'node:crypto';
import { dayOf, formatDay, type Instant } from '../../shared/domain/calendar.ts';
import { foldName } from '../../shared/domain/unit-names.ts';
import type { MailboxMessage, MailboxRecipient } from './mailbox.ts';

const style = `
:root{color-scheme:light dark;--line:#8886;--soft:#8881}
body{font:1rem/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.4rem}a{color:inherit}.soft{opacity:.7;font-size:.9rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid var(--line)}
td.count,th.count{text-align:right}article{border:1px solid var(--line);border-radius:.5rem;margin:1rem 0;overflow:hidden}
header{background:var(--soft);padding:.6rem 1rem}h2{font-size:1rem;margin:0}
pre{font:inherit;white-space:pre-wrap;overflow-wrap:anywhere;margin:0;padding:.8rem 1rem}
article.sms{max-width:24rem;border-radius:1rem}`;

const clockTime = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Asia/Ho_Chi_Minh' });

/** Headers of every answer: nothing is loaded or run but the one style sheet of the page itself. */
export const mailboxHeaders = {
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const;

/**
 * The list of recipients, one row a person with every address, the number of messages and the time of the newest.
 * `filter` leaves those whose name, unit or address has it, whatever the case and diacritics.
 */
export function recipientsPage(recipients: readonly MailboxRecipient[], filter: string): string {
  const people = [...Map.groupBy(recipients, ({ to, coordinator }) => coordinator ?? to).values()];
  const shown = people.filter((person) => person.some((recipient) => hasText(recipient, filter)));
  const table = `<table><thead><tr><th>Người nhận</th><th>Địa chỉ</th><th class="count">Số tin</th><th>Mới nhất</th></tr></thead><tbody>${shown.map(personRow).join('')}</tbody></table>`;
  const form = `<form action="/mailbox"><label>Tìm theo tên, đơn vị, địa chỉ · filter <input type="search" name="q" value="${escapeHtml(filter)}"></label> <button>Lọc</button></form>`;
  const found = shown.length === 0 ? '<p>Không có người nhận nào như vậy.</p>' : table;
  return page(
    'Hộp thư',
    `<p class="soft">Thư điện tử và tin nhắn mà hệ thống đã gửi. Không có gì rời khỏi máy này.<br><span lang="en">E-mails and SMS the system has sent. Nothing leaves this machine.</span></p>${
      people.length === 0 ? '<p>Chưa có thông báo nào.</p>' : form + found
    }`,
  );
}

function hasText({ to, coordinator = '', name = '', unit = '' }: MailboxRecipient, filter: string): boolean {
  const wanted = foldName(filter);
  return [to, coordinator, name, unit].some((text) => foldName(text).includes(wanted));
}

/** A person's addresses, of which one at least has messages. */
function personRow(addresses: readonly MailboxRecipient[]): string {
  const { name, unit } = addresses[0] ?? {};
  const who = name === undefined ? '' : `${name} (${unit})`;
  const links = addresses.map(
    ({ to, channel, messages }) =>
      `<a href="/mailbox/${encodeURIComponent(to)}">${escapeHtml(to)}</a> <span class="soft">${channelName(channel)}, ${messages}</span>`,
  );
  const count = addresses.reduce((sum, { messages }) => sum + messages, 0);
  const newestAt = addresses.map((address) => address.newestAt).reduce((a, b) => (a > b ? a : b));
  return `<tr><td>${escapeHtml(who)}</td><td>${links.join('<br>')}</td><td class="count">${count}</td><td>${time(newestAt)}</td></tr>`;
}

/** What a recipient can do, as a link. */
export interface RecipientLink {
  href: string;
  text: string;
}

/** The messages of one recipient, newest first, under what they can do about them. */
export function recipientPage(
  to: string,
  messages: readonly MailboxMessage[],
  links: readonly RecipientLink[],
): string {
  const choices = links.map(({ href, text }) => `<a href="${escapeHtml(href)}">${escapeHtml(text)}</a>`);
  return page(
    `Hộp thư của ${to}`,
    `<p>${['<a href="/mailbox">← Tất cả người nhận</a>', ...choices].join(' · ')}</p>${messages.toReversed().map(article).join('')}`,
  );
}

/** What somebody sees who has opened the link of a subscription. */
export function confirmationPage(isConfirmed: boolean): string {
  const text = isConfirmed
    ? 'Đã xác nhận. Từ nay địa chỉ này nhận thông báo.'
    : 'Liên kết không đúng hoặc đã được dùng.';
  return page('Xác nhận đăng ký', `<p>${text}</p><p><a href="/mailbox">← Hộp thư</a></p>`);
}

/** What somebody sees who has opened the link at the end of an e-mail. */
export function unsubscribedPage(isEnded: boolean): string {
  const text = isEnded
    ? 'Đã hủy đăng ký. Địa chỉ này không nhận thông báo nữa.'
    : 'Không có đăng ký này, hoặc chỉ quản trị viên mới hủy được.';
  return page('Hủy đăng ký', `<p>${text}</p><p><a href="/mailbox">← Hộp thư</a></p>`);
}

/** What somebody sees who has answered an SMS with STOP, or with START. */
export function optedOutPage(isOptedOut: boolean): string {
  const text = isOptedOut
    ? 'Số điện thoại này không nhận tin nhắn nữa.'
    : 'Từ nay số điện thoại này lại nhận tin nhắn.';
  return page('Tin nhắn SMS', `<p>${text}</p><p><a href="/mailbox">← Hộp thư</a></p>`);
}

/** The answer for a recipient without messages. */
export function notFoundPage(): string {
  return page(
    'Không tìm thấy',
    '<p>Người nhận này chưa có thông báo nào.</p><p><a href="/mailbox">← Hộp thư</a></p>',
  );
}

function article(message: MailboxMessage): string {
  const facts = [
    time(message.at),
    channelName(message.channel),
    ...(message.smsParts === undefined
      ? []
      : [`${[...message.body].length} ký tự, tính ${message.smsParts} tin`]),
  ];
  const subject = message.subject === undefined ? '' : `<h2>${escapeHtml(message.subject)}</h2>`;
  return `<article class="${message.channel}"><header>${subject}<span class="soft">${facts.join(' · ')}</span></header><pre>${withLinks(message.body)}</pre></article>`;
}

/** Text as HTML, with its web addresses and the mailbox's own confirmation links as links. */
function withLinks(text: string): string {
  const link = /(https?:\/\/[^\s<>"']+|\/mailbox\/confirm\?token=[0-9a-f-]+)/;
  return text
    .split(link)
    .map((part, index) => {
      const escaped = escapeHtml(part);
      return index % 2 === 1 ? `<a href="${escaped}" rel="noopener noreferrer">${escaped}</a>` : escaped;
    })
    .join('');
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)} – tiendo</title><style>${style}</style></head>
<body><h1>${escapeHtml(title)}</h1>${content}</body></html>
`;
}

function channelName(channel: MailboxMessage['channel']): string {
  switch (channel) {
    case 'email':
      return 'Thư điện tử';
    case 'sms':
      return 'Tin nhắn SMS';
  }
}

/** `07:30 30/06/2022` in Asia/Ho_Chi_Minh. */
function time(instant: Instant): string {
  return `<time datetime="${escapeHtml(instant)}">${clockTime.format(new Date(instant))} ${formatDay(dayOf(instant))}</time>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
