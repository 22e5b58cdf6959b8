import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loginCommand } from '../../cli/commands/login.ts';
import { type Machine, normalizeUrl, resolveSession } from '../../cli/session.ts';
import { loadStoredSession, storeSession } from '../../cli/session-store.ts';
import { loopbackCallbackUrl } from '../../cli/sign-in.ts';
import * as accountsOfTheStack from '../../infra/accounts.ts';
import { openAccountStore, sampleAccounts } from '../../local/openid/accounts.ts';
import { type Openid, startOpenid } from '../../local/openid/openid.ts';
import { signInAs } from '../local/openid/browser.ts';
import { runCommand } from './run-command.ts';

const apiUrl = 'http://127.0.0.1:8930';

let directory: string;
let openid: Openid;
let callbackUrl: string;
let machine: Machine;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tiendo-login-'));
  callbackUrl = `http://127.0.0.1:${await freePort()}/callback`;
  const database = new DatabaseSync(':memory:');
  const accounts = openAccountStore(database, sampleAccounts(['74']), '2022-04-01T00:00:00.000Z');
  openid = await startOpenid({
    database,
    accounts: accounts.all,
    clients: [{ clientId: 'tiendo', redirectUris: [callbackUrl] }],
  });
  machine = {
    environment: { XDG_CONFIG_HOME: join(directory, 'config') },
    workingDirectory: directory,
    nowMs: () => Date.now(),
  };
});
afterEach(async () => {
  await openid.close();
  await rm(directory, { recursive: true });
});

/**
 * A port that is free and stays so until it is used: below those that systems hand out by themselves, which
 * tests beside this one may be given at any moment, and counted from the number of this process, so that the
 * same tests run twice at once do not try the same ones.
 */
async function freePort(port = 20_000 + (process.pid % 10_000)): Promise<number> {
  const server = createServer().listen(port, '127.0.0.1');
  const isFree = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (!isFree) return await freePort(port + 1);
  server.close();
  await once(server, 'close');
  return port;
}

async function writeLocalRun(): Promise<void> {
  await mkdir(join(directory, '.tiendo'));
  const local = { apiUrl, issuer: openid.issuer, clientId: 'tiendo', mailboxUrl: apiUrl, endpoint: apiUrl };
  await writeFile(join(directory, '.tiendo', 'local.json'), JSON.stringify(local));
}

/** Runs `tiendo login` with somebody at the browser, who gets to see the last page. */
async function login(args: readonly string[], atBrowser: (url: string) => Promise<URL>) {
  let lastPage: Promise<Response> | undefined;
  const command = loginCommand({
    machine,
    callbackUrl,
    openBrowser: (url) => {
      lastPage = atBrowser(url).then((back) => fetch(back));
    },
  });
  const run = await runCommand(command, args);
  return { ...run, page: await lastPage };
}

const asBinhDuong = (url: string) => signInAs('74@tiendo.test', url);

