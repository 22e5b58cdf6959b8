import { ownClients } from '../shared/aws/clients.ts';
import { pointsPublishedSchema } from '../shared/aws/events.ts';
import { exportPoints } from '../shared/aws/exports.ts';
import { loadHead } from '../shared/aws/heads.ts';
import { queueHandler } from '../shared/aws/queue-handler.ts';
import { logger, metrics } from '../shared/aws/telemetry.ts';

const clients = ownClients();

/** Writes the published points of a unit and year to the analysts' tables, after each publication. */
export const handler = queueHandler(async ({ body }) => {
  const { unit, year } = pointsPublishedSchema.parse(JSON.parse(body)).detail;
  const head = await loadHead(clients, unit, year);
  await exportPoints(clients, head);
  metrics.addMetric('Exported', 'Count', 1);
  logger.info('Export:Done', { unit, year, version: head.version, points: head.points.length });
});
