import { AwsError } from '../aws-service.ts';

const maxLineBytes = 8 * 1024;

/**
 * The bytes inside a body of content-encoding `aws-chunked` without chunk signatures, as SDKs send streams:
 * `5\r\nhello\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n`. Trailers are put into `trailers`, names in lower
 * case, once the bytes have ended. Throws `AwsError` 400 when the body is malformed, goes on behind its end or
 * stops before it.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Uint8Array>,
  trailers: Map<string, string>,
): AsyncGenerator<Uint8Array> {
  const reader = createReader(source);
  for (;;) {
    const header = await reader.line();
    if (!/^[0-9a-f]{1,8}$/i.test(header)) throw malformed(`a chunk begins with ${JSON.stringify(header)}`);
    const size = Number.parseInt(header, 16);
    if (size === 0) break;
    yield* reader.bytes(size);
    if ((await reader.line()) !== '') throw malformed('a chunk is longer than it says');
  }
  for (;;) {
    const line = await reader.line();
    if (line === '') break;
    const at = line.indexOf(':');
    if (at < 0) throw malformed(`a trailer is ${JSON.stringify(line)}`);
    trailers.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim());
  }
  if (!(await reader.isAtEnd())) throw malformed('there are bytes behind its end');
}

function createReader(source: AsyncIterable<Uint8Array>) {
  const chunks = source[Symbol.asyncIterator]();
  let pending: Buffer = Buffer.alloc(0);

  async function fill(): Promise<boolean> {
    const { done, value } = await chunks.next();
    if (done) return false;
    const piece = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    pending = pending.length === 0 ? piece : Buffer.concat([pending, piece]);
    return true;
  }

  return {
    /** The next line without its CRLF. */
    async line(): Promise<string> {
      for (;;) {
        const at = pending.indexOf('\r\n');
        if (at > maxLineBytes || (at < 0 && pending.length > maxLineBytes))
          throw malformed('a line is too long');
        if (at >= 0) {
          const line = pending.toString('latin1', 0, at);
          pending = pending.subarray(at + 2);
          return line;
        }
        if (!(await fill())) throw incomplete();
      }
    },
    /** The next `count` bytes, in the pieces they arrive in. */
    async *bytes(count: number): AsyncGenerator<Uint8Array> {
      let left = count;
      while (left > 0) {
        if (pending.length === 0 && !(await fill())) throw incomplete();
        const piece = pending.subarray(0, left);
        pending = pending.subarray(piece.length);
        left -= piece.length;
        yield piece;
      }
    },
    async isAtEnd(): Promise<boolean> {
      while (pending.length === 0) if (!(await fill())) return true;
      return false;
    },
  };
}

function incomplete(): AwsError {
  return new AwsError(400, 'IncompleteBody', 'The request body terminated unexpectedly');
}

function malformed(why: string): AwsError {
  return new AwsError(400, 'InvalidRequest', `The aws-chunked body is malformed: ${why}`);
}
