import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { assessCommand, publishAtPeriodEnds } from '../../cli/commands/assess.ts';
import { openSourceFile } from '../../cli/source-file.ts';
import { endOfDay } from '../../shared/domain/calendar.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tiendo-assess-'));
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => {
  process.exitCode = undefined;
});

async function fileOf(name: string, rows: string[]): Promise<string> {
  const path = join(folder, name);
  await writeFile(
    path,
    `${['indicator,period,numerator,denominator,value,completed_on,evidence', ...rows].join('\n')}\n`,
  );
  return path;
}

/** Runs the command; `exitCode` is commander's where it refused, else the process's. */
async function run(...args: string[]): Promise<{ out: string; err: string; exitCode: number }> {
  const written = { out: '', err: '' };
  const command = assessCommand()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        written.out += text;
      },
      writeErr: (text) => {
        written.err += text;
      },
    });
  try {
    await command.parseAsync(args, { from: 'user' });
    return { ...written, exitCode: Number(process.exitCode ?? 0) };
  } catch (error) {
    if (error instanceof CommanderError) return { ...written, exitCode: error.exitCode };
    throw error;
  }
}

async function assess(asOf: string, ...paths: string[]) {
  const { out } = await run(...paths, '--unit', '74', '--as-of', asOf, '--json');
  const assessments: { obligation: string; state: string; value: string | null }[] = JSON.parse(out);
  return assessments.find(({ obligation }) => obligation === '74:II.9.1');
}

describe('tiendo assess', () => {
  it('shows 99.996 % as 99.99, does not take it for 100 %, and cites the ref', async () => {
    const path = await fileOf('almost.csv', ['II.9.1,2022-06,99996,100000,,,']);
    expect(await assess('2022-07-01', path)).toMatchObject({
      obligation: '74:II.9.1',
      indicator: 'II.9.1',
      ref: 'II.9',
      due: '2022-06-30',
      state: 'overdue',
      value: '99.99',
      target: '≥ 100 %',
      reason: {
        vi: '99,99 % < 100 % (II.9, hạn 30/06/2022)',
        en: '99.99 % < 100 % (II.9, due 2022-06-30)',
      },
    });
  });

  it.each([
    ['2022-05-30', 'awaited', null],
    ['2022-05-31', 'on-track', '60.00'],
    ['2022-06-30T23:59:59.998+07:00', 'at-risk', '60.00'],
    ['2022-06-30', 'met', '100.00'],
  ])('knows each figure from the end of its period on: as of %s %s', async (asOf, state, value) => {
    const path = await fileOf('year.csv', [
      'II.9.1,2022-05,60,100,,,',
      'II.9.1,2022-06,100,100,,,',
      'II.9.1,2022-12,9,10,,,',
    ]);
    expect(await assess(asOf, path)).toMatchObject({ state, value });
  });

  it('lets a later file replace the same figure of an earlier one', async () => {
    const low = await fileOf('low.csv', ['II.9.1,2022-06,60,100,,,']);
    const high = await fileOf('high.csv', ['II.9.1,2022-06,100,100,,,']);
    expect(await assess('2022-07-01', low, high)).toMatchObject({ state: 'met' });
    expect(await assess('2022-07-01', high, low)).toMatchObject({ state: 'overdue' });
  });

  it('has a table for people', async () => {
    const path = await fileOf('table.csv', ['II.9.1,2022-06,100,100,,,']);
    const { out, exitCode } = await run(path, '--unit', '74', '--as-of', '2022-06-30');
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^Bình Dương, tính đến 23:59:59 30\/06\/2022\n/);
    expect(out).toMatch(/^II\.9\.1 +30\/06\/2022 +đạt +100,00 % ≥ 100 % \(II\.9, hạn 30\/06\/2022\)$/m);
  });

  it('says what is wrong with each rejected file and exits with 1', async () => {
    const bad = await fileOf('bad.csv', ['II.9.1,2022-06,101,100,,,']);
    const good = await fileOf('good.csv', ['II.9.1,2022-06,100,100,,,']);
    const { out, err, exitCode } = await run(bad, good, '--unit', '74', '--as-of', '2022-06-30', '--json');
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 1 });
    expect(err).toContain('bad.csv');
    expect(err).toContain('numerator-exceeds-denominator');
    expect(err).not.toContain('good.csv');
  });

  it.each([
    ['an unknown unit', ['--unit', '75x', '--as-of', '2022-06-30']],
    ['a day that does not exist', ['--unit', '74', '--as-of', '2022-06-31']],
    ['a file that is not there', ['nowhere.csv', '--unit', '74', '--as-of', '2022-06-30']],
    ['a folder', [tmpdir(), '--unit', '74', '--as-of', '2022-06-30']],
  ])('exits with 2 for %s', async (_, args) => {
    const path = await fileOf('fine.csv', ['II.9.1,2022-06,100,100,,,']);
    expect(await run(path, ...args)).toMatchObject({ out: '', exitCode: 2 });
  });
});

describe('figures known from the end of their period', () => {
  const figure = { indicator: '1.a.1', period: '2022-06', asAt: '2022-06-30', areas: 0 };

  it.each([
    ['2022-06-20', '2022-06-30'],
    ['2022-06-30', '2022-06-30'],
    ['2022-07-01', '2022-07-01'],
  ])('and completed on %s are known on %s', (completedOn, day) => {
    const [publication] = publishAtPeriodEnds([{ ...figure, completedOn }], 0);
    expect(publication).toMatchObject({ receivedAt: endOfDay(day), acceptedAt: endOfDay(day) });
  });
});

describe('a file on disk', () => {
  it('can be opened as often as needed and knows its size and SHA-256', async () => {
    const path = join(folder, 'bytes');
    const content = Buffer.alloc(200_000, 'tiến độ');
    await writeFile(path, content);
    const file = await openSourceFile(path);
    expect(file).toMatchObject({
      bytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
    });
    for (let time = 0; time < 2; time += 1) {
      expect(Buffer.concat(await Array.fromAsync(file.open()))).toEqual(content);
    }
  });
});
