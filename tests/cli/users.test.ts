import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { usersCommand } from '../../cli/commands/users.ts';
import { operatorArn } from '../../local/aws-service.ts';
import { createClock } from '../../local/clock.ts';
import { startGateway } from '../../local/gateway.ts';
import { openAccountStore } from '../../local/openid/accounts.ts';
import { createCognito } from '../../local/openid/cognito.ts';
import { runCommand } from './run-command.ts';

type Answer = { status: number; body: unknown };

let directory: string;
let server: Server;
let apiUrl: string;
let requests: unknown[];
/** How the API answers an account; 201 unless a test says otherwise. */
let answer: (account: { email: string }) => Answer;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tiendo-users-'));
  requests = [];
  answer = (body) => ({ status: 201, body });
  server = createServer(async (request, response) => {
    const body = JSON.parse(await text(request));
    const { method, url, headers } = request;
    requests.push({ method, url, authorization: headers.authorization, body });
    const { status, body: answered } = answer(body);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answered));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.close();
  vi.unstubAllEnvs();
  await rm(directory, { recursive: true });
});

async function users(...args: string[]) {
  const environment = { XDG_CONFIG_HOME: directory, TIENDO_TOKEN: 'token' };
  const machine = { environment, workingDirectory: directory, nowMs: () => 0 };
  return await runCommand(usersCommand(machine), args);
}

async function file(content: string | Uint8Array): Promise<string> {
  const path = join(directory, 'users.csv');
  await writeFile(path, content);
  return path;
}

const exists: Answer = {
  status: 409,
  body: {
    type: 'about:blank',
    status: 409,
    code: 'account-exists',
    title: 'Another account exists',
    detail: { vi: 'Đã có tài khoản khác.', en: 'Another account exists.' },
  },
};
const emailsAsked = () => requests.map((request) => Object(request).body.email);

describe('tiendo users add', () => {
  it('asks the API for one account, as the person signed in', async () => {
    const run = await users(
      'add',
      '--email',
      'a@b.vn',
      '--role',
      'province',
      '--unit',
      '74',
      '--api',
      apiUrl,
    );
    expect(run).toEqual({ out: 'Đã tạo · created: a@b.vn, province, 74\n', err: '', exitCode: 0 });
    expect(requests).toEqual([
      {
        method: 'POST',
        url: '/accounts',
        authorization: 'Bearer token',
        body: { email: 'a@b.vn', role: 'province', unit: '74' },
      },
    ]);
  });

  it('says when the account was there already', async () => {
    answer = (account) => ({ status: 200, body: account });
    const run = await users('add', '--email', 'a@b.vn', '--role', 'admin', '--api', apiUrl);
    expect(run).toMatchObject({ out: 'Đã có · exists already: a@b.vn, admin\n', exitCode: 0 });
  });

  it.each<[string, number, Answer, RegExp]>([
    ['the problem, in both languages', 1, exists, /^Đã có tài khoản khác\.\nAnother account exists\.\n$/],
    ['401: to sign in', 3, { status: 401, body: { message: 'Unauthorized' } }, /tiendo login/],
    [
      '503: what came',
      3,
      { status: 503, body: { message: 'Service Unavailable' } },
      /503.*Service Unavailable/,
    ],
    ['an answer of something else', 3, { status: 200, body: 'Welcome' }, /does not answer as tiendo/],
  ])('shows %s, and ends with %i', async (_, exitCode, refusal, message) => {
    answer = () => refusal;
    const run = await users('add', '--email', 'a@b.vn', '--role', 'admin', '--api', apiUrl);
    expect(run.exitCode).toBe(exitCode);
    expect(run.err).toMatch(message);
  });

  it.each<[string, string[], RegExp]>([
    ['no such role', ['--role', 'clerk'], /vai trò "clerk"/],
    ['no unit for a province', ['--role', 'province'], /thiếu đơn vị/],
    ['a unit for an admin', ['--role', 'admin', '--unit', '74'], /không gắn với đơn vị/],
    ['no such unit', ['--role', 'province', '--unit', '7'], /không có mã đơn vị "7"\n/],
    ['a unit by its name', ['--role', 'province', '--unit', 'Bình Dương'], /có phải 74/],
    ['no role', [], /--role/],
  ])('with %s ends with 2 and asks nothing', async (_, args, message) => {
    const run = await users('add', '--email', 'a@b.vn', '--api', apiUrl, ...args);
    expect(run.exitCode).toBe(2);
    expect(run.err).toMatch(message);
    expect(requests).toEqual([]);
  });

  it('with an address that is none ends with 2', async () => {
    const run = await users('add', '--email', 'a', '--role', 'admin', '--api', apiUrl);
    expect(run).toMatchObject({ exitCode: 2, err: expect.stringContaining('không đúng: "a"') });
  });

  it('says so when the API is away', async () => {
    const run = await users('add', '--email', 'a@b.vn', '--role', 'admin', '--api', 'http://127.0.0.1:1');
    expect(run).toMatchObject({ exitCode: 3, err: expect.stringContaining('Không kết nối được') });
  });
});

