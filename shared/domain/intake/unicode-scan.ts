/**
 * Checks bytes for well-formed UTF-8 (Unicode table 3-7: no overlong forms, no surrogates, nothing above
 * U+10FFFF), piece by piece. Goes on after a bad byte, to learn whether any sequence was valid.
 */
export class Utf8Scan {
  /** Offset of the first byte that belongs to no valid sequence. */
  firstBadOffset: number | undefined;
  /** Whether any valid sequence of two bytes or more was seen, other than a leading byte order mark. */
  hasSequence = false;
  #offset = 0;
  #start = 0;
  #remaining = 0;
  #low = 0x80;
  #high = 0xbf;

  write(bytes: Uint8Array): void {
    for (let index = 0; index < bytes.length; index++) {
      const byte = bytes[index] ?? 0;
      if (byte < 0x80 && this.#remaining === 0) continue;
      this.#next(byte, this.#offset + index);
    }
    this.#offset += bytes.length;
  }

  end(): void {
    if (this.#remaining > 0) this.#bad(this.#start);
  }

  #next(byte: number, offset: number): void {
    if (this.#remaining > 0) {
      if (byte >= this.#low && byte <= this.#high) {
        this.#remaining -= 1;
        this.#low = 0x80;
        this.#high = 0xbf;
        if (this.#remaining === 0) this.hasSequence = true;
        return;
      }
      this.#bad(this.#start);
      this.#remaining = 0;
    }
    this.#lead(byte, offset);
  }

  #lead(byte: number, offset: number): void {
    if (byte < 0x80) return;
    this.#start = offset;
    this.#low = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
    this.#high = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf;
    if (byte >= 0xc2 && byte <= 0xdf) this.#remaining = 1;
    else if (byte >= 0xe0 && byte <= 0xef) this.#remaining = 2;
    else if (byte >= 0xf0 && byte <= 0xf4) this.#remaining = 3;
    else this.#bad(offset);
  }

  #bad(offset: number): void {
    this.firstBadOffset ??= offset;
  }
}

/** Checks bytes for well-formed UTF-16 (paired surrogates, whole code units), piece by piece. */
export class Utf16Scan {
  /** Offset of the first byte of the first code unit that is not well-formed. */
  firstBadOffset: number | undefined;
  #littleEndian: boolean;
  #offset = 0;
  #firstByte: number | undefined;
  #highSurrogateAt: number | undefined;

  constructor(littleEndian: boolean) {
    this.#littleEndian = littleEndian;
  }

  write(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (this.#firstByte === undefined) this.#firstByte = byte;
      else {
        this.#unit(this.#littleEndian ? byte : this.#firstByte, this.#offset - 1);
        this.#firstByte = undefined;
      }
      this.#offset += 1;
    }
  }

  end(): void {
    if (this.#highSurrogateAt !== undefined) this.firstBadOffset ??= this.#highSurrogateAt;
    if (this.#firstByte !== undefined) this.firstBadOffset ??= this.#offset - 1;
  }

  /** The upper byte alone tells a surrogate. */
  #unit(upper: number, offset: number): void {
    const isHigh = upper >= 0xd8 && upper <= 0xdb;
    const isLow = upper >= 0xdc && upper <= 0xdf;
    if (this.#highSurrogateAt !== undefined && !isLow) this.firstBadOffset ??= this.#highSurrogateAt;
    if (this.#highSurrogateAt === undefined && isLow) this.firstBadOffset ??= offset;
    this.#highSurrogateAt = isHigh ? offset : undefined;
  }
}
