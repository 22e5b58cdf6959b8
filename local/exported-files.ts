import { join } from 'node:path';
import { listObjectFiles, type ObjectFile } from './s3/object-files.ts';
import { physicalName } from './template/names.ts';

const exportBucket = physicalName({
  stack: 'TiendoData',
  logicalId: 'ExportBucket',
  type: 'AWS::S3::Bucket',
  properties: {},
});

/**
 * What the pipeline exported for analysts in a data directory, by the keys of the export bucket, whether or not the
 * cloud runs. `undefined` when the directory is not that of an embedded cloud.
 */
export function listExportedFiles(dataDirectory: string): ObjectFile[] | undefined {
  return listObjectFiles(join(dataDirectory, 's3'), exportBucket);
}
