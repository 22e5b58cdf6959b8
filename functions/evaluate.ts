import * as z from 'zod';
import { emptyLedger, loadLedgers, saveLedger } from '../shared/aws/alert-ledgers.ts';
import { ownClients } from '../shared/aws/clients.ts';
import { pointsPublishedSchema, scheduledSchema } from '../shared/aws/events.ts';
import { loadPublications } from '../shared/aws/figures.ts';
import { loadHeads } from '../shared/aws/heads.ts';
import { ConcurrentWriteError } from '../shared/aws/packed-items.ts';
import { queueHandler } from '../shared/aws/queue-handler.ts';
import { logger, metrics } from '../shared/aws/telemetry.ts';
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import { defaultAlertSettings, deriveAlerts, mergeAlerts } from '../shared/domain/alert.ts';
import type { Instant } from '../shared/domain/calendar.ts';

const catalogue = loadCatalogue();
const clients = ownClients();
const messageSchema = z.union([scheduledSchema, pointsPublishedSchema]);

/**
 * Decides the alerts that ought to be decided by now: daily for every unit, after a publication for its
 * unit. What is right follows from the data and the instant alone, so a missed, doubled or concurrent run
 * changes nothing in the end.
 */
export const handler = queueHandler(async ({ body, now }) => {
  const message = messageSchema.parse(JSON.parse(body));
  const units = 'detail' in message ? [message.detail.unit] : catalogue.units.map(({ id }) => id);
  const decided = await evaluateTogether(units, now).catch((error: unknown) => {
    if (units.length === 1) throw error;
    return evaluateOneByOne(units, now);
  });
  logger.info('Evaluate:Done', { units: units.length, ledgersChanged: decided });
  metrics.addMetric('LedgersChanged', 'Count', decided);
  metrics.addMetric('DailyEvaluations', 'Count', 'detail' in message ? 0 : 1);
});

/** Evaluates units by few requests. Returns how many ledgers changed; throws when one of them cannot be read. */
async function evaluateTogether(units: readonly string[], now: () => Instant): Promise<number> {
  let decided = 0;
  for (let pending = units; pending.length > 0; ) {
    const outcome = await evaluateUnits(pending, now);
    decided += outcome.decided;
    pending = outcome.overtaken;
  }
  return decided;
}

/** Evaluates each unit by itself, so that what is wrong with one silences no other, and throws after the last. */
async function evaluateOneByOne(units: readonly string[], now: () => Instant): Promise<number> {
  const failures: unknown[] = [];
  let decided = 0;
  for (const unit of units) {
    try {
      decided += await evaluateTogether([unit], now);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} units could not be evaluated`);
  return decided;
}

/**
 * Evaluates units; those whose ledger somebody else wrote meanwhile must be evaluated again. The ledgers are read
 * first: whoever wrote them then knew no more than is read after that.
 */
async function evaluateUnits(
  units: readonly string[],
  now: () => Instant,
): Promise<{ decided: number; overtaken: string[] }> {
  const ledgers = new Map((await loadLedgers(clients, units)).map((ledger) => [ledger.unit, ledger]));
  const asOf = now();
  const heads = await loadHeads(clients, units, catalogue.directive.firstYear, asOf);
  const publications = await loadPublications(clients, heads);
  const overtaken: string[] = [];
  let decided = 0;
  for (const unit of units) {
    const ledger = ledgers.get(unit) ?? emptyLedger(unit);
    const grounds = { catalogue, unitId: unit, publications: publications.get(unit) ?? [], asOf };
    const merged = mergeAlerts(ledger, deriveAlerts({ ...grounds, settings: defaultAlertSettings }), asOf);
    if (merged === ledger) continue;
    try {
      await saveLedger(clients, { ...merged, version: ledger.version + 1 });
      decided += 1;
    } catch (error) {
      if (!(error instanceof ConcurrentWriteError)) throw error;
      overtaken.push(unit);
    }
  }
  return { decided, overtaken };
}
