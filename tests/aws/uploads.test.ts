import { describe, expect, it } from 'vitest';
import { ownClients } from '../../shared/aws/clients.ts';
import { parseUploadKey, presignUpload, uploadKey } from '../../shared/aws/uploads.ts';

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
