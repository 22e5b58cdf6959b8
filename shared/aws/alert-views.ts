import { emptyLedger } from '../domain/alert.ts';
import {
  type AlertHistory,
  type AlertState,
  type AlertView,
  abridge,
  pageOfUnits,
  type UnitAlerts,
  viewAlert,
  viewAlerts,
} from '../domain/alert-view.ts';
import type { Instant } from '../domain/calendar.ts';
import { loadAcknowledgementLog, loadAcknowledgements } from './acknowledgements.ts';
import { loadLedger, loadLedgers } from './alert-ledgers.ts';
import type { Clients } from './clients.ts';

/** Bytes of alerts in one answer, below the 1 MiB that portals take in one go. */
const maxPageBytes = 900_000;

/** The alerts of a unit as they were known at an instant: all, or those in one state. */
export async function listUnitAlerts(
  clients: Clients,
  unit: string,
  state: AlertState | undefined,
  asOf: Instant,
): Promise<AlertView[]> {
  const [found] = await viewUnits(clients, [unit], asOf);
  return (found?.alerts ?? []).filter((each) => state === undefined || each.state === state);
}

/**
 * One page of the alerts of units in their order, each in short: what is open, acknowledged or not, or what is in the
 * state asked for. It begins behind the unit `after`.
 */
export async function pageOfAlerts(
  clients: Clients,
  units: readonly string[],
  { state, after }: { state?: AlertState | undefined; after?: string | undefined },
  asOf: Instant,
): Promise<ReturnType<typeof pageOfUnits>> {
  const wanted: readonly AlertState[] = state === undefined ? ['open', 'acknowledged'] : [state];
  const start = after === undefined ? 0 : units.indexOf(after) + 1;
  const views = await viewUnits(clients, units.slice(start), asOf);
  const chosen = views.map(({ unit, alerts }) => ({
    unit,
    alerts: alerts.filter((alert) => wanted.includes(alert.state)).map(abridge),
  }));
  return pageOfUnits(chosen, maxPageBytes);
}

/** One alert of a unit as it was known at an instant; `undefined` when it was not decided by then. */
export async function findAlert(
  clients: Clients,
  unit: string,
  id: string,
  asOf: Instant,
): Promise<AlertHistory | undefined> {
  const { acknowledgements } = await loadAcknowledgementLog(clients, unit);
  return viewAlert(await loadLedger(clients, unit), acknowledgements, id, asOf);
}

async function viewUnits(clients: Clients, units: readonly string[], asOf: Instant): Promise<UnitAlerts[]> {
  const acknowledgements = await loadAcknowledgements(clients, units);
  const ledgers = new Map((await loadLedgers(clients, units)).map((ledger) => [ledger.unit, ledger]));
  return units.map((unit) => {
    const ledger = ledgers.get(unit) ?? emptyLedger(unit);
    return { unit, alerts: viewAlerts(ledger, acknowledgements.get(unit) ?? [], asOf) };
  });
}
