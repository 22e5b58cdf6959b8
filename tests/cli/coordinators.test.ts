import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { coordinatorsCommand } from '../../cli/commands/coordinators.ts';
import { runCommand } from './run-command.ts';

interface Person {
  id: string;
  unit: string;
  [field: string]: unknown;
}

let directory: string;
let server: Server;
let apiUrl: string;
/** Whom the API has registered. */
let people: Person[];
/** What was written, and what was only checked: `74: 74-1 74-2`. */
let written: string[];
let checked: string[];
/** Places the API refuses, by unit. */
let refusals: Record<string, { at: string; code: string }[]>;
let lastSent: Record<string, unknown>[];

const person = (id: string, unit: string, more: object = {}): Person => ({
  id,
  unit,
  name: `Đầu mối ${id}`,
  language: 'vi',
  email: `${id}@example.vn`,
  reach: { email: 'live' },
  ...more,
});

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tiendo-coordinators-'));
  people = [];
  written = [];
  checked = [];
  refusals = {};
  server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://api');
    const unit = /^\/units\/(\w+)\/coordinators$/.exec(url.pathname)?.[1];
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.method === 'GET') {
      const coordinators = people.filter((one) => unit === undefined || one.unit === unit);
      answer(200, unit === undefined ? { coordinators } : { unit, coordinators });
      return;
    }
    const sent: Record<string, unknown>[] = JSON.parse(await text(request)).coordinators;
    lastSent = sent;
    (url.searchParams.has('dryRun') ? checked : written).push(
      `${unit}: ${sent.map(({ id }) => id).join(' ')}`,
    );
    const refused = refusals[unit ?? ''];
    if (refused) {
      const places = refused.map((place) => ({
        ...place,
        detail: { vi: `sai ${place.code}`, en: place.code },
      }));
      const detail = { vi: 'sai', en: 'wrong' };
      answer(400, {
        type: 'about:blank',
        status: 400,
        code: 'coordinators-invalid',
        title: 'x',
        detail,
        places,
      });
    } else {
      answer(200, { unit, coordinators: sent.map((one) => ({ ...one, unit, reach: { email: 'pending' } })) });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.close();
  await rm(directory, { recursive: true });
});

async function coordinators(...args: string[]) {
  const environment = { XDG_CONFIG_HOME: directory, TIENDO_TOKEN: 'token' };
  const machine = { environment, workingDirectory: directory, nowMs: () => 0 };
  return await runCommand(coordinatorsCommand(machine), [...args, '--api', apiUrl]);
}

async function importing(content: string | Uint8Array) {
  const path = join(directory, 'dau-moi.csv');
  await writeFile(path, content);
  return await coordinators('import', path);
}

describe('tiendo coordinators', () => {
  it('lists everybody, or those of a unit, with how they can be reached', async () => {
    people = [
      person('74-1', '74', { phone: '+84912345678', reach: { email: 'live', sms: 'gone' } }),
      person('79-1', '79', { reach: { email: 'pending' }, scopes: ['II.9', '74'] }),
    ];
    const { out } = await coordinators();
    expect(out).toMatch(/74 +74-1 +Đầu mối 74-1 +vi +74-1@example\.vn +đang nhận +\+84912345678 +đã hủy/);
    expect(out).toMatch(/79-1@example\.vn +chờ xác nhận +II\.9 74/);
    expect((await coordinators('--unit', '79')).out).not.toContain('74-1');
    expect(JSON.parse((await coordinators('list', '--unit', '79', '--json')).out)).toEqual({
      coordinators: [people[1]],
    });
  });

  it.each([
    ['an unknown unit', ['--unit', '7'], /Không có mã đơn vị "7"/],
    ['an unknown command', ['import'], /Thiếu tham số/],
  ])('with %s ends with 2', async (_, args, message) => {
    const run = await coordinators(...args);
    expect(run.exitCode).toBe(2);
    expect(run.err).toMatch(message);
  });
});

