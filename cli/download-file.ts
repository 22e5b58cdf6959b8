import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Unreachable } from '../shared/client/api.ts';
import { CommandError } from './command-error.ts';
import { fileFault } from './file-fault.ts';

/**
 * Saves what a URL answers under a path, which it has only once it is whole; a file that is there is replaced.
 *
 * @throws Unreachable when no answer came or it broke off, `CommandError` when the store refuses or the file cannot
 *   be written.
 */
export async function downloadFile(url: string, path: string): Promise<void> {
  const response = await fetch(url).catch((error: unknown) => {
    throw new Unreachable(url, error);
  });
  if (!response.ok || !response.body) {
    throw new CommandError(
      `Kho lưu trữ không trả tệp (${response.status}). Hãy thử lại sau ít phút.`,
      `The store did not hand out the file (${response.status}). Try again in a few minutes.`,
    );
  }
  const partial = `${path}.part`;
  try {
    await pipeline(Readable.fromWeb(response.body), createWriteStream(partial));
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    if (!(error instanceof Error && 'syscall' in error && 'path' in error)) throw new Unreachable(url, error);
    const { vi, en } = fileFault(error);
    throw new CommandError(`Không ghi được tệp ${path}: ${vi}.`, `Cannot write ${path}: ${en}.`, 2);
  }
}
