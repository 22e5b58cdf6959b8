import * as z from 'zod';
import { ownClients } from '../shared/aws/clients.ts';
import { pointsPublishedSchema, scheduledSchema, unitChangedSchema } from '../shared/aws/events.ts';
import { dimensionFiles, exportAssessments, exportDimensions, exportUnits } from '../shared/aws/exports.ts';
import { queueHandler } from '../shared/aws/queue-handler.ts';
import { logger, metrics } from '../shared/aws/telemetry.ts';
import { listAreas, loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import type { Instant } from '../shared/domain/calendar.ts';

const catalogue = loadCatalogue();
const clients = ownClients();
const messageSchema = z.union([scheduledSchema, pointsPublishedSchema, unitChangedSchema]);

/**
 * Makes the analysts' tables what the store says: those of a unit after a change, and once a day those of every
 * unit, of the catalogue and of the days past. It compares what is with what should be and trusts nothing else, so
 * that lost, doubled or concurrent runs and a restored store end in the same files.
 */
export const handler = queueHandler(async ({ body, now }) => {
  const message = messageSchema.parse(JSON.parse(body));
  const isDaily = !('detail' in message);
  const work = isDaily ? dailyWork(now) : [() => exportUnits(clients, catalogue, [message.detail.unit], now)];
  const failures: unknown[] = [];
  let objectsChanged = 0;
  for (const part of work) {
    try {
      objectsChanged += (await part()).objectsChanged;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1)
    throw new AggregateError(failures, `${failures.length} parts could not be exported`);
  logger.info('Export:Done', { isDaily, objectsChanged });
  metrics.addMetric('ObjectsExported', 'Count', objectsChanged);
  metrics.addMetric('DailyExports', 'Count', isDaily ? 1 : 0);
});

let files: ReadonlyMap<string, Uint8Array> | undefined;

/** They change with the code only, and so are made once. */
function catalogueFiles(): ReadonlyMap<string, Uint8Array> {
  files ??= dimensionFiles(catalogue, listAreas());
  return files;
}

/** What is wrong with one part keeps no other from being done; each unit is one where not all can be read together. */
function dailyWork(now: () => Instant) {
  const units = catalogue.units.map(({ id }) => id);
  return [
    () => exportDimensions(clients, catalogueFiles()),
    () => exportUnits(clients, catalogue, units, now).catch(() => exportOneByOne(units, now)),
    () => exportAssessments(clients, catalogue, now()),
  ];
}

async function exportOneByOne(units: readonly string[], now: () => Instant) {
  const failures: unknown[] = [];
  let objectsChanged = 0;
  for (const unit of units) {
    try {
      objectsChanged += (await exportUnits(clients, catalogue, [unit], now)).objectsChanged;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} units could not be exported`);
  return { objectsChanged };
}
