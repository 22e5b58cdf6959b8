import { PutCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Instant } from '../domain/calendar.ts';
import { type Head, headAt } from '../domain/head.ts';
import {
  type Figure,
  figureSchema,
  type Observation,
  observationSchema,
  type Point,
  type Publication,
} from '../domain/observation.ts';
import type { Clients } from './clients.ts';
import { requireEnvironment } from './environment.ts';
import { loadManyPacked, pack, unpack } from './packed-items.ts';
import { keys } from './table-keys.ts';

const tableName = requireEnvironment('TABLE_NAME');

/**
 * Characters of JSON packed into one chunk item: even text that does not compress stays below DynamoDB's
 * 400 kB an item; ordinary rows shrink to a tenth.
 */
const chunkCharacters = 100_000;

const rowsSchema = z.array(observationSchema);
const submissionFiguresSchema = z.strictObject({ submission: z.string(), figures: z.array(figureSchema) });

/**
 * Writes a submission's rows and figures under its own keys. Nobody sees them until the head names the
 * submission, and writing them again changes nothing.
 */
export async function saveFigures(
  { documents }: Clients,
  unit: string,
  submissionId: string,
  figures: readonly Figure[],
  observations: AsyncIterable<Observation>,
): Promise<void> {
  let chunk: Observation[] = [];
  let characters = 0;
  let chunks = 0;
  const write = async () => {
    const key = keys.rows(unit, submissionId, ++chunks);
    await documents.send(new PutCommand({ TableName: tableName, Item: { ...key, content: pack(chunk) } }));
    chunk = [];
    characters = 0;
  };
  for await (const observation of observations) {
    chunk.push(observation);
    characters += JSON.stringify(observation).length;
    if (characters >= chunkCharacters) await write();
  }
  if (chunk.length > 0) await write();
  const content = pack({ submission: submissionId, figures });
  await documents.send(
    new PutCommand({ TableName: tableName, Item: { ...keys.figures(unit, submissionId), content } }),
  );
}

/** The rows of a submission, in the order of its file. */
export async function* loadRows(
  { documents }: Clients,
  unit: string,
  submissionId: string,
): AsyncGenerator<Observation> {
  const { pk, sk } = keys.rows(unit, submissionId, 0);
  const pages = paginateQuery(
    { client: documents },
    {
      TableName: tableName,
      KeyConditionExpression: 'pk = :pk AND sk > :first',
      ExpressionAttributeValues: { ':pk': pk, ':first': sk },
      ConsistentRead: true,
    },
  );
  for await (const { Items = [] } of pages) {
    for (const item of Items) yield* unpack(item, rowsSchema);
  }
}

/** The rows behind a point, in the order of their file: all, or those of one area. */
export async function listRowsOfPoint(
  clients: Clients,
  unit: string,
  { submissionId, indicator, period }: Pick<Point, 'submissionId' | 'indicator' | 'period'>,
  area: string | undefined,
): Promise<Observation[]> {
  const rows: Observation[] = [];
  for await (const row of loadRows(clients, unit, submissionId)) {
    const isOfPoint = row.indicator === indicator && row.period === period;
    if (isOfPoint && (area === undefined || row.area === area)) rows.push(row);
  }
  return rows;
}

/**
 * Every submission the heads name, with all it said: the whole history that past days are assessed from.
 * Throws when a head names a submission whose figures are not there, which no write order allows.
 */
export async function loadPublications(
  { documents }: Clients,
  heads: readonly Head[],
): Promise<Map<string, Publication[]>> {
  const named = heads.flatMap(({ unit, submissions }) =>
    submissions.map((submission) => ({ unit, submission })),
  );
  const wanted = named.map(({ unit, submission }) => keys.figures(unit, submission.id));
  const stored = await loadManyPacked(documents, wanted, submissionFiguresSchema);
  const figures = new Map(stored.map((item) => [item.submission, item.figures]));
  const byUnit = new Map<string, Publication[]>();
  for (const { unit, submission } of named) {
    const own = figures.get(submission.id);
    if (own === undefined)
      throw new Error(`The head of ${unit} names ${submission.id}, whose figures are missing`);
    const { id: submissionId, receivedAt, acceptedAt, withdrawnAt } = submission;
    const publication = { submissionId, receivedAt, acceptedAt, withdrawnAt, figures: own };
    byUnit.set(unit, [...(byUnit.get(unit) ?? []), publication]);
  }
  return byUnit;
}

/** A head as it was known at an instant. */
export async function loadHeadAt(clients: Clients, head: Head, asOf: Instant): Promise<Head> {
  const publications = await loadPublications(clients, [head]);
  return headAt(head, publications.get(head.unit) ?? [], asOf);
}
