import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertsCommand } from '../../cli/commands/alerts.ts';
import { scoreboardCommand } from '../../cli/commands/scoreboard.ts';
import { statusCommand } from '../../cli/commands/status.ts';
import { submitCommand } from '../../cli/commands/submit.ts';
import type { Cloud } from '../../local/cloud.ts';
import { silenceAnswer } from '../../shared/domain/api-answers.ts';
import { findRoute, type RouteKey } from '../../shared/domain/api-routes.ts';
import { type CommandRun, runCommand } from '../cli/run-command.ts';
import { registerCoordinator } from '../harness/register-coordinator.ts';
import { synthesizeSmall } from '../harness/small-assembly.ts';
import { startCloud } from '../harness/start-cloud.ts';

const header = 'indicator;period;numerator;denominator\r\n';
const good = `${header}II.9.1;T5/2022;987;1000\r\n`;
const unknown = `${header}II.99.1;T5/2022;1;2\r\n`;
const future = `${header}II.9.1;T7/2022;1;2\r\n`;
const milestone = 'indicator;period;completed_on;evidence\r\n1.a.1;T5/2022;20/05/2022;12/QĐ-UBND\r\n';

let cloud: Cloud;
let directory: string;
/** Bình Dương's file, and the same bytes under another name. */
let first: CommandRun;
let again: CommandRun;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tiendo-deployment-'));
  const templateDirectory = await synthesizeSmall({}, ['BCA', 'I.2']);
  const dataDirectory = join(directory, 'data');
  await mkdir(dataDirectory);
  cloud = await startCloud({ templateDirectory, dataDirectory, startAt: '2022-06-28T01:00:00.000Z' });
  await registerCoordinator(cloud, 'VPCP', 'coordinator-vpcp');
  first = await submit('74', await file('tháng 5.csv', good));
  again = await submit('74', '--json', await file('again.csv', good));
}, 60_000);

afterAll(async () => {
  await cloud.close();
  await rm(directory, { recursive: true });
});

/** The machine of somebody signed in by `TIENDO_TOKEN` as a sample account. */
async function machineOf(account: string) {
  const environment = { XDG_CONFIG_HOME: directory, TIENDO_TOKEN: await cloud.issueToken(account) };
  return { environment, workingDirectory: directory, nowMs: Date.now };
}

async function file(name: string, content: string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, content);
  return path;
}

async function submit(account: string, ...args: string[]): Promise<CommandRun> {
  const surroundings = { machine: await machineOf(account), wait: () => cloud.idle() };
  return await runCommand(submitCommand(surroundings), [...args, '--api', cloud.apiUrl]);
}

async function ask(
  command: typeof statusCommand | typeof scoreboardCommand | typeof alertsCommand,
  account: string,
  ...args: string[]
): Promise<CommandRun> {
  return await runCommand(command(await machineOf(account)), [...args, '--api', cloud.apiUrl]);
}

const idIn = (text: string) => /\b[0-9A-HJKMNP-TV-Z]{26}\b/.exec(text)?.[0] ?? '';

