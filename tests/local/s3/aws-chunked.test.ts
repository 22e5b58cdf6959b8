import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAwsChunked } from '../../../local/s3/aws-chunked.ts';

async function decode(pieces: readonly Buffer[]) {
  const trailers = new Map<string, string>();
  const decoded: Uint8Array[] = [];
  for await (const piece of decodeAwsChunked(Readable.from(pieces), trailers)) decoded.push(piece);
  return { content: Buffer.concat(decoded), trailers: Object.fromEntries(trailers) };
}

const cut = (whole: Buffer, at: readonly number[]) => {
  const ends = [...new Set(at.map((n) => n % (whole.length + 1)))].sort((a, b) => a - b);
  return [...ends, whole.length].map((end, i) => whole.subarray(ends[i - 1] ?? 0, end));
};

describe('an aws-chunked body', () => {
  it('gives its bytes and its trailers', async () => {
    const body = Buffer.from('5\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32: DUoRhQ==\r\n\r\n');
    const { content, trailers } = await decode([body]);
    expect(content.toString()).toBe('hello world');
    expect(trailers).toEqual({ 'x-amz-checksum-crc32': 'DUoRhQ==' });
  });

  it('gives the same however it is chunked and however it arrives', async () => {
    const chunk = fc.uint8Array({ minLength: 1, maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(fc.array(chunk, { maxLength: 6 }), fc.array(fc.nat(3000)), async (chunks, at) => {
        const encoded = chunks.flatMap((bytes) => [
          Buffer.from(`${bytes.length.toString(16)}\r\n`),
          Buffer.from(bytes),
          Buffer.from('\r\n'),
        ]);
        const whole = Buffer.concat([...encoded, Buffer.from('0\r\na:b\r\n\r\n')]);
        const { content, trailers } = await decode(cut(whole, at));
        expect(content.equals(Buffer.concat(chunks))).toBe(true);
        expect(trailers).toEqual({ a: 'b' });
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['a size that is no number', 'x\r\nhello\r\n0\r\n\r\n', 'InvalidRequest'],
    ['a signed chunk', '5;chunk-signature=abc\r\nhello\r\n0\r\n\r\n', 'InvalidRequest'],
    ['a chunk longer than its size', '4\r\nhello\r\n0\r\n\r\n', 'InvalidRequest'],
    ['a chunk shorter than its size', '6\r\nhello\r\n0\r\n\r\n', 'InvalidRequest'],
    ['a trailer without a colon', '0\r\nabc\r\n\r\n', 'InvalidRequest'],
    ['bytes behind its end', '0\r\n\r\nabc', 'InvalidRequest'],
    ['a line without end', 'a'.repeat(9000), 'InvalidRequest'],
    ['nothing', '', 'IncompleteBody'],
    ['an end inside a chunk', '5\r\nhel', 'IncompleteBody'],
    ['no last chunk', '5\r\nhello\r\n', 'IncompleteBody'],
    ['no empty line at its end', '0\r\na:b\r\n', 'IncompleteBody'],
  ])('with %s is refused', async (_case, body, code) => {
    await expect(decode([Buffer.from(body)])).rejects.toMatchObject({ code });
  });
});
