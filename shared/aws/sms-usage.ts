import { type Instant, monthsFrom, type Period } from '../domain/calendar.ts';
import {
  emptyUsage,
  monthlyPartsSchema,
  reserve,
  type SmsUsage,
  smsMonth,
  smsUsageSchema,
  type WantedSms,
} from '../domain/sms-budget.ts';
import type { Clients } from './clients.ts';
import { ConcurrentWriteError, loadManyPacked, savePacked } from './packed-items.ts';
import { keys } from './table-keys.ts';

const monthlyParts = monthlyPartsSchema.parse(process.env.SMS_MONTHLY_PARTS);

/** Reads what was reserved from `firstMonth` to the month of `asOf`; months without an SMS are left out. */
export async function loadUsages(
  { documents }: Clients,
  firstMonth: Period,
  asOf: Instant,
): Promise<SmsUsage[]> {
  const lastMonth = smsMonth(asOf);
  const months: Period[] = [];
  for (const month of monthsFrom(firstMonth)) {
    if (month > lastMonth) break;
    months.push(month);
  }
  return await loadManyPacked(documents, months.map(keys.smsUsage), smsUsageSchema);
}

/**
 * Takes text messages from the budget of the month, in their order, and returns the ids of those that may be sent.
 * Asking again for what was granted grants it again, at no further cost.
 */
export async function reserveSms(
  clients: Clients,
  wanted: readonly WantedSms[],
  now: Instant,
): Promise<Set<string>> {
  if (wanted.length === 0) return new Set();
  const month = smsMonth(now);
  for (;;) {
    const [stored = emptyUsage(month, monthlyParts)] = await loadUsages(clients, month, now);
    const before = { ...stored, budget: monthlyParts };
    const { usage, granted } = reserve(before, wanted, now);
    if (usage === before) return granted;
    try {
      await savePacked(clients.documents, keys.smsUsage(month), { ...usage, version: usage.version + 1 });
      return granted;
    } catch (error) {
      if (!(error instanceof ConcurrentWriteError)) throw error;
    }
  }
}
