import { loadActor } from '../shared/aws/actors.ts';
import { ownClients, unitClients } from '../shared/aws/clients.ts';
import { changeDueDates } from '../shared/aws/due-dates.ts';
import { requireEnvironment } from '../shared/aws/environment.ts';
import { reportUnitChanged } from '../shared/aws/events.ts';
import { httpHandler } from '../shared/aws/http-handler.ts';
import { logger } from '../shared/aws/telemetry.ts';
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import { dueHistory, requirePlanned, setDueDate } from '../shared/domain/acts.ts';

const unitRoleArn = requireEnvironment('UNIT_ROLE_ARN');
const catalogue = loadCatalogue();
const registries = ownClients();
const units = catalogue.units.map(({ id }) => id);

/**
 * Sets or withdraws the due date of an obligation that is due by a plan, and has its unit evaluated. Past days
 * answer as before. Sent again it changes nothing, but the evaluation is asked for again.
 */
export const handler = httpHandler<'set-due'>({
  'PUT /obligations/{id}/due': async ({ viewer, params, body, now }) => {
    const obligation = requirePlanned(catalogue, params.id ?? '');
    const { id, unit } = obligation;
    const actor = await loadActor(registries, viewer, units);
    const clients = await unitClients(unitRoleArn, unit, Date.parse(now));
    const log = await changeDueDates(clients, unit, (present) =>
      setDueDate(catalogue, present, obligation, { actor, ...body }, now),
    );
    await reportUnitChanged(unit);
    logger.info('DueDate:Set', { obligation: id, due: body.due });
    return { status: 200, body: dueHistory(log, id, log.dueDates.at(-1)?.at ?? now) };
  },
});
