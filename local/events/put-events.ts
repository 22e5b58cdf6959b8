import * as z from 'zod';
import { AwsError } from '../aws-service.ts';
import type { EventInput } from './events.ts';

const maxEntriesBytes = 262_144;
const putEventsSchema = z.strictObject({
  Entries: z
    .array(
      z.strictObject({
        Source: z.string().optional(),
        DetailType: z.string().max(128).optional(),
        Detail: z.string().optional(),
        Resources: z.array(z.string()).optional(),
        /** Seconds since 1970. */
        Time: z.number().optional(),
        EventBusName: z.string().optional(),
      }),
    )
    .min(1)
    .max(10),
});
export type PutEventsEntry = z.infer<typeof putEventsSchema>['Entries'][number];

/** Reads the body of PutEvents; throws `AwsError` ValidationException. */
export function parseEntries(text: string): readonly PutEventsEntry[] {
  const parsed = putEventsSchema.safeParse(parseJson(text));
  if (!parsed.success) throw new AwsError(400, 'ValidationException', z.prettifyError(parsed.error));
  if (Buffer.byteLength(text) > maxEntriesBytes) {
    throw new AwsError(
      400,
      'ValidationException',
      'Total size of the entries in the request is over the limit.',
    );
  }
  return parsed.data.Entries;
}

/** Why one entry of a request is refused, as AWS says it beside the entries that are taken. */
export function faultOf(entry: PutEventsEntry): { ErrorCode: string; ErrorMessage: string } | undefined {
  for (const field of ['Source', 'DetailType', 'Detail'] as const) {
    if (!entry[field])
      return { ErrorCode: 'InvalidArgument', ErrorMessage: `Parameter ${field} is not valid.` };
  }
  if (entry.Source?.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  if (!z.record(z.string(), z.unknown()).safeParse(parseJson(entry.Detail ?? '')).success) {
    return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  }
  return undefined;
}

/** The event of an entry without fault. */
export function asInput({
  Source = '',
  DetailType = '',
  Detail = '',
  Resources = [],
  Time,
}: PutEventsEntry): EventInput {
  return {
    source: Source,
    detailType: DetailType,
    detail: z.record(z.string(), z.unknown()).parse(parseJson(Detail)),
    resources: Resources,
    ...(Time === undefined ? {} : { time: new Date(Time * 1000).toISOString() }),
  };
}

/** The value of a JSON text; `undefined` when it is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}
