/**
 * Exports one submission of so many rows into a folder and prints how long that took and the most memory this process
 * ever had, in bytes. The table and the bucket are stand-ins that hold nothing: each chunk of rows is made when it is
 * read, each object written to a file at once.
 */
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { BatchGetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { ownClients } from '../../shared/aws/clients.ts';
import { exportUnits } from '../../shared/aws/exports.ts';
import { pack } from '../../shared/aws/packed-items.ts';
import { storeHead } from '../../shared/aws/stored-head.ts';
import { keys } from '../../shared/aws/table-keys.ts';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { emptyHead, publish } from '../../shared/domain/head.ts';
import type { Observation } from '../../shared/domain/observation.ts';

const [, , folder = '', rowsText = ''] = process.argv;
const rows = Number(rowsText);
const rowsPerChunk = 500;
const chunksPerPage = 20;
const id = '01G3ABCDEFGHJKMNPQRSTVWXYZ';
const receivedAt = '2022-12-31T10:00:00.000Z';
const figure = {
  indicator: 'II.9.1',
  period: '2022-11',
  asAt: '2022-11-30',
  numerator: 1,
  denominator: 2,
  areas: rows,
};
const head = publish(
  emptyHead('01', 2022),
  { id, sha256: 'a'.repeat(64), receivedAt, figures: [figure] },
  receivedAt,
);

const stored: [{ pk: string; sk: string }, unknown][] = [
  [keys.head('01', 2022), storeHead(head)],
  [keys.figures('01', id), { submission: id, figures: [figure] }],
];
const items = new Map(
  stored.map(([key, value]) => [`${key.pk} ${key.sk}`, { ...key, content: pack(value) }]),
);

const clients = ownClients();
let bytes = 0;
let objects = 0;
clients.documents.send = async (command: unknown) => {
  if (command instanceof BatchGetCommand) {
    const wanted = command.input.RequestItems?.[process.env.TABLE_NAME ?? '']?.Keys ?? [];
    const found = wanted.flatMap(({ pk, sk }) => items.get(`${pk} ${sk}`) ?? []);
    return { Responses: { [process.env.TABLE_NAME ?? '']: found } };
  }
  if (!(command instanceof QueryCommand)) throw new Error('not a command of the export');
  const { ':pk': pk, ':first': first } = command.input.ExpressionAttributeValues ?? {};
  if (pk !== keys.rows('01', id, 1).pk || first === undefined) return { Items: [] };
  return pageAfter(Number(command.input.ExclusiveStartKey?.chunk ?? 0));
};
clients.objects.send = async (command: unknown) => {
  if (!(command instanceof PutObjectCommand)) return { Contents: [] };
  const { Key = '', Body } = command.input;
  if (!(Body instanceof Uint8Array)) throw new Error('an object of the export is bytes');
  if (Key.startsWith('observations/')) {
    writeFileSync(join(folder, basename(Key)), Body);
    bytes += Body.length;
    objects += 1;
  }
  return {};
};

function pageAfter(first: number) {
  const chunks = Math.ceil(rows / rowsPerChunk);
  const last = Math.min(first + chunksPerPage, chunks);
  const Items = Array.from({ length: last - first }, (_, index) => ({
    ...keys.rows('01', id, first + index + 1),
    content: pack(chunkOf(first + index)),
  }));
  return { Items, ...(last < chunks && { LastEvaluatedKey: { chunk: last } }) };
}

function chunkOf(chunk: number): Observation[] {
  const start = chunk * rowsPerChunk;
  return Array.from({ length: Math.min(rowsPerChunk, rows - start) }, (_, index) => rowOf(start + index));
}

function rowOf(index: number): Observation {
  return {
    row: index + 2,
    indicator: 'II.9.1',
    period: `2022-${String((index % 11) + 1).padStart(2, '0')}`,
    area: String(10_000 + (index % 10_599)),
    numerator: (index * 7919) % 100_003,
    denominator: 100_003 + index,
    value: `${index % 100}.${(index * 31) % 1000}`,
    evidence: `Số ${index}/QĐ-UBND`,
    note: `Ghi chú của dòng ${index}`,
  };
}

const startedMs = performance.now();
await exportUnits(clients, loadCatalogue(), ['01'], () => receivedAt);
const seconds = (performance.now() - startedMs) / 1000;
const peakBytes = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ rows, objects, bytes, seconds, peakBytes }));
