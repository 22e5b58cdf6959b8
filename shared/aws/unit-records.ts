import type { Instant } from '../domain/calendar.ts';
import type { UnitRecords } from '../domain/tables/unit-tables.ts';
import { loadAcknowledgements } from './acknowledgements.ts';
import { loadLedgers } from './alert-ledgers.ts';
import type { Clients } from './clients.ts';
import { loadPublications } from './figures.ts';
import { loadHeads } from './heads.ts';
import { loadNotificationRows } from './outboxes.ts';
import { listAllSubmissions } from './submissions.ts';

/**
 * Reads what the tables of units follow from: by few requests what is packed, and when a unit is asked for, its
 * submissions and messages.
 */
export async function loadUnitRecords(
  clients: Clients,
  units: readonly string[],
  firstYear: number,
  asOf: Instant,
): Promise<(unit: string) => Promise<UnitRecords>> {
  const publications = await loadPublications(clients, await loadHeads(clients, units, firstYear, asOf));
  const ledgers = await loadLedgers(clients, units);
  const alerts = new Map(ledgers.map((ledger) => [ledger.unit, ledger.alerts]));
  const acknowledgements = await loadAcknowledgements(clients, units);
  return async (unit) => ({
    unit,
    publications: publications.get(unit) ?? [],
    alerts: alerts.get(unit) ?? [],
    acknowledgements: acknowledgements.get(unit) ?? [],
    notifications: await loadNotificationRows(clients, unit),
    // A submission is marked with its outcome just after its points are published: read at last, it shows that.
    submissions: await listAllSubmissions(clients, unit),
  });
}
