import { Readable } from 'node:stream';
import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';

interface StoredObject {
  content: string;
  lastModified: string;
}

/** The buckets in memory, behind every S3 client: objects by `<bucket>/<key>`. */
export function fakeBuckets() {
  const mock = mockClient(S3Client);
  const objects = new Map<string, StoredObject>();

  function reset(): void {
    objects.clear();
    mock.reset();
    mock.on(GetObjectCommand).callsFake(({ Bucket, Key }) => {
      const found = objects.get(`${Bucket}/${Key}`);
      if (!found) throw new NoSuchKey({ message: 'no', $metadata: {} });
      const Body = Object.assign(Readable.from([Buffer.from(found.content)]), {
        transformToString: async () => found.content,
      });
      return { Body, LastModified: new Date(found.lastModified) };
    });
    mock.on(PutObjectCommand).callsFake(({ Bucket, Key, Body }) => {
      objects.set(`${Bucket}/${Key}`, { content: Body, lastModified: new Date().toISOString() });
      return {};
    });
  }

  reset();
  return {
    mock,
    reset,
    put: (path: string, content: string, lastModified: string) =>
      objects.set(path, { content, lastModified }),
    text: (path: string) => String(objects.get(path)?.content),
    json: (path: string) => JSON.parse(objects.get(path)?.content ?? 'null'),
    /** The objects that were written, in order. */
    written: () =>
      mock.commandCalls(PutObjectCommand).map(({ args: [{ input }] }) => `${input.Bucket}/${input.Key}`),
  };
}