describe('tiendo coordinators import', () => {
  it('checks every unit, then replaces the lists of those the file names', async () => {
    const run = await importing(
      'id,unit,name,language,email,phone,scopes,quiet_from,quiet_to,all_clear,account\n' +
        '74-1,74,Nguyễn Văn A,vi,a@74.vn,+84 912 345 678,,20:00,6:30,x,a@co-quan.vn\n' +
        '79-1,79,Trần B,en,b@79.vn,84912345679,II.9 74,,,,\n' +
        '74-2,74,Lê C,,c@74.vn,,,,,,\n',
    );
    expect(run).toEqual({
      out: 'Đã ghi · written: 3 đầu mối · coordinators, 2 đơn vị · units\n',
      err: '',
      exitCode: 0,
    });
    expect(checked).toEqual(['74: 74-1 74-2', '79: 79-1']);
    expect(written).toEqual(checked);
    expect(lastSent).toEqual([
      {
        id: '79-1',
        name: 'Trần B',
        language: 'en',
        email: 'b@79.vn',
        phone: '+84912345679',
        scopes: ['II.9', '74'],
      },
    ]);
  });

  it('reads Vietnamese headers, semicolons and other columns in any order', async () => {
    const run = await importing(
      '\uFEFFThư điện tử;Ghi chú;Mã;Đơn vị;Họ tên;Ngôn ngữ;Điện thoại;Phạm vi;Yên lặng từ;Yên lặng đến;Báo không quá hạn;Tài khoản\r\n' +
        'a@74.vn;?;74-1;74;Nguyễn Văn A;Tiếng Anh;+84912345678;74;21h;07:00:00;có;a@co-quan.vn\r\n',
    );
    expect(run.exitCode).toBe(0);
    expect(lastSent).toEqual([
      {
        id: '74-1',
        name: 'Nguyễn Văn A',
        language: 'en',
        email: 'a@74.vn',
        phone: '+84912345678',
        scopes: ['74'],
        quietHours: { from: '21:00', to: '07:00' },
        wantsAllClear: true,
        account: 'a@co-quan.vn',
      },
    ]);
  });

  it('shows all problems at once with their lines, and writes nothing', async () => {
    const run = await importing(
      'id,unit,name,language,email,phone,scopes,quiet_from,quiet_to,all_clear,account\n' +
        '74-1,74,A,vi,a@74.vn,0912345678,,,,,\n' +
        'X Y,Bình Dương,,de,nobody,,,25:00,07:00,maybe,me\n' +
        '79-1,79,B,vi,b@79.vn,,XX,21:00,,,\n' +
        '80-1,80,C,vi,c@80.vn,,,,,,\n' +
        '80-1,80,D,vi,"d@80.vn,,,,,,\n',
    );
    expect(run.exitCode).toBe(1);
    const [vietnamese = '', english = ''] = run.err.split('Nothing was written');
    expect(vietnamese).toContain('dòng 2, phone: "0912345678" phải là số quốc tế');
    expect(vietnamese).toContain('dòng 3, unit: không có mã đơn vị "Bình Dương"; có phải 74');
    for (const column of ['id', 'name', 'language', 'email', 'quiet_from', 'all_clear', 'account'])
      expect(vietnamese).toContain(`dòng 3, ${column}: `);
    expect(vietnamese).toContain('dòng 4, quiet_to: ');
    expect(vietnamese).toContain('dòng 6: dấu ngoặc kép');
    expect(english.match(/row \d/g)?.length).toBe(vietnamese.match(/dòng \d/g)?.length);
    expect([...checked, ...written]).toEqual([]);
  });

  it('finds an id twice in the file and a scope there is not', async () => {
    const run = await importing('id,unit,name,email,scopes\n74-1,74,A,a@74.vn,\n74-1,79,B,b@79.vn,II.99\n');
    expect(run.err).toMatch(/dòng 3, scopes: «II.99»/);
    expect(run.err).toMatch(/dòng 3, id: mã đầu mối «74-1» đã có ở đơn vị 74/);
    expect(written).toEqual([]);
  });

  it('shows what the API finds wrong with any unit by the lines of the file, and writes nothing', async () => {
    refusals = {
      '74': [{ at: 'coordinators.1.account', code: 'account-unknown' }],
      '80': [{ at: 'coordinators.0.id', code: 'id-taken' }],
    };
    const run = await importing(
      'id,unit,name,email\n74-1,74,A,a@74.vn\n79-1,79,B,b@79.vn\n80-1,80,C,c@80.vn\n74-2,74,D,d@74.vn\n',
    );
    expect(run.exitCode).toBe(1);
    expect(run.err).toContain('dòng 4, id: sai id-taken\n  dòng 5, account: sai account-unknown');
    expect(checked).toHaveLength(3);
    expect(written).toEqual([]);
  });

  it.each<[string, string | Uint8Array, RegExp]>([
    ['no header', '74-1,74\n', /Dòng đầu của tệp/],
    ['another encoding', new Uint8Array([0xff, 0xfe, 0x69, 0x00]), /UTF-8/],
  ])('with %s ends with 2', async (_, content, message) => {
    const run = await importing(content);
    expect(run.exitCode).toBe(2);
    expect(run.err).toMatch(message);
  });
});

