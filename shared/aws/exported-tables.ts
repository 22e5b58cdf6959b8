import { createHash } from 'node:crypto';
import type { Row } from '../domain/tables/table.ts';
import type { TableName } from '../domain/tables.ts';
import { tableOf } from '../domain/tables.ts';
import type { Clients } from './clients.ts';
import { type PresentObjects, replaceExported, tagOf } from './export-objects.ts';
import { writeParquet } from './parquet-file.ts';

/**
 * What rows an object was last made of, as their digest, and the tag it got. The same rows give the same bytes, so a
 * process that has made them need not make them again to know that they are what is there.
 */
const made = new Map<string, { rows: string; tag: string }>();

/**
 * Makes an object the file of these rows of a table, unless it is that already; a table without rows has no object.
 * `present` is what was listed before the rows were read. Returns whether anything changed.
 *
 * @throws ExportOvertakenError when somebody else wrote it since then.
 */
export async function replaceTable(
  clients: Clients,
  present: PresentObjects,
  key: string,
  name: TableName,
  rows: readonly Row[],
): Promise<boolean> {
  if (rows.length === 0) return await replaceExported(clients, present, key, undefined);
  const digest = createHash('sha256').update(JSON.stringify(rows)).digest('hex');
  const last = made.get(key);
  if (last?.rows === digest && last.tag === present.get(key)?.tag) return false;
  const content = writeParquet(tableOf(name), rows);
  const isChanged = await replaceExported(clients, present, key, content);
  made.set(key, { rows: digest, tag: tagOf(content) });
  return isChanged;
}
