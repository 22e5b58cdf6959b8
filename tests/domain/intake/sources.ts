import type { CheckContext, SourceFile } from '../../../shared/domain/intake/source-file.ts';
import { smallAreas, smallCatalogue } from './small-catalogue.ts';

/** A file in memory, handed out in pieces of the given size. */
export function sourceOf(content: string | Uint8Array, pieceBytes = 1 << 20): SourceFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    async *open() {
      for (let from = 0; from < bytes.length; from += pieceBytes)
        yield bytes.subarray(from, from + pieceBytes);
    },
    bytes: bytes.length,
    sha256: '0'.repeat(64),
  };
}

/** Bình Dương, 5 July 2022, 10:00 in Vietnam. */
export const context: CheckContext = {
  catalogue: smallCatalogue,
  areas: smallAreas,
  unitId: '74',
  receivedAt: '2022-07-05T03:00:00.000Z',
};
