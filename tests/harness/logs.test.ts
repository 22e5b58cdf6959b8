import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { personsIn, readLogs } from './logs.ts';

describe('a line of a log', () => {
  it.each([
    ['{"message":"Notify:Done","to":"dau-moi-1@hanoi.example"}', 'dau-moi-1@hanoi.example'],
    ['GET /mailbox/dau-moi-1%40hanoi.example', 'dau-moi-1%40hanoi.example'],
    ['Publish to +84900000011 failed', '+84900000011'],
    ['/mailbox/opt-out?phone=%2B84900000011', '%2B84900000011'],
    ['call 0084900000011', '0084900000011'],
    ['{"name":"Đầu mối tỉnh Bình Dương"}', 'Đầu mối'],
  ])('%s tells of a person', (line, what) => {
    expect(personsIn(line, ['Đầu mối'])).toEqual([what]);
  });

  it.each([
    '{"message":"Notify:Done","coordinators":94,"sent":3}',
    'at file:///srv/node_modules/@aws-sdk/client-sns/index.js:1:84900000011',
    'deadline-missed|74:coordinator:74-1|2022-06-30T17:00:00.000Z',
    '{"timestamp":1656608400000,"subject":"1f8b4a52-6e84-8490-a000-001184900000"}',
  ])('%s tells of none', (line) => {
    expect(personsIn(line, ['Đầu mối'])).toEqual([]);
  });
});

it('every line of every log of every cloud is read', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'tiendo-logs-'));
  for (const [cloud, name] of [
    ['a', 'notify'],
    ['a', 'ingest'],
    ['b', 'notify'],
  ] as const) {
    mkdirSync(join(directory, cloud), { recursive: true });
    writeFileSync(join(directory, cloud, `${name}.log`), `${cloud} 1\n${cloud} 2`);
  }
  const lines: string[] = [];
  for await (const { line } of readLogs(directory)) lines.push(line);
  rmSync(directory, { recursive: true });
  expect(lines.sort()).toEqual(['a 1', 'a 1', 'a 2', 'a 2', 'b 1', 'b 2']);
});

it('every test that starts a whole cloud starts it where its logs are read', () => {
  const tests = join(import.meta.dirname, '..');
  const files = ['journey', 'contract', 'deep', 'harness'].flatMap((folder) =>
    readdirSync(join(tests, folder)).map((name) => join(folder, name)),
  );
  const past = files
    .filter((file) => file.endsWith('.ts'))
    .filter((file) =>
      /import \{[^}]*startCloud[^}]*\} from '[./]*\/local\/cloud\.ts'/.test(
        readFileSync(join(tests, file), 'utf8'),
      ),
    );
  expect(past).toEqual(['harness/start-cloud.ts']);
});
