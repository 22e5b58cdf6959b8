import * as z from 'zod';
import { dayOf, type Instant, type Period } from './calendar.ts';

/** So many messages of one part surely fit the one item of 400 kB that holds their ids. */
export const maxMonthlyParts = 7_500;

const budgetFormat = 'The monthly budget must be a whole number of SMS parts, up to 7,500';

/** How many SMS parts may be sent in a month, as a setting says it: `5000`, which is also what applies without. */
export const monthlyPartsSchema = z
  .string()
  .regex(/^\d{1,5}$/, budgetFormat)
  .transform(Number)
  .refine((parts) => parts <= maxMonthlyParts, budgetFormat)
  .default(5_000);

/**
 * The SMS parts of a month in Asia/Ho_Chi_Minh, `2022-07`: those there were to spend when last asked, and those
 * reserved, by notification id. `reachedAt` is when a message was first refused; it stays when the budget is
 * raised. `version` counts the changes, for conditional writes.
 */
export const smsUsageSchema = z.strictObject({
  month: z.string().regex(/^\d{4}-\d{2}$/),
  version: z.int(),
  budget: z.int(),
  parts: z.record(z.string(), z.int()),
  reachedAt: z.iso.datetime().optional(),
});
export type SmsUsage = z.infer<typeof smsUsageSchema>;

/** A message that is to be sent, by its notification id, and the parts it takes. */
export interface WantedSms {
  id: string;
  parts: number;
}

/** The month whose budget an SMS of this instant is taken from: `2022-07`. */
export function smsMonth(instant: Instant): Period {
  return dayOf(instant).slice(0, 7);
}

/** A month in which nothing is reserved yet. */
export function emptyUsage(month: Period, budget: number): SmsUsage {
  return { month, version: 0, budget, parts: {} };
}

/**
 * Takes messages from a month's budget, in their order, up to the first that would exceed it; none after that one
 * is granted. A message reserved before is granted again and counted once. Returns the same usage when nothing
 * changes. `version` stays as it is: whoever saves the usage counts it up.
 */
export function reserve(
  usage: SmsUsage,
  wanted: readonly WantedSms[],
  now: Instant,
): { usage: SmsUsage; granted: Set<string> } {
  const reserved = new Map(Object.entries(usage.parts));
  const granted = new Set<string>();
  let left = usage.budget - Object.values(usage.parts).reduce((sum, parts) => sum + parts, 0);
  let isReached = false;
  for (const { id, parts } of wanted) {
    if (!reserved.has(id)) {
      isReached ||= parts > left;
      if (isReached) continue;
      reserved.set(id, parts);
      left -= parts;
    }
    granted.add(id);
  }
  const isFirst = isReached && usage.reachedAt === undefined;
  const isSame = reserved.size === Object.keys(usage.parts).length && !isFirst;
  if (isSame) return { usage, granted };
  return {
    usage: { ...usage, parts: Object.fromEntries(reserved), ...(isFirst && { reachedAt: now }) },
    granted,
  };
}