describe('tiendo users import', () => {
  it('makes what it can and names the rows it cannot, counted as Excel counts them', async () => {
    const path = await file(
      [
        'Email,Role,Unit,Ghi chú',
        'a@b.vn,province,74,"hai',
        'dòng"',
        '',
        'khong-phai-email,admin,,',
        'c@b.vn,province,Bình Dương,',
        'd@b.vn,province,BTTTT,',
        'e@b.vn,analyst,,',
        'f@b.vn,"ana"lyst,,',
        'g@b.vn,analyst',
      ].join('\r\n'),
    );
    answer = (account) => {
      if (account.email === 'e@b.vn') return exists;
      return { status: account.email === 'd@b.vn' ? 200 : 201, body: account };
    };
    const run = await users('import', path, '--api', apiUrl);
    expect(run.exitCode).toBe(1);
    expect(run.out.split('\n')).toEqual([
      'Đã tạo · created: 2',
      'Đã có · exists already: 1',
      'Lỗi · failed: 4',
      expect.stringMatching(/^ {2}dòng · row 4 khong-phai-email: địa chỉ e-mail không đúng/),
      expect.stringMatching(/^ {2}dòng · row 5 c@b\.vn: .*có phải 74 \(Bình Dương\)/),
      '  dòng · row 7 e@b.vn: Đã có tài khoản khác. · Another account exists.',
      expect.stringMatching(/^ {2}dòng · row 8 f@b\.vn: dấu ngoặc kép/),
      '',
    ]);
    expect(emailsAsked()).toEqual(['a@b.vn', 'd@b.vn', 'e@b.vn', 'g@b.vn']);
  });

  it('ends with 0 when every account is there', async () => {
    const run = await users('import', await file('email,role\na@b.vn,admin\n'), '--api', apiUrl);
    expect(run).toMatchObject({ exitCode: 0, err: '', out: expect.stringContaining('created: 1') });
  });

  it.each([
    ['semicolons and a byte order mark', '\uFEFFemail;role;unit\r\na@b.vn;province;74\r\n'],
    ['tabs and columns in another order', 'unit\trole\temail\n74\tprovince\ta@b.vn'],
    ['Vietnamese column names', 'Thư điện tử,Vai trò,Đơn vị\na@b.vn,province,74\n'],
    ['spaces around', 'email , role,unit\n a@b.vn , province , 74 \n'],
  ])('reads %s', async (_, content) => {
    expect((await users('import', await file(content), '--api', apiUrl)).exitCode).toBe(0);
    expect(requests).toMatchObject([{ body: { email: 'a@b.vn', role: 'province', unit: '74' } }]);
  });

  it.each<[string, string | Uint8Array, RegExp]>([
    ['without a header', 'a@b.vn,admin\n', /các cột email, role/],
    ['without roles', 'email,unit\na@b.vn,74\n', /các cột email, role/],
    ['empty', '', /các cột email, role/],
    ['in another encoding', Uint8Array.of(0x65, 0xd0), /UTF-8/],
  ])('a file %s is wrong usage', async (_, content, message) => {
    const run = await users('import', await file(content), '--api', apiUrl);
    expect(run).toMatchObject({ exitCode: 2, err: expect.stringMatching(message) });
    expect(requests).toEqual([]);
  });

  it('a file that is not there is wrong usage', async () => {
    const run = await users('import', join(directory, 'none.csv'), '--api', apiUrl);
    expect(run).toMatchObject({ exitCode: 2, err: expect.stringContaining('Không đọc được tệp') });
  });

  it.each([401, 403])('stops at a %d: nobody gets further, and says what was not tried', async (status) => {
    answer = (account) =>
      account.email === 'a@b.vn' ? { status: 201, body: account } : { status, body: {} };
    const content = 'email,role\na@b.vn,admin\nb@b.vn,admin\nc@b.vn,admin\n';
    const run = await users('import', await file(content), '--api', apiUrl);
    expect(run.exitCode).toBe(3);
    expect(run.out).toContain('created: 1');
    expect(run.out).toContain('not tried: 2');
    expect(emailsAsked()).toEqual(['a@b.vn', 'b@b.vn']);
  });
});

describe('with --user-pool', () => {
  it('makes accounts directly in the pool, the first admin among them', async () => {
    const clock = createClock(new Date().toISOString());
    const accounts = openAccountStore(new DatabaseSync(':memory:'), [], clock.now());
    const userPool = { id: 'pool_1', arn: 'arn:pool', groups: ['admin', 'province', 'unit-74'] };
    const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret' };
    const gateway = await startGateway({
      services: [createCognito({ userPool, accounts, clock })],
      identify: (accessKeyId) => ({
        ...credentials,
        caller: { accessKeyId, roleArn: operatorArn, tags: {} },
      }),
      clock,
    });
    vi.stubEnv('AWS_ENDPOINT_URL', gateway.endpoint);
    vi.stubEnv('AWS_REGION', 'ap-southeast-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', credentials.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey);

    const add = ['add', '--email', 'a@b.vn', '--role', 'admin', '--user-pool'];
    expect(await users(...add, 'pool_1')).toMatchObject({ exitCode: 0, err: '' });
    expect(accounts.find('a@b.vn')?.groups).toEqual(['admin']);
    expect(await users(...add, 'pool_1')).toMatchObject({ out: expect.stringContaining('exists already') });
    expect(await users(...add, 'pool_2')).toMatchObject({
      exitCode: 3,
      err: expect.stringContaining('ResourceNotFoundException'),
    });
    const long = `${'x'.repeat(128)}@b.vn`;
    const path = await file(`email,role,unit\na@b.vn,province,74\n${long},admin\nb@b.vn,province,74\n`);
    const imported = await users('import', path, '--user-pool', 'pool_1');
    expect(imported.exitCode).toBe(1);
    expect(imported.out).toMatch(
      /created: 1\n.*already: 0\n.*failed: 2\n {2}dòng · row 2 a@b\.vn: .*\n.*row 3 x+@b/,
    );
    expect(accounts.find('b@b.vn')?.groups).toEqual(['province', 'unit-74']);
    expect(requests).toEqual([]);
    await gateway.close();
  });

  it('is documented for the first admin', async () => {
    const { out: help } = await users('--help');
    expect(help).toContain('Quản trị viên đầu tiên');
    expect(help).toContain('tiendo users add --email ten@co-quan.gov.vn --role admin --user-pool');
  });
});
