import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LoggedPerson, personsIn, readLogs } from './logs.ts';

/** The variable that tells the tests of a run in which folder each embedded cloud makes one for its logs. */
export const logsVariable = 'TIENDO_TEST_LOGS';

/**
 * Vitest's global setup of every project that starts embedded clouds: keeps what their functions logged until the
 * run ends, reads all of it, and fails the run when a line has an e-mail address, a telephone number or the name
 * of a coordinator in it.
 */
export default function setup(): () => Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'tiendo-logs-'));
  process.env[logsVariable] = directory;
  return async () => {
    try {
      const names = await namesOfPeople();
      let lines = 0;
      const found: LoggedPerson[] = [];
      for await (const { file, line } of readLogs(directory)) {
        lines += 1;
        found.push(...personsIn(line, names).map((what) => ({ file, line, what })));
      }
      console.log(`Logs: ${lines} lines of functions read, ${found.length} with personal data`);
      for (const { file, line, what } of found.slice(0, 10)) console.error(`${file}: “${what}” in ${line}`);
      // Vitest reports what a teardown throws, but does not count it as a failure.
      if (found.length > 0) process.exitCode = 1;
    } finally {
      rmSync(directory, { recursive: true });
    }
  };
}

/** The sample coordinators, and what those of the tests are called. */
async function namesOfPeople(): Promise<string[]> {
  const samples = await readFile(join(import.meta.dirname, '../../samples/coordinators.json'), 'utf8');
  const named = [...samples.matchAll(/"name": "([^"]+)"/g)].flatMap(([, name]) => name ?? []);
  return [...new Set([...named, 'Đầu mối', 'Liaison'])];
}
