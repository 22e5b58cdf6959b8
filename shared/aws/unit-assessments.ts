import { type Assessment, assessUnit } from '../domain/assessment.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Catalogue } from '../domain/catalogue.ts';
import type { Publication } from '../domain/observation.ts';
import type { Clients } from './clients.ts';
import { loadDueDates } from './due-dates.ts';
import { loadPublications } from './figures.ts';
import { loadHeads } from './heads.ts';

/** The assessments of units as of an instant, in the order of the units, and the publications they rest on, by unit. */
export async function assessUnits(
  clients: Clients,
  catalogue: Catalogue,
  units: readonly string[],
  asOf: Instant,
): Promise<{ assessments: Assessment[]; publications: ReadonlyMap<string, readonly Publication[]> }> {
  const heads = await loadHeads(clients, units, catalogue.directive.firstYear, asOf);
  const [publications, dueDates] = await Promise.all([
    loadPublications(clients, heads),
    loadDueDates(clients, units),
  ]);
  const assessments = units.flatMap((unit) =>
    assessUnit(catalogue, unit, publications.get(unit) ?? [], asOf, dueDates.get(unit) ?? []),
  );
  return { assessments, publications };
}
