import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import type { Cloud } from '../../local/cloud.ts';

/** A packed item of the table, and how much its compressed content takes. */
export interface PackedItem<T> {
  pk: string;
  sk: string;
  bytes: number;
  content: T;
}

const textSchema = z.object({ S: z.string() });
const storedSchema = z.object({
  pk: textSchema,
  sk: textSchema,
  content: z.object({ B: z.base64() }),
});

/** The packed items of one kind: whose partition key ends so (`#ALERTS`), and where given has this sort key. */
export async function readPackedItems<T>(
  cloud: Cloud,
  ending: string,
  schema: z.ZodType<T>,
  sk?: string,
): Promise<PackedItem<T>[]> {
  const items = await cloud.items('Table');
  return items.flatMap((item) => {
    const stored = storedSchema.safeParse(item).data;
    if (!stored?.pk.S.endsWith(ending) || (sk !== undefined && stored.sk.S !== sk)) return [];
    const content = Buffer.from(stored.content.B, 'base64');
    return [
      {
        pk: stored.pk.S,
        sk: stored.sk.S,
        bytes: content.length,
        content: schema.parse(JSON.parse(gunzipSync(content).toString('utf8'))),
      },
    ];
  });
}
