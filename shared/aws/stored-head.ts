import * as z from 'zod';
import { type Head, headSchema, publishedSubmissionSchema } from '../domain/head.ts';
import { pointSchema } from '../domain/observation.ts';

/** A table as one list for each property, all of one length: `null` where a row does not have it. */
const cellSchema = z.union([z.string(), z.number(), z.null()]);
const columnsSchema = z.record(z.string(), z.array(cellSchema));
type Cell = z.infer<typeof cellSchema>;
type Columns = z.infer<typeof columnsSchema>;

/** A point shares the times of its submission, which it names by that one's place in the head. */
const pointColumns = [
  'submission',
  ...Object.keys(pointSchema.omit({ submissionId: true, receivedAt: true, acceptedAt: true }).shape),
];
const submissionColumns = Object.keys(publishedSubmissionSchema.shape);

const storedHeadSchema = headSchema
  .omit({ submissions: true, points: true })
  .extend({ submissions: columnsSchema, points: columnsSchema });
export type StoredHead = z.infer<typeof storedHeadSchema>;

/**
 * Turns a head into what its item holds: columns, because alike values beside each other compress to a
 * quarter of what rows take, which keeps the largest head under DynamoDB's 400 kB.
 *
 * @see docs/adr/0004-one-item-per-unit-and-concern.md
 * @throws when a point comes from a submission that the head does not name.
 */
export function storeHead({ submissions, points, ...rest }: Head): StoredHead {
  const places = new Map(submissions.map(({ id }, place) => [id, place]));
  const rows = points.map(({ submissionId, receivedAt: _, acceptedAt: __, ...figure }) => {
    const submission = places.get(submissionId);
    if (submission === undefined) throw new Error(`The head of ${rest.unit} does not name ${submissionId}`);
    return { submission, ...figure };
  });
  return {
    ...rest,
    submissions: toColumns(submissions, submissionColumns),
    points: toColumns(rows, pointColumns),
  };
}

/** Reads a head back from its columns; fails on what is no head. */
export const readHeadSchema = storedHeadSchema
  .transform(({ submissions, points, ...rest }) => {
    const named = toRows(submissions);
    return {
      ...rest,
      submissions: named,
      points: toRows(points).map(({ submission, ...figure }) => {
        const { id, receivedAt, acceptedAt } = named[Number(submission)] ?? {};
        return { ...figure, submissionId: id, receivedAt, acceptedAt };
      }),
    };
  })
  .pipe(headSchema);

function toColumns(rows: readonly object[], names: readonly string[]): Columns {
  const entries = rows.map((row) => new Map<string, Cell>(Object.entries(row)));
  return Object.fromEntries(names.map((name) => [name, entries.map((row) => row.get(name) ?? null)]));
}

function toRows(columns: Columns): Record<string, unknown>[] {
  const names = Object.keys(columns);
  const length = Math.max(0, ...Object.values(columns).map((column) => column.length));
  return Array.from({ length }, (_, place) =>
    Object.fromEntries(
      names.flatMap((name) => {
        const cell = columns[name]?.[place] ?? null;
        return cell === null ? [] : [[name, cell]];
      }),
    ),
  );
}
