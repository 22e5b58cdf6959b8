import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { runCommand } from './run-command.ts';

/** A command with one below it, neither of which knows of exit codes. */
function nested(): Command {
  const sub = new Command('add').requiredOption('--email <address>').action(() => undefined);
  return new Command('users').addCommand(sub);
}

describe('tiendo', () => {
  it.each([
    ['an option that is needed', ['add']],
    ['an option nobody knows', ['add', '--email', 'a', '--force']],
    ['an argument too many', ['add', '--email', 'a', 'b']],
    ['an option without its value', ['add', '--email']],
    ['a command nobody knows', ['drop']],
  ])('ends with 2 for wrong usage at any depth: %s', async (_, args) => {
    const { exitCode, err } = await runCommand(nested(), args);
    expect(exitCode).toBe(2);
    expect(err).toMatch(/Xem cách dùng: thêm --help|Usage: tiendo users/);
  });

  it.each([
    [['add'], 'Thiếu tùy chọn bắt buộc --email <address>.\nRequired option '],
    [['add', '--email', 'a', '--force'], 'Không có tùy chọn --force.\nUnknown option '],
    [['add', '--email', 'a', 'b'], 'Thừa tham số: cần 0, nhưng có 1.\nToo many arguments'],
    [['add', '--email'], 'Tùy chọn --email <address> cần có giá trị đi kèm.\nOption '],
    [['query'], 'Không có lệnh "query".\nUnknown command '],
    [['ad'], 'Không có lệnh "ad".\nUnknown command \'ad\'.\n(Có phải ý là · did you mean add?)\n'],
  ])('says what is wrong with %j in Vietnamese and English', async (args, beginning) => {
    const run = await runCommand(nested(), args);
    expect(run.err.startsWith(beginning), run.err).toBe(true);
  });

  it('says that an argument is missing in both', async () => {
    const { err } = await runCommand(new Command('check').argument('<file>'), []);
    expect(err).toMatch(/^Thiếu tham số file\.\nMissing required argument 'file'\.\n/);
  });

  it.each([[['--help']], [['add', '--help']]])('ends with 0 for %j', async (args) => {
    expect(await runCommand(nested(), args)).toMatchObject({ exitCode: 0, err: '' });
  });

  it('gives what stands after a command to that one, though the one above has an option of that name', async () => {
    const asked: unknown[] = [];
    const sub = new Command('list').option('--json').action((options) => {
      asked.push(['list', options]);
    });
    const command = new Command('silence').option('--json').action((options) => {
      asked.push(options);
    });
    await runCommand(command.addCommand(sub), ['list', '--json']);
    expect(asked).toEqual([['list', { json: true }]]);
  });

  it('has all its commands', async () => {
    const command = join(import.meta.dirname, '../../cli/tiendo.js');
    const help = await new Promise<string>((resolve, reject) => {
      execFile(process.execPath, [command, '--help'], (error, out) => (error ? reject(error) : resolve(out)));
    });
    const names = [...help.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        ...['catalogue', 'template', 'check', 'assess', 'login', 'submit'],
        ...['status', 'scoreboard', 'alerts', 'users'],
        ...['withdraw', 'ack', 'silence', 'due'],
      ]),
    );
  });
});
