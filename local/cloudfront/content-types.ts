import { extname } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.csv': 'text/csv',
  '.html': 'text/html',
  '.ico': 'image/vnd.microsoft.icon',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.wasm': 'application/wasm',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** The content type a deployment gives a file by its name, or S3's own for what it does not know. */
export function contentTypeOf(name: string): string {
  return types[extname(name).toLowerCase()] ?? 'binary/octet-stream';
}

/** Types that CloudFront compresses, of those above. @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html */
const compressed: readonly string[] = [
  'application/json',
  'application/wasm',
  'image/svg+xml',
  'image/vnd.microsoft.icon',
  'text/css',
  'text/csv',
  'text/html',
  'text/javascript',
  'text/plain',
];

/** CloudFront compresses what is from 1,000 to 10,000,000 bytes. */
export function isCompressible(contentType: string, bytes: number): boolean {
  return compressed.includes(contentType) && bytes >= 1_000 && bytes <= 10_000_000;
}
