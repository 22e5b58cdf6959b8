import { sha256 } from '@noble/hashes/sha2.js';
import type { SourceFile } from '../../shared/domain/intake/source-file.ts';
import { FileUnreadable } from './file-unreadable.ts';

/**
 * A file chosen on the page as the check reads it: streamed each time it is opened, never held whole; its SHA-256 is
 * taken by reading it once now, of which `tell` hears, in bytes.
 *
 * @throws FileUnreadable, then and whenever it is read.
 */
export async function openChosenFile(file: Blob, tell: (bytes: number) => void): Promise<SourceFile> {
  const hash = sha256.create();
  let bytes = 0;
  for await (const chunk of readChunks(file)) {
    hash.update(chunk);
    bytes += chunk.length;
    tell(bytes);
  }
  return { bytes, sha256: hexOf(hash.digest()), open: () => readChunks(file) };
}

/** The stream's own iterator is not in every browser yet. */
async function* readChunks(file: Blob): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    throw new FileUnreadable(error);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
