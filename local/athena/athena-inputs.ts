import * as z from 'zod';
import { AwsError } from '../aws-service.ts';

/** The input of each action of the embedded Athena. Strict: what it lacks is refused, never ignored. */
export const athenaInputs = {
  StartQueryExecution: z.strictObject({
    QueryString: z.string().min(1).max(262_144),
    ClientRequestToken: z.string().min(32).max(128),
    QueryExecutionContext: z.strictObject({ Database: z.string() }),
    WorkGroup: z.string(),
  }),
  GetQueryExecution: z.strictObject({ QueryExecutionId: z.string() }),
  GetQueryResults: z.strictObject({
    QueryExecutionId: z.string(),
    MaxResults: z.int().min(1).max(1000).default(1000),
    NextToken: z.string().regex(/^\d+$/).optional(),
  }),
};

/** Reads the input of an action; throws `AwsError` InvalidRequestException naming each field at fault. */
export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new AwsError(400, 'InvalidRequestException', z.prettifyError(result.error));
}