describe('tiendo submit', () => {
  it('checks, uploads, waits and prints the receipt', () => {
    expect(first).toMatchObject({ err: '', exitCode: 0 });
    expect(first.out).toMatch(/^tháng 5\.csv: HỢP LỆ · accepted\n/);
    expect(first.out).toContain(createHash('sha256').update(good).digest('hex'));
    expect(first.out).toMatch(/received +08:00:00 28\/06\/2022\n.*published +08:00:00 28\/06\/2022\n/);
    expect(first.out).toMatch(/rows +1\n.*without error +1\n/);
  });

  it('tells programs what came of each file', async () => {
    expect(again.exitCode).toBe(0);
    expect(JSON.parse(again.out)).toMatchObject([
      {
        file: join(directory, 'again.csv'),
        sent: true,
        submission: { id: idIn(again.out), unit: '74', state: 'accepted', bytes: good.length },
        detected: { format: 'csv', encoding: 'utf-8' },
        issues: [{ code: 'submission-identical', severity: 'warning' }],
        issueCounts: { 'submission-identical': 1 },
      },
    ]);
    const rejected = await submit('74', '--json', await file('bad.csv', unknown));
    expect(rejected.exitCode).toBe(1);
    expect(JSON.parse(rejected.out)).toMatchObject([
      { sent: false, issueCounts: { 'indicator-unknown': 1 } },
    ]);
  });

  it('shows an error as the check does, and sends none of the files', async () => {
    const { out, err, exitCode } = await submit(
      'BTTTT',
      await file('good.csv', milestone),
      await file('bad.csv', unknown),
    );
    expect(exitCode).toBe(1);
    expect(out).toMatch(/bad\.csv: BỊ TỪ CHỐI · rejected\n[\s\S]*indicator-unknown: 1\n +ô A2 “indicator”/);
    expect(out).not.toContain('good.csv');
    expect(err).toContain('Nothing was sent.');
    expect((await ask(statusCommand, 'BTTTT')).out).toContain('no submissions yet');
  });

  it('takes the time of the check from the API, not from this machine', async () => {
    const { out, err, exitCode } = await submit('74', await file('next.csv', future));
    expect(exitCode).toBe(1);
    expect(err).toContain('Nothing was sent.');
    expect(out).toContain('period-in-future: 1');
  });

  it('with --no-check sends it all the same, and shows what the pipeline found', async () => {
    const { out, exitCode } = await submit('01', '--no-check', await file('bad.csv', unknown));
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^bad\.csv: BỊ TỪ CHỐI · rejected\n[\s\S]*indicator-unknown: 1\n +ô A2 “indicator”/);
    expect(out).toMatch(/ id +[0-9A-Z]{26}\n/);
  });

  it('with --no-wait is done when the file is there', async () => {
    const { out, exitCode } = await submit('VPCP', '--no-wait', await file('milestone.csv', milestone));
    expect(exitCode).toBe(0);
    expect(out).toContain('đã tải lên · uploaded');
    await cloud.idle();
    expect((await ask(statusCommand, 'VPCP', idIn(out))).out).toMatch(/^milestone\.csv: HỢP LỆ/);
  });

  it('is for units only', async () => {
    const { err, exitCode } = await submit('coordinator', await file('good.csv', good));
    expect(exitCode).toBe(3);
    expect(err).toContain('Only the account of a province or an agency');
  });

  it.each([
    ['no file', []],
    ['a file that is not there', ['none.csv']],
    ['an option it does not have', ['--force', 'none.csv']],
  ])('with %s ends with 2', async (_, args) => {
    const run = await submit('74', ...args);
    expect(run).toMatchObject({ exitCode: 2, out: '', err: expect.stringMatching(/./) });
  });

  it('names everything that cannot be sent before anything is', async () => {
    const { out, err, exitCode } = await submit(
      '74',
      join(directory, 'none.csv'),
      await file('empty.csv', ''),
      await file('bad.csv', unknown),
      await file('good.csv', good),
    );
    expect(exitCode).toBe(2);
    expect(err).toMatch(/none\.csv: không có tệp[\s\S]+empty\.csv has 0 bytes[\s\S]+Nothing was sent\./);
    expect(out).toMatch(/^\S+bad\.csv: BỊ TỪ CHỐI · rejected\n/);
  });

  it('refuses an empty file before anything else', async () => {
    const run = await submit('74', await file('empty.csv', ''));
    expect(run).toMatchObject({ exitCode: 1, err: expect.stringContaining('empty.csv has 0 bytes') });
  });
});

