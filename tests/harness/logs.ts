import { createReadStream } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A line of a log with what it should not have in it. */
export interface LoggedPerson {
  file: string;
  line: string;
  what: string;
}

const address = /[\w.+-]+(?:@|%40)[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/gi;
const telephone = /(?:\+|%2B|\b00)84\d{6,}/gi;

/** The e-mail addresses, telephone numbers of Viet Nam and given names in a text, as they stand there. */
export function personsIn(text: string, names: readonly string[]): string[] {
  const known = names.filter((name) => text.includes(name));
  return [...known, ...[...text.matchAll(address), ...text.matchAll(telephone)].map(([found]) => found)];
}

/** Every line of every `*.log` below a folder. */
export async function* readLogs(directory: string): AsyncGenerator<{ file: string; line: string }> {
  for await (const file of glob('**/*.log', { cwd: directory })) {
    for await (const line of createInterface({ input: createReadStream(join(directory, file)) })) {
      yield { file, line };
    }
  }
}
