import * as z from 'zod';
import { downloadAnswer } from './api-answers.ts';
import { bilingualSchema } from './catalogue.ts';
import { cellTypes } from './query-cells.ts';

/** The most rows that are answered; the download has all. */
export const maxRowsAnswered = 1000;

/** Parameters of a named query by name, each as text; those left out are at their default. */
export const queryRequestSchema = z.strictObject({
  parameters: z.record(z.string(), z.string().max(100)).default({}),
  requestToken: z
    .string()
    .min(1)
    .max(128)
    .optional()
    .describe(
      'Gửi lại cùng giá trị này thì không chạy lại truy vấn; mặc định là một lần mỗi phút · ' +
        'sent again, the query is not run again; by default once a minute',
    ),
});

const columnAnswer = z.object({ name: z.string(), title: bilingualSchema, unit: bilingualSchema.optional() });

/**
 * The named queries. `sql` is the statement with its parameters as `${name}`, the same for Athena and DuckDB; `columns`
 * are those of its answer.
 */
export const queryListAnswer = z.object({
  queries: z
    .array(
      z.object({
        name: z.string(),
        title: bilingualSchema,
        description: bilingualSchema,
        parameters: z
          .array(
            z.object({
              name: z.string(),
              kind: z.enum(['day', 'unit', 'indicator']),
              title: bilingualSchema,
              default: z.string(),
            }),
          )
          .readonly(),
        columns: z.array(columnAnswer).readonly(),
        sql: z.string(),
      }),
    )
    .readonly(),
});

/** What a running of a named query says of itself, whatever its state. */
const execution = {
  id: z.string(),
  query: z.string(),
  /** What is run, parameters put in: for Athena and DuckDB alike. */
  statement: z.string(),
};

/** A query that was started: ask for its execution by `id`. */
export const startedQueryAnswer = z.object(execution);

/**
 * How a running of a query stands. `rows` are the first 1,000, cells as text in the form of their column's type, or
 * null; `rowCount` is how many there are, absent where that is not known: there are more then. `bytesScanned` is how
 * much of the export was read. `download` is the whole answer as CSV: for Excel in Vietnam where `isForExcel`, else as
 * Athena wrote it, with commas and decimal points.
 */
export const queryExecutionAnswer = z.discriminatedUnion('state', [
  z.object({ ...execution, state: z.enum(['queued', 'running']), submittedAt: z.iso.datetime() }),
  z.object({
    ...execution,
    state: z.literal('failed'),
    submittedAt: z.iso.datetime(),
    reason: bilingualSchema,
  }),
  z.object({
    ...execution,
    state: z.literal('succeeded'),
    submittedAt: z.iso.datetime(),
    completedAt: z.iso.datetime(),
    bytesScanned: z.int(),
    columns: z.array(columnAnswer.partial({ title: true }).extend({ type: z.enum(cellTypes) })),
    rows: z.array(z.array(z.string().nullable()).readonly()).readonly(),
    rowCount: z.int().optional(),
    download: downloadAnswer.extend({ isForExcel: z.boolean() }),
  }),
]);
/** How a query stands, in any of its states. */
export type QueryExecution = z.infer<typeof queryExecutionAnswer>;
