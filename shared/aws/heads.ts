import type { Instant } from '../domain/calendar.ts';
import { dayOf, yearOf } from '../domain/calendar.ts';
import { emptyHead, type Head } from '../domain/head.ts';
import type { Clients } from './clients.ts';
import { loadManyPacked, loadPacked, savePacked } from './packed-items.ts';
import { readHeadSchema, storeHead } from './stored-head.ts';
import { keys } from './table-keys.ts';

/** Reads the head of a unit and year; one that names nothing yet when there is none. */
export async function loadHead({ documents }: Clients, unit: string, year: number): Promise<Head> {
  return (await loadPacked(documents, keys.head(unit, year), readHeadSchema)) ?? emptyHead(unit, year);
}

/** Reads the heads of units for every year from `firstYear` to the year of `asOf`. */
export async function loadHeads(
  { documents }: Clients,
  units: readonly string[],
  firstYear: number,
  asOf: Instant,
): Promise<Head[]> {
  const lastYear = yearOf(dayOf(asOf));
  const years = Array.from({ length: lastYear - firstYear + 1 }, (_, index) => firstYear + index);
  const wanted = units.flatMap((unit) => years.map((year) => keys.head(unit, year)));
  return await loadManyPacked(documents, wanted, readHeadSchema);
}

/**
 * Writes a head by one conditional write: the instant at which a submission becomes published.
 *
 * @throws ConcurrentWriteError when another submission was published meanwhile.
 */
export async function saveHead({ documents }: Clients, head: Head): Promise<void> {
  await savePacked(documents, keys.head(head.unit, head.year), storeHead(head));
}
