import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { Readable } from 'node:stream';
import type { Instant } from '../../shared/domain/calendar.ts';
import type { ObjectStore, StoredObject } from '../s3/object-store.ts';
import type { BucketDeploymentSettings } from '../template/bucket-deployments.ts';
import { contentTypeOf } from './content-types.ts';

/**
 * Does what CDK's bucket deployment does: copies the files of each source into the bucket, with what is known at
 * deployment only put in the place of its markers. An object that holds the same already is left as it is.
 */
export async function publishFiles(
  deployments: readonly BucketDeploymentSettings[],
  objects: ObjectStore,
  now: () => Instant,
): Promise<void> {
  for (const { bucket, prefix, sources, headers } of deployments) {
    for (const { directory, replacements, isJson } of sources) {
      for (const name of filesOf(directory)) {
        const content = fill(readFileSync(join(directory, name)), replacements, isJson);
        const key = `${prefix}${name.replaceAll(sep, '/')}`;
        if (holds(objects.find(bucket, key), content, headers)) continue;
        const upload = await objects.receive(
          Readable.from([content]),
          content.length,
          () => new Error(`${key} has grown`),
        );
        objects.commit(upload, {
          bucket,
          key,
          lastModified: `${now().slice(0, 19)}.000Z`,
          headers: { ...headers, 'content-type': contentTypeOf(key) },
        });
      }
    }
  }
}

function holds(
  object: StoredObject | undefined,
  content: Buffer,
  headers: Readonly<Record<string, string>>,
): boolean {
  if (object?.sha256 !== createHash('sha256').update(content).digest('hex')) return false;
  return Object.entries(headers).every(([name, value]) => object.headers[name] === value);
}

function filesOf(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(directory, name)).isFile())
    .sort();
}

function fill(content: Buffer, replacements: Readonly<Record<string, string>>, isJson: boolean): Buffer {
  const markers = Object.entries(replacements);
  if (markers.length === 0) return content;
  const filled = markers.reduce((text, [marker, value]) => {
    return text.replaceAll(marker, () => (isJson ? JSON.stringify(value).slice(1, -1) : value));
  }, content.toString('utf8'));
  return Buffer.from(filled);
}
