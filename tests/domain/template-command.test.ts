import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { templateCommand } from '../../cli/commands/template.ts';
import { runCommand } from '../cli/run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'tiendo-template-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('tiendo template', () => {
  it('prints the template of the month it is asked for', async () => {
    const { out, exitCode } = await runCommand(templateCommand(), ['--unit', '74', '--as-of', '2022-06-30']);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^\ufeffMã chỉ tiêu;/);
    expect(out).toMatch(/\r\nII\.9\.1;[^\r\n]*;Tháng 6\/2022;[^\r\n]*\r\n$/);
  });

  it('writes it to a file and says so beside', async () => {
    const path = join(folder, 'mau.csv');
    const { out, err, exitCode } = await runCommand(templateCommand(), ['--unit', '74', '--out', path]);
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 0 });
    expect(err).toContain(path);
    expect(readFileSync(path).subarray(0, 3)).toEqual(Buffer.of(0xef, 0xbb, 0xbf));
  });

  it.each([
    [',', /^\ufeffMã chỉ tiêu,tiendo/],
    ['tab', /^\ufeffMã chỉ tiêu\ttiendo/],
    ['\t', /^\ufeffMã chỉ tiêu\ttiendo/],
  ])('separates columns by %j', async (separator, beginning) => {
    const { out } = await runCommand(templateCommand(), ['--unit', '74', '--separator', separator]);
    expect(out).toMatch(beginning);
  });

  it.each([
    ['an unknown unit', ['--unit', '99']],
    ['a bad date', ['--unit', '74', '--as-of', '2022-02-30']],
    ['another separator', ['--unit', '74', '--separator', '|']],
  ])('ends with 2 for %s', async (_, args) => {
    const { exitCode, err } = await runCommand(templateCommand(), args);
    expect(exitCode).toBe(2);
    expect(err).not.toBe('');
  });

  it('ends with 1 when the file cannot be written', async () => {
    const { exitCode, err } = await runCommand(templateCommand(), ['--unit', '74', '--out', folder]);
    expect(exitCode).toBe(1);
    expect(err).toMatch(/^Không ghi được tệp .+\nCannot write /);
  });
});
