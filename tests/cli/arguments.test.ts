import { describe, expect, it } from 'vitest';
import { requireFile, requireUnit } from '../../cli/arguments.ts';
import { catalogueCommand } from '../../cli/commands/catalogue.ts';
import { checkCommand } from '../../cli/commands/check.ts';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { runCommand } from './run-command.ts';

describe('a unit', () => {
  it.each([
    ['Bình Dương', 'có phải 74 (Bình Dương)?\nNo'],
    ['Binh Duonng', 'có phải 74 (Bình Dương)?\nNo'],
    ['Tỉnh Bin Duong', 'có phải 74 (Bình Dương)?\nNo'],
    ['Atlantis', 'Không có mã đơn vị "Atlantis".\nNo'],
    ['7', 'Không có mã đơn vị "7".\nNo'],
  ])('named as %j is not taken: the sentence ends once, with what may be meant', (name, text) => {
    const named = () => requireUnit(loadCatalogue(), name);
    expect(named).toThrow(text);
    expect(named).not.toThrow('?.');
  });

  it('is suggested by every command that names one', async () => {
    const { err, exitCode } = await runCommand(catalogueCommand(), ['--unit', 'Binh Duonng']);
    expect(exitCode).toBe(2);
    expect(err).toContain('có phải 74');
  });
});

describe('a file', () => {
  it.each([
    ['none.csv', 'không có tệp hoặc thư mục này.\nCannot read none.csv: there is no such file or folder.'],
    ['.', 'đây là thư mục, không phải tệp.\nCannot read .: it is a folder'],
  ])('%s that cannot be read is said so in words', async (path, text) => {
    await expect(requireFile(path)).rejects.toThrow(text);
    await expect(requireFile(path)).rejects.not.toThrow(/ENOENT|EISDIR/);
  });
});

describe('tiendo check --api', () => {
  const machine = { environment: { XDG_CONFIG_HOME: '/nowhere' }, workingDirectory: '/', nowMs: () => 0 };
  const args = [import.meta.filename, '--unit', '74', '--api', 'http://127.0.0.1:1'];

  it('by somebody not signed in ends with 3: nothing is said of the file', async () => {
    const { out, err, exitCode } = await runCommand(checkCommand(machine), args);
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 3 });
    expect(err).toContain('tiendo login');
  });

  it('without an answer ends with 3', async () => {
    const signedIn = { ...machine, environment: { TIENDO_TOKEN: 'x' } };
    expect(await runCommand(checkCommand(signedIn), args)).toMatchObject({ out: '', exitCode: 3 });
  });
});
