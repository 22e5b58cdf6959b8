import { createHash } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { SourceFile } from '../domain/intake/source-file.ts';
import { bodyNotText, contentTypeUnsupported, dryRunTooLarge } from '../domain/problem.ts';
import type { DryRunVariant } from '../domain/routes/api-route.ts';

type Body = Pick<APIGatewayProxyEventV2, 'body' | 'headers' | 'isBase64Encoded'>;

/**
 * The file that is the body of a request, byte by byte. The gateway hands `text/csv` and JSON over as text: what
 * was not UTF-8 is lost by then, and refused rather than checked as another file than the one that was sent.
 *
 * @throws ProblemError 413 above the variant's size or lines, 415 for another type of body or lost bytes.
 */
export function fileOfRequest(
  event: Body,
  { contentTypes, maxBytes, maxLines }: DryRunVariant,
  unit: string,
): SourceFile {
  const contentType = event.headers['content-type'] ?? '';
  if (!contentTypes.includes(mediaType(contentType))) throw contentTypeUnsupported(contentType, contentTypes);
  const body = event.body ?? '';
  const bytes = Buffer.from(body, event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maxBytes) throw dryRunTooLarge('bytes', bytes.length, maxBytes, unit);
  const lines = countLines(bytes);
  if (lines > maxLines) throw dryRunTooLarge('lines', lines, maxLines, unit);
  if (!event.isBase64Encoded && hasLostBytes(body, bytes.length, event.headers['content-length'])) {
    throw bodyNotText();
  }
  return {
    async *open() {
      yield bytes;
    },
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

/** `text/csv` of `Text/CSV; charset=utf-8`. */
function mediaType(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}

/** Line breaks, of whichever kind there are more: CR LF counts once. */
function countLines(bytes: Uint8Array): number {
  let feeds = 0;
  let returns = 0;
  for (const byte of bytes) {
    if (byte === 0x0a) feeds += 1;
    else if (byte === 0x0d) returns += 1;
  }
  return Math.max(feeds, returns);
}

/** A decoder puts U+FFFD for a byte it cannot read; one that assumes another encoding changes the length. */
function hasLostBytes(text: string, bytes: number, announced: string | undefined): boolean {
  return text.includes('\uFFFD') || (announced !== undefined && Number(announced) !== bytes);
}