describe('tiendo login', () => {
  it('signs in to the local run and keeps the session for its owner alone', async () => {
    await writeLocalRun();
    const { out, err, exitCode, page } = await login([], asBinhDuong);
    expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
    expect(out).toContain(`${openid.issuer}/oauth2/authorize?`);
    expect(out).toContain('Đã đăng nhập · signed in: 74@tiendo.test (province, unit-74)');
    expect(page?.status).toBe(200);
    expect(await page?.text()).toContain('Có thể đóng trang này');
    const path = join(directory, 'config', 'tiendo', 'sessions.json');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(directory, 'config', 'tiendo'))).mode & 0o777).toBe(0o700);
    expect(out).not.toContain('eyJ');
  });

  it('finds the local run of the project from any folder, but not what lies in folders above', async () => {
    await writeLocalRun();
    const elsewhere = { ...machine, workingDirectory: join(directory, 'báo cáo') };
    await expect(resolveSession({}, elsewhere)).rejects.toThrow('No API is known');
    const session = await resolveSession({}, { ...elsewhere, projectDirectory: directory });
    expect(session.url).toBe(apiUrl);
  });

  it('gives later commands a token that speaks for the account', async () => {
    await writeLocalRun();
    await login([], asBinhDuong);
    const session = await resolveSession({}, machine);
    expect(session.url).toBe(apiUrl);
    expect(decodeJwt(await session.accessToken())).toMatchObject({
      token_use: 'access',
      'cognito:groups': ['province', 'unit-74'],
    });
  });

  it('keeps one session for each API', async () => {
    const service = ['--issuer', openid.issuer, '--client-id', 'tiendo'];
    await login(['--api', 'https://one.example/', ...service], asBinhDuong);
    await login(['--api', 'https://two.example', ...service], (url) => signInAs('admin@tiendo.test', url));
    const groups = async (api: string) => {
      const session = await resolveSession({ api }, machine);
      return decodeJwt(await session.accessToken())['cognito:groups'];
    };
    expect(await groups('https://one.example')).toEqual(['province', 'unit-74']);
    expect(await groups('https://two.example/')).toEqual(['admin']);
  });

  it('needs the sign-in service the first time only', async () => {
    const service = ['--issuer', openid.issuer, '--client-id', 'tiendo'];
    expect((await login(['--api', 'https://one.example', ...service], asBinhDuong)).exitCode).toBe(0);
    expect((await login(['--api', 'https://one.example'], asBinhDuong)).exitCode).toBe(0);
  });

  it('opens no browser when told so: the address printed is enough, from whatever browser', async () => {
    await writeLocalRun();
    let opened = false;
    const openBrowser = () => {
      opened = true;
    };
    let finished: Promise<Response> | undefined;
    const command = loginCommand({ machine, callbackUrl, openBrowser });
    const { exitCode } = await runCommand(command, ['--no-browser'], (text) => {
      const url = /http\S+authorize\S+/.exec(text)?.[0];
      if (url) finished = asBinhDuong(url).then((back) => fetch(back));
    });
    expect({ exitCode, opened, status: (await finished)?.status }).toEqual({
      exitCode: 0,
      opened: false,
      status: 200,
    });
  });

  it('answers nobody on the port who does not know the state, and goes on waiting', async () => {
    await writeLocalRun();
    const statuses: number[] = [];
    const { err, exitCode } = await login([], async (url) => {
      const back = await asBinhDuong(url);
      const forged = new URL(back);
      forged.searchParams.set('state', 'forged');
      for (const stranger of [forged, new URL('/', callbackUrl)]) {
        const response = await fetch(stranger);
        await response.text();
        statuses.push(response.status);
      }
      return back;
    });
    expect({ err, exitCode, statuses }).toEqual({ err: '', exitCode: 0, statuses: [404, 404] });
  });

  it('says so when the service refuses', async () => {
    await writeLocalRun();
    const { err, exitCode } = await login([], async (url) => {
      const state = new URL(url).searchParams.get('state');
      return new URL(`${callbackUrl}?error=access_denied&state=${state}&iss=${openid.issuer}`);
    });
    expect(exitCode).toBe(3);
    expect(err).toMatch(/^Chưa đăng nhập được: .+\nNot signed in: .+\n$/);
    await expect(loadStoredSession(machine.environment, apiUrl)).resolves.toBeUndefined();
  });

  it.each<[string, string[], RegExp]>([
    ['no API is known', [], /npm start/],
    ['the service is not known', ['--api', 'https://one.example'], /--issuer/],
    ['the API is plain HTTP elsewhere', ['--api', 'http://one.example'], /https:\/\//],
    ['an option is unknown', ['--nonsense'], /nonsense/],
  ])('ends with 2 when %s', async (_, args, message) => {
    const { err, exitCode } = await login(args, asBinhDuong);
    expect(exitCode).toBe(2);
    expect(err).toMatch(message);
  });

  it('says so when the port is taken or the service is away', async () => {
    await writeLocalRun();
    const taken = createServer();
    await new Promise<void>((resolve) =>
      taken.listen(Number(new URL(callbackUrl).port), '127.0.0.1', resolve),
    );
    expect(await login([], asBinhDuong)).toMatchObject({
      exitCode: 3,
      err: expect.stringContaining('Không mở được cổng'),
    });
    taken.close();
    const service = ['--issuer', 'http://127.0.0.1:1', '--client-id', 'tiendo'];
    expect(await login(['--api', 'https://one.example', ...service], asBinhDuong)).toMatchObject({
      exitCode: 3,
      err: expect.stringContaining('Không kết nối được tới dịch vụ đăng nhập http://127.0.0.1:1'),
    });
  });

  it('waits where the user pool’s client sends the browser', () => {
    expect(loopbackCallbackUrl).toBe(accountsOfTheStack.loopbackCallbackUrl);
  });
});

