import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/** What functions print, kept in `<name>.log` each and told to whoever listens. */
export interface Logs {
  /** Adds a text that ends with a line break. */
  add(functionName: string, text: string): void;
  /** Adds what a stream brings, line by line, until it ends. */
  follow(functionName: string, stream: Readable): void;
  /** Calls back with each text, without its line break. Returns a function that ends it. */
  onLog(listener: (functionName: string, line: string) => void): () => void;
  /** Resolves when everything is written. */
  close(): Promise<void>;
}

/** Opens the logs in a directory, which is made when it is missing. Files of an earlier run are continued. */
export function openLogs(directory: string): Logs {
  mkdirSync(directory, { recursive: true });
  const files = new Map<string, WriteStream>();
  const listeners = new Set<(functionName: string, line: string) => void>();

  function add(functionName: string, text: string): void {
    const file =
      files.get(functionName) ?? createWriteStream(join(directory, `${functionName}.log`), { flags: 'a' });
    files.set(functionName, file);
    file.write(text);
    for (const listener of listeners) listener(functionName, text.trimEnd());
  }

  return {
    add,
    follow(functionName, stream) {
      let rest = '';
      stream.setEncoding('utf8');
      stream.on('data', (chunk: string) => {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) add(functionName, `${line}\n`);
      });
      stream.on('end', () => {
        if (rest !== '') add(functionName, `${rest}\n`);
      });
    },
    onLog(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      await Promise.all([...files.values()].map((file) => new Promise<void>((resolve) => file.end(resolve))));
    },
  };
}
