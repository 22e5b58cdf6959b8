import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ownClients } from '../../shared/aws/clients.ts';
import { fetchUpload, parseUploadKey, presignUpload, uploadKey } from '../../shared/aws/uploads.ts';

const file = { fileName: 'a.csv', contentType: 'text/csv' as const, bytes: 3, sha256: 'ab'.repeat(32) };

describe('a presigned upload', () => {
  it('signs everything the sender announced, and nothing of it in the query', async () => {
    const { url } = await presignUpload(ownClients(), '74/01G3ABCDEFGHJKMNPQRSTVWXYZ', file);
    const query = new URL(url).searchParams;
    expect(query.get('X-Amz-SignedHeaders')?.split(';')).toEqual([
      'content-length',
      'content-type',
      'host',
      'if-none-match',
      'x-amz-checksum-sha256',
    ]);
    expect(query.get('X-Amz-Expires')).toBe('300');
    expect([...query.keys()].filter((name) => name.toLowerCase().includes('checksum'))).toEqual([]);
  });

  it('tells the sender the headers to send', async () => {
    const { headers } = await presignUpload(ownClients(), '74/01G3ABCDEFGHJKMNPQRSTVWXYZ', file);
    expect(headers).toEqual({
      'content-length': '3',
      'content-type': 'text/csv',
      'if-none-match': '*',
      'x-amz-checksum-sha256': Buffer.from(file.sha256, 'hex').toString('base64'),
    });
  });
});

describe('a fetched upload', () => {
  const key = '74/01G3ABCDEFGHJKMNPQRSTVWXYZ';
  const mock = mockClient(S3Client);
  let directory: string;

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'tiendo-uploads-test-'));
    vi.stubEnv('TMPDIR', directory);
    return () => {
      mock.reset();
      vi.unstubAllEnvs();
      rmSync(directory, { recursive: true });
    };
  });

  /** S3 sends the chunks and then, where there is one, breaks off with the error. */
  function answer(chunks: readonly string[], error?: Error) {
    async function* content() {
      for (const chunk of chunks) yield Buffer.from(chunk);
      if (error) throw error;
    }
    const Body = Readable.from(content());
    mock.on(GetObjectCommand).callsFake(() => ({ Body, LastModified: new Date(0) }));
  }

  it('can be read as often as needed, and is gone when it is disposed of', async () => {
    answer(['a', 'bc']);
    const upload = await fetchUpload(ownClients(), key);
    expect(upload).toMatchObject({
      receivedAt: '1970-01-01T00:00:00.000Z',
      bytes: 3,
      sha256: createHash('sha256').update('abc').digest('hex'),
    });
    for (const _ of ['once', 'again'])
      expect(Buffer.concat(await Array.fromAsync(upload.open())).toString()).toBe('abc');
    expect(readdirSync(directory)).toHaveLength(1);
    await upload.dispose();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('that breaks off leaves nothing on the local disk', async () => {
    answer(['a'], new Error('connection lost'));
    await expect(fetchUpload(ownClients(), key)).rejects.toThrow('connection lost');
    expect(readdirSync(directory)).toEqual([]);
  });
});

describe('the key of an upload', () => {
  it('says which unit and submission it belongs to', () => {
    const key = uploadKey('BTTTT', '01G3ABCDEFGHJKMNPQRSTVWXYZ');
    expect(parseUploadKey(key)).toEqual({ unit: 'BTTTT', submissionId: '01G3ABCDEFGHJKMNPQRSTVWXYZ' });
  });

  it.each([
    '74/../79/x',
    '74/01G3ABCDEFGHJKMNPQRSTVWXY',
    '74/01G3ABCDEFGHJKMNPQRSTVWXYZ/x',
    '/01G3ABCDEFGHJKMNPQRSTVWXYZ',
  ])('is never %s', (key) => {
    expect(() => parseUploadKey(key)).toThrow('Not the key of an upload');
  });
});