describe('a session', () => {
  const minute = 60_000;
  async function store(leftMs: number, refreshToken?: string) {
    await storeSession(machine.environment, apiUrl, {
      issuer: openid.issuer,
      clientId: 'tiendo',
      accessToken: 'kept',
      expiresAtMs: 1_000_000 + leftMs,
      ...(refreshToken === undefined ? {} : { refreshToken }),
    });
    return await resolveSession({ api: apiUrl }, { ...machine, nowMs: () => 1_000_000 });
  }

  it('uses the kept token while more than a minute is left of it', async () => {
    expect(await (await store(minute + 1)).accessToken()).toBe('kept');
  });

  it.each([minute, 0, -minute])('renews it with %d ms left, and keeps what it got', async (leftMs) => {
    await writeLocalRun();
    await login([], asBinhDuong);
    const { refreshToken } = (await loadStoredSession(machine.environment, apiUrl)) ?? {};
    const token = await (await store(leftMs, refreshToken)).accessToken();
    expect(decodeJwt(token)).toMatchObject({ 'cognito:groups': ['province', 'unit-74'] });
    expect(await loadStoredSession(machine.environment, apiUrl)).toMatchObject({
      accessToken: token,
      refreshToken,
    });
  });

  it.each<[string, string | undefined]>([
    ['no refresh token', undefined],
    ['a refresh token that is not taken', 'gone'],
  ])('asks for a sign-in when the token has run out and there is %s', async (_, refreshToken) => {
    const session = await store(minute, refreshToken);
    await expect(session.accessToken()).rejects.toThrow(/hãy chạy "tiendo login"/);
  });

  it('asks for a sign-in when there never was one', async () => {
    const session = await resolveSession({ api: apiUrl }, machine);
    await expect(session.accessToken()).rejects.toThrow(/hãy chạy "tiendo login"/);
  });

  it('is TIENDO_TOKEN for unattended senders, whatever is kept', async () => {
    await store(10 * minute);
    const environment = { ...machine.environment, TIENDO_TOKEN: 'given' };
    const session = await resolveSession({ api: apiUrl }, { ...machine, environment });
    expect(await session.accessToken()).toBe('given');
  });

  it.each([
    ['https://api.example/', 'https://api.example'],
    ['https://api.example/v1/', 'https://api.example/v1'],
    ['http://localhost:8930', 'http://localhost:8930'],
    ['http://[::1]:8930/', 'http://[::1]:8930'],
  ])('takes the address %s as %s', (given, normal) => {
    expect(normalizeUrl(given)).toBe(normal);
  });

  it.each(['http://api.example', 'http://127.0.0.1.example', 'ftp://127.0.0.1', 'api.example', ''])(
    'does not send a token to "%s"',
    (given) => {
      expect(() => normalizeUrl(given)).toThrow(/https:\/\//);
    },
  );

  it('does not lose one kept session when another is written', async () => {
    await store(minute);
    await storeSession(machine.environment, 'https://other.example', {
      issuer: openid.issuer,
      clientId: 'tiendo',
      accessToken: 'other',
      expiresAtMs: 0,
    });
    expect(await loadStoredSession(machine.environment, apiUrl)).toMatchObject({ accessToken: 'kept' });
    const text = await readFile(join(directory, 'config', 'tiendo', 'sessions.json'), 'utf8');
    expect(Object.keys(JSON.parse(text))).toEqual([apiUrl, 'https://other.example']);
  });
});
