import type { SourceFile } from './source-file.ts';

/**
 * A file that tells how much of it was read, over `readings` readings from beginning to end: after each piece the
 * share of all that reading, in bytes of the file. It never falls, and stays at the file's size when the file is
 * read more often. The reader waits for what `tell` returns.
 */
export function watchFile(
  file: SourceFile,
  readings: number,
  tell: (bytes: number) => void | Promise<void>,
): SourceFile {
  const { bytes, sha256 } = file;
  let readBytes = 0;
  async function* open(): AsyncGenerator<Uint8Array> {
    for await (const chunk of file.open()) {
      yield chunk;
      readBytes += chunk.length;
      await tell(Math.min(bytes, Math.floor(readBytes / readings)));
    }
  }
  return { bytes, sha256, open };
}
