import { changeAcknowledgements } from '../shared/aws/acknowledgements.ts';
import { loadActor } from '../shared/aws/actors.ts';
import { loadLedger } from '../shared/aws/alert-ledgers.ts';
import { ownClients, unitClients } from '../shared/aws/clients.ts';
import { requireEnvironment } from '../shared/aws/environment.ts';
import { httpHandler } from '../shared/aws/http-handler.ts';
import { logger } from '../shared/aws/telemetry.ts';
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import { acknowledge, unitOfAlert } from '../shared/domain/acts.ts';
import { viewAlert } from '../shared/domain/alert-view.ts';
import { findUnit } from '../shared/domain/catalogue.ts';
import { alertUnknown, unitForbidden } from '../shared/domain/problem.ts';
import { canSeeUnit } from '../shared/domain/viewer.ts';

const unitRoleArn = requireEnvironment('UNIT_ROLE_ARN');
const catalogue = loadCatalogue();
const registries = ownClients();
const units = catalogue.units.map(({ id }) => id);

/**
 * Writes that somebody has taken note of an alert until the end of a day, and answers the alert. Said again, it is
 * a further entry, and the latest counts.
 */
export const handler = httpHandler<'acknowledge'>({
  'POST /alerts/{id}/acknowledge': async ({ viewer, params, body, now }) => {
    const { id = '' } = params;
    const unit = unitOfAlert(id);
    if (unit === undefined) throw alertUnknown(id);
    if (!canSeeUnit(viewer, unit)) throw unitForbidden(unit);
    if (!findUnit(catalogue, unit)) throw alertUnknown(id);
    const actor = await loadActor(registries, viewer, units);
    const clients = await unitClients(unitRoleArn, unit, Date.parse(now));
    const ledger = await loadLedger(clients, unit);
    const alert = ledger.alerts.find((each) => each.id === id);
    if (!alert) throw alertUnknown(id);
    const { acknowledgements } = await changeAcknowledgements(clients, unit, (log) =>
      acknowledge(catalogue, log, alert, { actor, ...body }, now),
    );
    const view = viewAlert(ledger, acknowledgements, id, acknowledgements.at(-1)?.at ?? now);
    if (!view) throw alertUnknown(id);
    logger.info('Alert:Acknowledged', { unit, kind: alert.kind });
    return { status: 201, body: view };
  },
});