describe('changing one coordinator', () => {
  beforeEach(() => {
    people = [
      person('74-1', '74', {
        phone: '+84912345678',
        scopes: ['74'],
        account: 'c0ffee00-0000-4000-8000-000000000001',
      }),
      person('74-2', '74'),
      person('79-1', '79'),
    ];
  });

  it('adds one to those a unit has', async () => {
    const details = ['--name', 'Lê C', '--email', 'c@74.vn', '--quiet', '20:00-6:00', '--all-clear'];
    expect((await coordinators('add', '74-3', '--unit', '74', ...details)).exitCode).toBe(0);
    expect(written).toEqual(['74: 74-1 74-2 74-3']);
    expect(lastSent[2]).toEqual({
      id: '74-3',
      name: 'Lê C',
      language: 'vi',
      email: 'c@74.vn',
      quietHours: { from: '20:00', to: '06:00' },
      wantsAllClear: true,
    });
  });

  it('edits what is given, keeps the rest, and takes away what is given as empty', async () => {
    await coordinators('edit', '74-1', '--language', 'en', '--phone', '');
    expect(written).toEqual(['74: 74-1 74-2']);
    expect(lastSent[0]).toEqual({
      id: '74-1',
      name: 'Đầu mối 74-1',
      language: 'en',
      email: '74-1@example.vn',
      scopes: ['74'],
      account: 'c0ffee00-0000-4000-8000-000000000001',
    });
  });

  it('removes one', async () => {
    expect((await coordinators('remove', '74-1')).out).toContain('74-1 (Bình Dương)');
    expect(written).toEqual(['74: 74-2']);
  });

  it('asks one again by registering the unit as it is', async () => {
    expect((await coordinators('resubscribe', '74-2')).out).toContain(
      '74-2: thư điện tử · e-mail chờ xác nhận',
    );
    expect(written).toEqual(['74: 74-1 74-2']);
  });

  it.each([
    [
      'adding one there is',
      ['add', '74-1', '--unit', '74', '--name', 'A', '--email', 'a@74.vn'],
      2,
      /đã có đầu mối/,
    ],
    ['editing nobody', ['edit', '1'], 2, /Không có đầu mối 1/],
    ['removing nobody', ['remove', '1'], 2, /Không có đầu mối 1/],
    ['resubscribing nobody', ['resubscribe', '1'], 2, /Không có đầu mối 1/],
    ['a number at home', ['edit', '74-1', '--phone', '0912345678'], 2, /phone: "0912345678" .*\+84912345678/],
    ['half of the quiet hours', ['edit', '74-1', '--quiet', '21:00'], 2, /quiet_to/],
    ['no unit', ['add', '74-3', '--name', 'A', '--email', 'a@74.vn'], 2, /--unit/],
  ])('%s is refused and writes nothing', async (_, args, exitCode, message) => {
    const run = await coordinators(...args);
    expect(run.exitCode).toBe(exitCode);
    expect(run.err).toMatch(message);
    expect(written).toEqual([]);
  });
});
