import * as z from 'zod';
import { bilingualSchema } from './catalogue.ts';

/** How much of a report is kept in full; everything beyond is counted. */
export const maxIssuesKept = 1000;

/**
 * One finding about a file.
 *
 * `row` is the row Excel shows (title and blank rows count, a line break inside quotes does not); in JSON
 * the observation's position from 1. `column` is the file's own header text (JSON: the field). `cell` is
 * an Excel coordinate such as `D17` where one cell is at fault.
 */
export const issueSchema = z.strictObject({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  row: z.int().optional(),
  column: z.string().optional(),
  cell: z.string().optional(),
  value: z.string().optional(),
  expected: z.string().optional(),
  message: bilingualSchema,
});
export type Issue = z.infer<typeof issueSchema>;
