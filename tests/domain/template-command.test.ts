import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { templateCommand } from '../../cli/commands/template.ts';
import { closeServer, listen } from '../../local/loopback.ts';
import { runCommand } from '../cli/run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'tiendo-template-'));
const machine = {
  environment: {},
  workingDirectory: folder,
  nowMs: () => Date.parse('2026-11-23T00:00:00.000Z'),
};
/** An API nobody has signed in to; its clock stands in July 2022. */
const api = createServer((_, response) => {
  response.setHeader('date', new Date('2022-07-01T03:00:00.000Z').toUTCString());
  response.writeHead(401).end();
});
let apiUrl: string;

beforeAll(async () => {
  apiUrl = await listen(api, 0);
});
afterAll(async () => {
  await closeServer(api);
  rmSync(folder, { recursive: true });
});

const template = (...args: string[]) => runCommand(templateCommand(machine), ['--unit', '74', ...args]);

describe('tiendo template', () => {
  it('prints the template of the month it is asked for', async () => {
    const { out, exitCode } = await template('--as-of', '2022-06-30');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^\ufeffMã chỉ tiêu;/);
    expect(out).toMatch(/\r\nII\.9\.1;[^\r\n]*;Tháng 6\/2022;[^\r\n]*\r\n$/);
  });

  it('writes it to a file and says so beside', async () => {
    const path = join(folder, 'mau.csv');
    const { out, err, exitCode } = await template('--out', path);
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 0 });
    expect(err).toContain(path);
    expect(readFileSync(path).subarray(0, 3)).toEqual(Buffer.of(0xef, 0xbb, 0xbf));
  });

  it.each([
    [',', /^\ufeffMã chỉ tiêu,tiendo/],
    ['tab', /^\ufeffMã chỉ tiêu\ttiendo/],
    ['\t', /^\ufeffMã chỉ tiêu\ttiendo/],
  ])('separates columns by %j', async (separator, beginning) => {
    const { out } = await template('--separator', separator);
    expect(out).toMatch(beginning);
  });

  it.each([
    ['an unknown unit', ['--unit', '99']],
    ['a bad date', ['--unit', '74', '--as-of', '2022-02-30']],
    ['another separator', ['--unit', '74', '--separator', '|']],
  ])('ends with 2 for %s', async (_, args) => {
    const { exitCode, err } = await runCommand(templateCommand(machine), args);
    expect(exitCode).toBe(2);
    expect(err).not.toBe('');
  });

  it('ends with 2 when the file cannot be written', async () => {
    const path = join(folder, 'none', 'mau.csv');
    const { exitCode, err } = await template('--out', path);
    expect(exitCode).toBe(2);
    expect(err).toMatch(/^Không ghi được tệp .+: không có tệp hoặc thư mục này\.\nCannot write /);
  });

  it('replaces no file that is there, unless it is told to', async () => {
    const path = join(folder, 'filled-in.csv');
    writeFileSync(path, 'số liệu đã điền');
    const { exitCode, err } = await template('--out', path);
    expect(exitCode).toBe(2);
    expect(err).toMatch(/^Đã có tệp .+ --force .+\n.+ is there already/);
    expect(readFileSync(path, 'utf8')).toBe('số liệu đã điền');
    expect((await template('--out', path, '--force')).exitCode).toBe(0);
    expect(readFileSync(path, 'utf8')).toMatch(/^\ufeffMã chỉ tiêu;/);
  });
});

describe('the month of a template', () => {
  it('is this machine’s where no deployment is known', async () => {
    const { out, err } = await template();
    expect({ out, err }).toEqual({ out: expect.stringContaining(';Tháng 11/2026;'), err: '' });
  });

  it('is that of the API it is for, and is said', async () => {
    const { out, err } = await template('--api', apiUrl);
    expect(out).toContain(';Tháng 7/2022;');
    expect(err).toContain(`Mẫu cho tháng 7/2022, theo đồng hồ của ${apiUrl}.`);
  });

  it('is that of the local run, as long as it answers', async () => {
    const workingDirectory = join(folder, 'project');
    mkdirSync(join(workingDirectory, '.tiendo'), { recursive: true });
    const localRun = (url: string) =>
      writeFileSync(
        join(workingDirectory, '.tiendo', 'local.json'),
        JSON.stringify({ apiUrl: url, issuer: url, clientId: 'x' }),
      );
    const near = templateCommand({ ...machine, workingDirectory });
    localRun(apiUrl);
    expect((await runCommand(near, ['--unit', '74'])).out).toContain(';Tháng 7/2022;');
    const gone = templateCommand({ ...machine, workingDirectory });
    localRun('http://127.0.0.1:1');
    expect((await runCommand(gone, ['--unit', '74'])).out).toContain(';Tháng 11/2026;');
  });

  it('is that of the day it is asked for, whatever any clock says', async () => {
    const { out, err } = await template('--api', apiUrl, '--as-of', '2022-05-01');
    expect({ out, err }).toEqual({ out: expect.stringContaining(';Tháng 5/2022;'), err: '' });
  });

  it('is not guessed where the API it is for does not answer', async () => {
    const { out, exitCode } = await template('--api', 'http://127.0.0.1:1');
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 3 });
  });
});
