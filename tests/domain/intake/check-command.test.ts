import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { checkCommand } from '../../../cli/commands/check.ts';

const folder = mkdtempSync(join(tmpdir(), 'tiendo-check-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => {
  process.exitCode = 0;
});

const file = (content: string) => {
  const path = join(folder, 'file.csv');
  writeFileSync(path, content);
  return path;
};
const good = 'indicator;period;numerator;denominator\nII.9.1;T6/2022;99996;100000\n';

/** What the command printed and the code it would end with. */
async function run(...args: string[]): Promise<{ code: unknown; out: string }> {
  let out = '';
  const keep = (text: string) => {
    out += text;
  };
  const command = checkCommand().exitOverride().configureOutput({ writeOut: keep, writeErr: keep });
  try {
    await command.parseAsync(args, { from: 'user' });
    return { code: process.exitCode, out };
  } catch (error) {
    return { code: error instanceof Error && 'exitCode' in error ? error.exitCode : error, out };
  }
}

describe('tiendo check', () => {
  it('accepts a good file with 0 and shows its figures', async () => {
    const { code, out } = await run(file(good), '--unit', '74', '--as-of', '2022-06-30');
    expect(code).toBe(0);
    expect(out).toMatch(/HỢP LỆ · accepted/);
    expect(out).toMatch(/II\.9\.1 +2022-06 +30\/06\/2022 +99996 +100000 +99,99 +0/);
  });

  it('rejects a bad file with 1 and says where and what, in both languages', async () => {
    const { code, out } = await run(
      file(`${good}II.9.1;T5/2022;x;5\n`),
      '--unit',
      '74',
      '--as-of',
      '2022-06-30',
    );
    expect(code).toBe(1);
    expect(out).toMatch(/BỊ TỪ CHỐI · rejected/);
    expect(out).toMatch(/ô C3 “numerator”: “x” không phải là số\./);
    expect(out).toMatch(/“x” is not a number\./);
  });

  it('prints JSON as the design page says', async () => {
    const { out } = await run(file(good), '--unit', '74', '--as-of', '2022-06-30', '--json');
    expect(JSON.parse(out)).toEqual({
      verdict: 'accepted',
      file: {
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        bytes: good.length,
        format: 'csv',
        encoding: 'utf-8',
        delimiter: ';',
      },
      rows: 1,
      observations: 1,
      issues: [],
      issueCounts: {},
      series: [
        {
          indicator: 'II.9.1',
          period: '2022-06',
          asAt: '2022-06-30',
          numerator: 99996,
          denominator: 100000,
          value: '99.99',
          areas: 0,
        },
      ],
    });
  });

  it('takes the day of receipt from --as-of', async () => {
    expect((await run(file(good), '--unit', '74', '--as-of', '2022-05-31')).code).toBe(1);
    expect((await run(file(good), '--unit', '74', '--as-of', '2022-06-01')).code).toBe(0);
    expect((await run(file(good), '--unit', '74')).code).toBe(0);
  });

  it.each([
    ['a missing file', [join(folder, 'none.csv'), '--unit', '74']],
    ['a folder', [folder, '--unit', '74']],
    ['an unknown unit', [file(good), '--unit', '99']],
    ['a bad date', [file(good), '--unit', '74', '--as-of', '2022-02-30']],
  ])('ends with 2 for %s', async (_, args) => {
    const { code, out } = await run(...args);
    expect(code).toBe(2);
    expect(out).not.toBe('');
  });
});