describe('tiendo status', () => {
  it('lists what a unit sent, the newest first', async () => {
    const { out, exitCode } = await ask(statusCommand, 'analyst', '--unit', '74');
    expect(exitCode).toBe(0);
    const [name, , , ...lines] = out.trimEnd().split('\n');
    expect(name).toBe('Bình Dương');
    expect(lines.map((line) => line.replace(/ +/g, ' '))).toEqual([
      `${idIn(again.out)} 08:00:00 28/06/2022 hợp lệ 1 1 again.csv trùng tệp đã nộp, không công bố lại`,
      `${idIn(first.out)} 08:00:00 28/06/2022 hợp lệ 1 tháng 5.csv`,
    ]);
  });

  it('shows one as its receipt did', async () => {
    expect((await ask(statusCommand, '74', idIn(first.out))).out).toBe(first.out);
  });

  it('prints JSON', async () => {
    const list = JSON.parse((await ask(statusCommand, '74', '--json')).out);
    expect(list).toMatchObject({ unit: '74', submissions: [{ id: idIn(again.out) }, {}] });
    const one = JSON.parse((await ask(statusCommand, '74', idIn(again.out), '--json')).out);
    expect(one).toMatchObject({ state: 'accepted', issues: [{ code: 'submission-identical' }] });
  });

  it('downloads the list of issues and the annotated copy', async () => {
    const [list, copy] = [join(directory, 'lỗi.csv'), join(directory, 'bản sao.csv')];
    const id = idIn(again.out);
    const { err, exitCode } = await ask(statusCommand, '74', id, '--issues', list, '--annotated', copy);
    expect(exitCode).toBe(0);
    expect(err).toBe(`Đã ghi · wrote ${list}\nĐã ghi · wrote ${copy}\n`);
    expect(await readFile(list, 'utf8')).toMatch(/^\uFEFFDòng;.*\r\n.*submission-identical;Cảnh báo;/);
    expect(await readFile(copy, 'utf8')).toMatch(
      /^\uFEFFindicator;period;numerator;denominator;"tiendo: lỗi.*submission-identical/,
    );
  });

  it.each(['--issues', '--annotated'])(
    '%s writes nothing for a file in which nothing was found',
    async (option) => {
      const path = join(directory, `none${option}.csv`);
      const { out, err, exitCode } = await ask(statusCommand, '74', idIn(first.out), option, path);
      expect(exitCode).toBe(3);
      expect(out).toBe(first.out);
      expect(err).toContain('has no such file');
      await expect(access(path)).rejects.toThrow('ENOENT');
    },
  );

  it.each<[string, string, string[], number, RegExp]>([
    ['a file of all of them', '74', ['--issues', 'a.csv'], 2, /Name the submission/],
    ["another unit's submissions", '01', ['--unit', '74'], 3, /may see its own unit only/],
    ['no such submission', '74', ['01ARZ3NDEKTSV4RRFFQ69G5FAV'], 2, /no submission .+"?tiendo status/],
    ['no such unit', 'analyst', ['--unit', '99'], 2, /No unit id "99"/],
    ['no unit, for one who reads them all', 'analyst', [], 2, /add --unit/],
  ])('of %s is refused', async (_, account, args, exitCode, message) => {
    const run = await ask(statusCommand, account, ...args);
    expect(run).toMatchObject({ exitCode, out: '', err: expect.stringMatching(message) });
  });
});

describe('tiendo scoreboard', () => {
  it('counts the states of every unit for those who see them all', async () => {
    const { out } = await ask(scoreboardCommand, 'coordinator');
    const ofBinhDuong = out.split('\n').find((line) => line.startsWith('74 '));
    expect(out).toContain('Cả nước');
    expect(ofBinhDuong?.match(/\d+/g)).toEqual(['74', '0', '0', '0', '1', '2', '0', '0']);
  });

  it('shows how everybody reported, by body and by unit', async () => {
    const { out } = await ask(scoreboardCommand, 'coordinator');
    const reporting = out.slice(out.indexOf('Báo cáo hằng tháng'));
    const lines = reporting.split('\n').map((line) => line.trim().split(/ {2,}/));
    expect(lines).toContainEqual(['Mã', 'Đơn vị', 'cần nộp', 'đã nhận', 'đúng hạn', 'đầy đủ']);
    expect(lines).toContainEqual(['74', 'Bình Dương', '3', '1', '0', '33,33 %']);
    expect(lines).toContainEqual(['01', 'Hà Nội', '3', '0', '0', '0,00 %']);
    expect(lines.findIndex(([cell]) => cell === 'Theo cơ quan phối hợp')).toBeGreaterThan(0);
  });

  it.each([
    ['74', []],
    ['analyst', ['--unit', '74']],
  ])('shows %s one unit with reasons', async (account, args) => {
    const { out } = await ask(scoreboardCommand, account, ...args);
    expect(out).toMatch(/^Bình Dương, tính đến 08:00:00 28\/06\/2022\n/);
    expect(out).toMatch(/II\.9\.1 +30\/06\/2022 +có nguy cơ trễ hạn +98,70 % < 100 %/);
  });

  it('answers for the end of another day', async () => {
    const { out } = await ask(scoreboardCommand, '74', '--as-of', '2022-05-31', '--json');
    expect(JSON.parse(out)).toMatchObject({ unit: '74', asOf: '2022-05-31T16:59:59.999Z' });
  });

  it.each([[['--as-of', '2022-02-30']], [['--unit', '99']], [['today']]])(
    'with %j ends with 2',
    async (args) => {
      expect(await ask(scoreboardCommand, 'analyst', ...args)).toMatchObject({ exitCode: 2, out: '' });
    },
  );
});

describe('tiendo alerts', () => {
  it('shows what is open about a unit, and why', async () => {
    await cloud.moveTo('2022-07-01T02:00:00.000Z');
    const { out, exitCode } = await ask(alertsCommand, '74');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^Bình Dương: 5 đang mở · open, 0 đã ghi nhận · acknowledged, 3 đã khép · closed\n/);
    expect(out).toMatch(/quá hạn +II\.9\.1 +30\/06\/2022 +01\/07\/2022 +đang mở +98,70 % < 100 %/);
    const { alerts } = JSON.parse((await ask(alertsCommand, 'analyst', '--unit', '74', '--json')).out);
    expect(alerts).toHaveLength(8);
  });

  it('shows what has been closed after what is open', async () => {
    const { out } = await ask(alertsCommand, 'analyst', '--unit', 'VPCP');
    expect(out).toMatch(
      /acknowledged, \d đã khép[\s\S]*quá hạn +1\.b\.1[\s\S]*sắp đến hạn +1\.a\.1 .*28\/06\/2022/,
    );
  });
});

