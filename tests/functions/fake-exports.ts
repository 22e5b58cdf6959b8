import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';

/** The bucket of the export in memory, behind every S3 client, with the conditions of its writes. */
export function fakeExports() {
  const mock = mockClient(S3Client);
  const objects = new Map<string, Uint8Array>();
  const tagOf = (bytes: Uint8Array) => `"${createHash('md5').update(bytes).digest('hex')}"`;
  /** Called before each write, for what others do at that moment. */
  let beforeWrite: (key: string) => void = () => {};

  function reset(): void {
    objects.clear();
    mock.reset();
    beforeWrite = () => {};
    mock.on(ListObjectsV2Command).callsFake(({ Prefix }) => ({
      Contents: [...objects]
        .filter(([key]) => key.startsWith(Prefix))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([Key, bytes]) => ({ Key, ETag: tagOf(bytes), Size: bytes.length })),
    }));
    mock.on(GetObjectCommand).callsFake(({ Key }) => {
      const bytes = objects.get(Key);
      if (!bytes) throw refusal('NoSuchKey');
      return { Body: Object.assign(Readable.from([bytes]), { transformToByteArray: async () => bytes }) };
    });
    mock.on(DeleteObjectCommand).callsFake(({ Key }) => {
      objects.delete(Key);
      return {};
    });
    mock.on(PutObjectCommand).callsFake(async ({ Key, Body, IfMatch, IfNoneMatch }) => {
      beforeWrite(Key);
      const bytes = Body instanceof Uint8Array ? new Uint8Array(Body) : await bytesOf(Body);
      const present = objects.get(Key);
      if (IfNoneMatch === '*' && present) throw refusal('PreconditionFailed');
      if (IfMatch !== undefined && !present) throw refusal('NoSuchKey');
      if (IfMatch !== undefined && present && IfMatch !== tagOf(present)) throw refusal('PreconditionFailed');
      objects.set(Key, bytes);
      return {};
    });
  }

  reset();
  return {
    mock,
    reset,
    objects,
    onWrite: (act: (key: string) => void) => {
      beforeWrite = act;
    },
    /** What was written and deleted, in order: `put points/unit=74/points.parquet`. */
    changes: () =>
      mock.calls().flatMap(({ args: [command] }) => {
        if (command instanceof PutObjectCommand) return [`put ${command.input.Key}`];
        return command instanceof DeleteObjectCommand ? [`delete ${command.input.Key}`] : [];
      }),
  };
}

function refusal(name: string): S3ServiceException {
  return new S3ServiceException({ name, message: 'no', $fault: 'client', $metadata: {} });
}

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return new Uint8Array(Buffer.concat(chunks));
}
