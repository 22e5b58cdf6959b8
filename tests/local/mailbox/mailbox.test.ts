import { createServer, type Server } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMailbox, type Delivery, type Mailbox, mailboxPages } from '../../../local/mailbox/mailbox.ts';

const email: Delivery = {
  channel: 'email',
  to: 'tran.van.a@binhduong.example',
  subject: 'Tien do: con 7 ngay',
  body: 'Chỉ tiêu II.9.1 còn 7 ngày.\nXem https://tiendo.example/units/74?a=1&b=2',
  at: '2022-06-22T17:30:00.000Z',
  messageId: '00000000-0000-0000-0000-000000000001',
};
const sms: Delivery = {
  channel: 'sms',
  to: '+84912345678',
  body: 'tiendo: 2 chi tieu qua han',
  at: '2022-06-30T17:00:00.000Z',
  messageId: 'm2',
};

let database: DatabaseSync;
let mailbox: Mailbox;
let server: Server;
let origin: string;
const confirmed: string[] = [];
const optedOut = new Set<string>();
const subscription = 'arn:aws:sns:ap-southeast-1:000000000000:messages:1';
const unread = { topicArn: '', endpoint: '', filterPolicy: null, isGuarded: 0 };
beforeEach(async () => {
  database = new DatabaseSync(':memory:');
  mailbox = createMailbox(database);
  confirmed.length = 0;
  optedOut.clear();
  const confirm = (token: string) => confirmed.push(token) > 0 && token === 'good';
  const answer = mailboxPages(database, {
    confirm,
    unsubscribe: (arn) => arn === subscription,
    subscriptionsOf: (to) => (to === email.to ? [{ arn: subscription, pendingToken: null, ...unread }] : []),
    optOut: (phone) => void optedOut.add(phone),
    optIn: (phone) => void optedOut.delete(phone),
    isOptedOut: (phone) => optedOut.has(phone),
  });
  server = createServer((request, response) => {
    if (!answer(request, response)) response.writeHead(421).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
});
afterEach(() => {
  server.close();
  server.closeAllConnections();
  database.close();
});

async function get(path: string, method = 'GET') {
  const response = await fetch(`${origin}${path}`, { method });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

describe('the list of recipients', () => {
  it('says so when nothing was sent', async () => {
    expect((await get('/mailbox')).text).toContain('Chưa có thông báo nào.');
  });

  it('counts messages per recipient, the newest recipient first', async () => {
    mailbox.deliver(email);
    mailbox.deliver(email);
    mailbox.deliver(sms);
    expect(mailbox.recipients()).toEqual([
      { to: sms.to, channel: 'sms', messages: 1, newestAt: sms.at },
      {
        to: email.to,
        channel: 'email',
        messages: 2,
        newestAt: email.at,
      },
    ]);
    const { text } = await get('/mailbox');
    expect(text.indexOf('+84912345678')).toBeLessThan(text.indexOf('binhduong'));
    expect(text).toContain('<a href="/mailbox/%2B84912345678">+84912345678</a>');
    // 17:30 UTC is half past midnight of the next day in Hà Nội.
    expect(text).toContain('00:30 23/06/2022');
  });
});

describe('the list of people', () => {
  const hà = { address: 'ha@hanoi.example', coordinator: 'ha-noi-1', name: 'Đỗ Thị Hà', unit: 'Hà Nội' };
  beforeEach(() => {
    const văn = { coordinator: 'binh-duong-1', name: 'Trần Văn A', unit: 'Bình Dương' };
    mailbox.know([email.to, sms.to].map((address) => ({ address, ...văn })));
    mailbox.deliver(email);
    mailbox.deliver(sms);
    mailbox.deliver({ ...email, to: hà.address });
  });
  const rowsOf = (text: string) => text.match(/<tr><td>.*?<\/tr>/g) ?? [];

  it('has one row a person, with name, unit and every address', async () => {
    const rows = rowsOf((await get('/mailbox')).text);
    expect(rows).toHaveLength(2);
    expect(rows[1]).toMatch(
      /^<tr><td>Trần Văn A \(Bình Dương\)<\/td>.*\+84912345678.*tran\.van\.a@.*>2<\/td>/,
    );
  });

  it('shows no name of somebody who is not known, and the name from when they are', async () => {
    expect(rowsOf((await get('/mailbox')).text)[0]).toContain('<tr><td></td>');
    mailbox.know([hà]);
    expect(rowsOf((await get('/mailbox')).text)[0]).toContain('<td>Đỗ Thị Hà (Hà Nội)</td>');
  });

  it.each([
    ['tran van', 1],
    ['BÌNH DƯƠNG', 1],
    ['84912', 1],
    ['hanoi', 1],
    ['example', 2],
    ['', 2],
    ['nobody', 0],
  ])('filtered by %j has %i', async (filter, count) => {
    const { text } = await get(`/mailbox?q=${encodeURIComponent(filter)}`);
    expect(rowsOf(text)).toHaveLength(count);
    expect(text).toContain(`name="q" value="${filter}"`);
  });

  it('shows a hostile filter as text, and lets the form lead nowhere else', async () => {
    const { headers, text } = await get(`/mailbox?q=${encodeURIComponent('"><script>x')}`);
    expect(text).not.toContain('<script');
    expect(headers.get('content-security-policy')).toContain("form-action 'self'");
  });
});

describe('the page of a recipient', () => {
  it('shows e-mails with subject, text and links, newest first', async () => {
    mailbox.deliver(email);
    mailbox.deliver({ ...email, subject: 'Later' });
    const { status, text } = await get(`/mailbox/${encodeURIComponent(email.to)}`);
    expect(status).toBe(200);
    expect(text).toContain('<h2>Tien do: con 7 ngay</h2>');
    expect(text).toContain('Chỉ tiêu II.9.1 còn 7 ngày.');
    expect(text).toContain('<a href="https://tiendo.example/units/74?a=1&#38;b=2"');
    expect(text.indexOf('Later')).toBeLessThan(text.indexOf('con 7 ngay'));
  });

  it.each([
    ['x'.repeat(160), '160 ký tự, tính 1 tin'],
    ['x'.repeat(161), '161 ký tự, tính 2 tin'],
    ['đ'.repeat(70), '70 ký tự, tính 1 tin'],
    ['đ'.repeat(71), '71 ký tự, tính 2 tin'],
  ])('shows how long an SMS is and how many parts it costs', async (body, parts) => {
    mailbox.deliver({ ...sms, body });
    expect((await get('/mailbox/%2B84912345678')).text).toContain(`· ${parts}<`);
  });

  it('shows hostile content as text', async () => {
    const hostile =
      '<script>alert(1)</script>"\'&<img src=x onerror=alert(1)> javascript:alert(1) https://a.example/"onmouseover=x';
    mailbox.deliver({ ...email, to: `${hostile}@x`, subject: hostile, body: hostile });
    for (const path of ['/mailbox', `/mailbox/${encodeURIComponent(`${hostile}@x`)}`]) {
      const { status, text } = await get(path);
      expect(status).toBe(200);
      expect(text).not.toMatch(/<script|<img|href="javascript|<[^>]* on\w+=/);
      expect(text).toContain('&#60;script&#62;');
    }
  });

  it.each([['/mailbox/nobody@example.vn'], ['/mailbox/%E0%A4%A']])('%s is not found', async (path) => {
    mailbox.deliver(email);
    expect((await get(path)).status).toBe(404);
  });
});

it('everything is available as JSON, in the order of delivery', async () => {
  mailbox.deliver(email);
  mailbox.deliver(sms);
  const { headers, text } = await get('/mailbox.json');
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(JSON.parse(text)).toEqual({
    recipients: mailbox.recipients(),
    messages: [email, { ...sms, smsParts: 1 }],
  });
});

it.each([
  ['good', 200, 'Đã xác nhận'],
  ['bad', 404, 'Liên kết không đúng'],
])('the link with the %s token is answered %i', async (token, status, text) => {
  const answer = await get(`/mailbox/confirm?token=${token}`);
  expect(confirmed).toEqual([token]);
  expect(answer.status).toBe(status);
  expect(answer.text).toContain(text);
});

it('a confirmation link in a message leads to the mailbox itself', async () => {
  mailbox.deliver({ ...email, body: 'mở /mailbox/confirm?token=0a-1b nhé' });
  const { text } = await get(`/mailbox/${encodeURIComponent(email.to)}`);
  expect(text).toContain('<a href="/mailbox/confirm?token=0a-1b"');
});

describe('what a recipient can do', () => {
  it.each([
    [subscription, 200, 'Đã hủy đăng ký'],
    ['arn:aws:sns:ap-southeast-1:000000000000:messages:2', 404, 'Không có đăng ký này'],
  ])('is to unsubscribe by the link of their e-mails (%s: %i)', async (arn, status, text) => {
    mailbox.deliver(email);
    const page = await get(`/mailbox/${encodeURIComponent(email.to)}`);
    expect(page.text).toContain(
      `href="/mailbox/unsubscribe?subscription=${encodeURIComponent(subscription)}"`,
    );
    const answer = await get(`/mailbox/unsubscribe?subscription=${encodeURIComponent(arn)}`);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(text);
  });

  it('is to refuse SMS, and to take them again', async () => {
    mailbox.deliver(sms);
    const page = async () => (await get('/mailbox/%2B84912345678')).text;
    expect(await page()).toContain('href="/mailbox/opt-out?phone=%2B84912345678"');
    await get('/mailbox/opt-out?phone=%2B84912345678');
    expect([...optedOut]).toEqual([sms.to]);
    expect(await page()).toContain('href="/mailbox/opt-in?phone=%2B84912345678"');
    await get('/mailbox/opt-in?phone=%2B84912345678');
    expect([...optedOut]).toEqual([]);
  });
});

it('pages run no script and load nothing from elsewhere', async () => {
  const { headers, text } = await get('/mailbox');
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[^']+';/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(text).toContain('<html lang="vi">');
});

it.each([
  ['POST', '/mailbox', 405],
  ['HEAD', '/mailbox', 200],
  ['GET', '/mailboxes', 421],
  ['GET', '/', 421],
])('%s %s is answered %i', async (method, path, status) => {
  expect((await get(path, method)).status).toBe(status);
});
