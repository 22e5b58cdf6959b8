import * as z from 'zod';
import { loadAcknowledgements } from '../shared/aws/acknowledgements.ts';
import { loadLedgers, saveLedger } from '../shared/aws/alert-ledgers.ts';
import { ownClients } from '../shared/aws/clients.ts';
import { loadDueDates } from '../shared/aws/due-dates.ts';
import {
  pointsPublishedSchema,
  reportUrgent,
  scheduledSchema,
  unitChangedSchema,
} from '../shared/aws/events.ts';
import { loadPublications } from '../shared/aws/figures.ts';
import { loadHeads } from '../shared/aws/heads.ts';
import { inParallel } from '../shared/aws/in-parallel.ts';
import { ConcurrentWriteError } from '../shared/aws/packed-items.ts';
import { queueHandler } from '../shared/aws/queue-handler.ts';
import { loadRegistries } from '../shared/aws/registries.ts';
import { loadRejections } from '../shared/aws/rejections.ts';
import { loadUsages } from '../shared/aws/sms-usage.ts';
import { logger, metrics } from '../shared/aws/telemetry.ts';
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import { type AlertLedger, emptyLedger, hasFreshUrgency } from '../shared/domain/alert.ts';
import { type AlertGrounds, deriveCauses } from '../shared/domain/alert-causes.ts';
import { mergeCauses } from '../shared/domain/alert-ledger.ts';
import type { Instant } from '../shared/domain/calendar.ts';
import { emptyRegistry } from '../shared/domain/coordinator.ts';
import { defaultAlertSettings } from '../shared/domain/obligation-causes.ts';

const catalogue = loadCatalogue();
const clients = ownClients();
/** How many ledgers are written at a time. */
const savesAtATime = 8;
const messageSchema = z.union([scheduledSchema, pointsPublishedSchema, unitChangedSchema]);

/**
 * Decides the alerts that ought to be decided by now: daily for every unit, after a change for its unit. What is
 * right follows from the data and the instant alone, so a missed, doubled or concurrent run changes nothing in the
 * end. What cannot wait for the digest is reported, again by each run shortly after.
 */
export const handler = queueHandler(async ({ body, now }) => {
  const message = messageSchema.parse(JSON.parse(body));
  const units = 'detail' in message ? [message.detail.unit] : catalogue.units.map(({ id }) => id);
  const { changed, urgent, failures } = await evaluateTogether(units, now).catch((error: unknown) => {
    if (units.length === 1) throw error;
    return evaluateOneByOne(units, now);
  });
  if (urgent > 0) await reportUrgent(urgent);
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} units could not be evaluated`);
  logger.info('Evaluate:Done', { units: units.length, ledgersChanged: changed, urgent });
  metrics.addMetric('LedgersChanged', 'Count', changed);
  metrics.addMetric('DailyEvaluations', 'Count', 'detail' in message ? 0 : 1);
});

/**
 * How many ledgers changed, how many have something urgent that was decided a short while ago, and what went wrong
 * with single units.
 */
interface Evaluated {
  changed: number;
  urgent: number;
  failures: unknown[];
}

/** Evaluates units by few requests. Throws when one of them cannot be read. */
async function evaluateTogether(units: readonly string[], now: () => Instant): Promise<Evaluated> {
  const evaluated: Evaluated = { changed: 0, urgent: 0, failures: [] };
  for (let pending = units; pending.length > 0; ) {
    const { changed, urgent, overtaken } = await evaluateUnits(pending, now);
    evaluated.changed += changed;
    evaluated.urgent += urgent;
    pending = overtaken;
  }
  return evaluated;
}

/** Evaluates each unit by itself, so that what is wrong with one silences no other. */
async function evaluateOneByOne(units: readonly string[], now: () => Instant): Promise<Evaluated> {
  const evaluated: Evaluated = { changed: 0, urgent: 0, failures: [] };
  for (const unit of units) {
    try {
      const { changed, urgent } = await evaluateTogether([unit], now);
      evaluated.changed += changed;
      evaluated.urgent += urgent;
    } catch (error) {
      evaluated.failures.push(error);
    }
  }
  return evaluated;
}

/** Evaluates units; those whose ledger somebody else wrote meanwhile must be evaluated again. */
async function evaluateUnits(
  units: readonly string[],
  now: () => Instant,
): Promise<Omit<Evaluated, 'failures'> & { overtaken: string[] }> {
  const { ledgers, groundsOf, asOf } = await loadGrounds(units, now);
  const overtaken: string[] = [];
  let changed = 0;
  let urgent = 0;
  await inParallel(units, savesAtATime, async (unit) => {
    const ledger = ledgers.get(unit) ?? emptyLedger(unit);
    const causes = deriveCauses(groundsOf(unit));
    const merged = mergeCauses(ledger, causes, asOf, now());
    try {
      if (merged !== ledger) {
        await saveLedger(clients, { ...merged, version: ledger.version + 1 });
        changed += 1;
      }
      if (hasFreshUrgency(merged, asOf)) urgent += 1;
    } catch (error) {
      if (!(error instanceof ConcurrentWriteError)) throw error;
      overtaken.push(unit);
    }
  });
  return { changed, urgent, overtaken };
}

/**
 * Reads what the alerts of units follow from. The ledgers are read first: whoever wrote them then knew no more than
 * is read after that.
 */
async function loadGrounds(
  units: readonly string[],
  now: () => Instant,
): Promise<{
  ledgers: ReadonlyMap<string, AlertLedger>;
  groundsOf(unit: string): AlertGrounds;
  asOf: Instant;
}> {
  const ledgers = byUnit(await loadLedgers(clients, units));
  const asOf = now();
  const { firstYear, escalatesTo, reports } = catalogue.directive;
  const [publications, rejections, dueDates, acknowledgements, registries, smsUsages] = await Promise.all([
    loadHeads(clients, units, firstYear, asOf).then((heads) => loadPublications(clients, heads)),
    loadRejections(clients, units),
    loadDueDates(clients, units),
    loadAcknowledgements(clients, units),
    loadRegistries(clients, units).then(byUnit),
    units.includes(escalatesTo) ? loadUsages(clients, reports.from, asOf) : [],
  ]);
  const groundsOf = (unit: string): AlertGrounds => ({
    catalogue,
    unitId: unit,
    publications: publications.get(unit) ?? [],
    rejections: rejections.get(unit) ?? [],
    dueDates: dueDates.get(unit) ?? [],
    acknowledgements: acknowledgements.get(unit) ?? [],
    registry: registries.get(unit) ?? emptyRegistry(unit),
    smsUsages,
    asOf,
    settings: defaultAlertSettings,
  });
  return { ledgers, groundsOf, asOf };
}

function byUnit<T extends { unit: string }>(items: readonly T[]): Map<string, T> {
  return new Map(items.map((item) => [item.unit, item]));
}
