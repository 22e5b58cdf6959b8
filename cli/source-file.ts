import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { SourceFile } from '../shared/domain/intake/source-file.ts';

/**
 * A file on disk as the check reads it: streamed each time it is opened, its size and SHA-256 taken by
 * reading it once now. Rejects with the file system's error (`ENOENT`, `EISDIR`, `EACCES`) when it cannot
 * be read.
 */
export async function openSourceFile(path: string): Promise<SourceFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of readChunks(path)) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { open: () => readChunks(path), bytes, sha256: hash.digest('hex') };
}

function readChunks(path: string): AsyncIterable<Uint8Array> {
  return createReadStream(path);
}