describe('the API', () => {
  const missed = encodeURIComponent('deadline-missed|74:II.9.1|2022-06-30T17:00:00.000Z');
  let silence = '';
  const coordinator = { id: 'a-1', name: 'Đầu mối', language: 'vi', email: 'a@74.example' };
  const upload = { fileName: 'a.csv', contentType: 'text/csv', bytes: 1, sha256: '0'.repeat(64) };
  const requests: Record<RouteKey, { as: string; path: string; body?: object }> = {
    'POST /submissions': { as: '01', path: '/submissions', body: upload },
    'GET /submissions': { as: '74', path: '/submissions' },
    'GET /submissions/{id}': { as: '74', path: '/submissions/{id}' },
    'GET /submissions/{id}/issues': { as: '74', path: '/submissions/{id}/issues' },
    'GET /submissions/{id}/issues.csv': { as: '74', path: '/submissions/{id}/issues.csv' },
    'GET /submissions/{id}/annotated': { as: '74', path: '/submissions/{id}/annotated' },
    'GET /submissions/{id}/file': { as: '74', path: '/submissions/{id}/file' },
    'GET /units/{unit}/template.csv': { as: '74', path: '/units/74/template.csv' },
    'GET /units/{unit}/points/{indicator}/{period}/rows': {
      as: '74',
      path: '/units/74/points/II.9.1/2022-05/rows',
    },
    'GET /catalogue': { as: 'analyst', path: '/catalogue' },
    'GET /units/{unit}/published': { as: '74', path: '/units/74/published?year=2022' },
    'GET /units/{unit}': { as: '74', path: '/units/74' },
    'GET /scoreboard': { as: 'analyst', path: '/scoreboard' },
    'GET /exports/{table}': { as: '74', path: '/exports/points?format=csv' },
    'GET /alerts': { as: 'analyst', path: '/alerts?unit=74' },
    'POST /alerts/{id}/acknowledge': {
      as: '74',
      path: `/alerts/${missed}/acknowledge`,
      body: { comment: 'đang làm', until: '2022-07-02' },
    },
    'GET /alerts/{id}': { as: '74', path: `/alerts/${missed}` },
    'POST /silences': {
      as: 'coordinator-vpcp',
      path: '/silences',
      body: { target: { unit: '01' }, reason: 'bão lũ', until: '2022-07-02' },
    },
    'GET /silences': { as: 'analyst', path: '/silences' },
    'POST /silences/{id}/end': { as: 'coordinator-vpcp', path: '/silences/{silence}/end' },
    'PUT /obligations/{id}/due': {
      as: 'coordinator-vpcp',
      path: '/obligations/BCA%3AI.2.1/due',
      body: { due: '2022-09-30', reason: 'QĐ 12' },
    },
    'GET /obligations/{id}/due': { as: 'analyst', path: '/obligations/BCA%3AI.2.1/due' },
    'PUT /units/{unit}/coordinators': {
      as: 'admin',
      path: '/units/74/coordinators',
      body: { coordinators: [coordinator] },
    },
    'GET /coordinators': { as: 'admin', path: '/coordinators' },
    'GET /units/{unit}/coordinators': { as: '74', path: '/units/74/coordinators' },
    'POST /submissions/{id}/withdraw': {
      as: '74',
      path: '/submissions/{first}/withdraw',
      body: { reason: 'nhầm tệp' },
    },
    'POST /accounts': { as: 'admin', path: '/accounts', body: { email: 'b@c.vn', role: 'analyst' } },
  };

  const pathOf = (path: string) =>
    path.replace('{id}', idIn(again.out)).replace('{first}', idIn(first.out)).replace('{silence}', silence);

  // In the order written: the withdrawal takes away what the others read.
  it.each(Object.entries(requests))(
    'answers %s with all that its schema has, and nothing else',
    async (key, { as, path, body: sent }) => {
      const route = findRoute(key);
      const response = await fetch(cloud.apiUrl + pathOf(path), {
        method: key.split(' ')[0] ?? '',
        headers: { authorization: `Bearer ${await cloud.issueToken(as)}` },
        ...(sent && { body: JSON.stringify(sent) }),
      });
      expect(route?.statuses).toContain(response.status);
      const body = route?.contentType ? await response.text() : await response.json();
      if (key === 'POST /silences') silence = silenceAnswer.parse(body).id;
      // Schemas of answers drop what they do not know.
      expect(route?.answer.parse(body)).toEqual(body);
    },
  );
});
