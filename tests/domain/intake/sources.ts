import type { CheckContext, SourceFile } from '../../../shared/domain/intake/source-file.ts';
import { smallAreas, smallCatalogue } from './small-catalogue.ts';

/** A file in memory, handed out in pieces of the given size. */
export function sourceOf(content: string | Uint8Array, pieceBytes = 1 << 20): SourceFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const count = Math.ceil(bytes.length / pieceBytes);
  return sourceOfPieces(
    Array.from({ length: count }, (_, index) => bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes)),
  );
}

/** A file in memory, handed out in these pieces. */
export function sourceOfPieces(pieces: readonly Uint8Array[]): SourceFile {
  return {
    async *open() {
      yield* pieces;
    },
    bytes: pieces.reduce((sum, { length }) => sum + length, 0),
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
