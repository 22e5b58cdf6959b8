import type { Instant } from '../calendar.ts';
import type { Areas, Catalogue } from '../catalogue.ts';
import type { Figure } from '../observation.ts';

/** A file that can be read from its beginning as often as needed; `sha256` is lower-case hexadecimal. */
export interface SourceFile {
  open(): AsyncIterable<Uint8Array>;
  bytes: number;
  sha256: string;
}

/** What a file is checked against. `receivedAt` decides the as-at days of periods still running. */
export interface CheckContext {
  catalogue: Catalogue;
  areas: Areas;
  unitId: string;
  receivedAt: Instant;
  /** Current points of the unit, for the warnings against history. */
  published?: readonly Figure[];
  /** The limits of §6, unless smaller ones are asked for. */
  limits?: { maxBytes: number; maxRows: number };
}

/**
 * Pieces of work small enough that no step holds much, whatever the source yields. A text cut out of a piece
 * keeps the whole piece in memory, and an issue that is kept may hold one.
 */
const pieceBytes = 16 * 1024;

/** The bytes of a file in pieces of at most 16 KiB. */
export async function* readBytes(file: SourceFile): AsyncGenerator<Uint8Array> {
  for await (const chunk of file.open()) {
    for (let from = 0; from < chunk.length; from += pieceBytes) yield chunk.subarray(from, from + pieceBytes);
  }
}
