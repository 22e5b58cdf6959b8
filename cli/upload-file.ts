import { SingleBar } from 'cli-progress';
import { Unreachable } from '../shared/client/api.ts';
import { putFile, type Upload, UploadRefused } from '../shared/client/submit-file.ts';
import type { SourceFile } from '../shared/domain/intake/source-file.ts';

/** Smaller files are gone before a bar could be read. */
const minBytesForBar = 1024 * 1024;
const attempts = 3;
const retryAfterMs = 2000;

/**
 * Puts a file to its URL, read from disk as it goes, with a progress bar for a big one. A connection that breaks
 * is tried again, up to three times in all: S3 takes a file once, so that nothing can be doubled, and "there
 * already" then means that only the answer was lost.
 *
 * @throws UploadRefused when S3 does not take it, Unreachable when no attempt got through.
 */
export async function uploadFile(
  upload: Upload,
  file: SourceFile,
  wait: (ms: number) => Promise<void>,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await putWithBar(upload, file);
      return;
    } catch (error) {
      if (attempt > 1 && error instanceof UploadRefused && error.status === 412) return;
      if (!(error instanceof Unreachable) || attempt === attempts) throw error;
      await wait(retryAfterMs);
    }
  }
}

async function putWithBar(upload: Upload, file: SourceFile): Promise<void> {
  if (file.bytes < minBytesForBar) {
    await putFile(upload, ReadableStream.from(file.open()));
    return;
  }
  const bar = new SingleBar({
    format: '{bar} {percentage} % của · of {total} byte',
    stream: process.stderr,
    clearOnComplete: true,
    hideCursor: true,
  });
  bar.start(file.bytes, 0);
  try {
    await putFile(upload, ReadableStream.from(counted(file, (bytes) => bar.increment(bytes))));
  } finally {
    bar.stop();
  }
}

async function* counted(file: SourceFile, count: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of file.open()) {
    yield chunk;
    count(chunk.length);
  }
}
