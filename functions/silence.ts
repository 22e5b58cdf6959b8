import { ulid } from 'ulid';
import { loadCoordinators } from '../shared/aws/actors.ts';
import { ownClients } from '../shared/aws/clients.ts';
import { httpHandler } from '../shared/aws/http-handler.ts';
import { changeSilences } from '../shared/aws/silences.ts';
import { logger } from '../shared/aws/telemetry.ts';
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import { actorOf } from '../shared/domain/actor.ts';
import { isInForce } from '../shared/domain/silence.ts';
import { endSilence, type SilenceGrounds, startSilence } from '../shared/domain/silencing.ts';
import type { Viewer } from '../shared/domain/viewer.ts';

const catalogue = loadCatalogue();
const clients = ownClients();

/** Begins and ends silences: messages that are held back until a silence is over. Asked again, nothing changes. */
export const handler = httpHandler<'silence'>({
  'POST /silences': async ({ viewer, body, now }) => {
    const grounds = await loadGrounds(viewer);
    const id = ulid(Date.parse(now));
    const { silence } = await changeSilences(clients, (log) => startSilence(grounds, log, id, body, now));
    logger.info('Silence:Started', { silence: silence.id, until: silence.until });
    return { status: silence.id === id ? 201 : 200, body: { ...silence, isInForce: true } };
  },

  'POST /silences/{id}/end': async ({ viewer, params, now }) => {
    const grounds = await loadGrounds(viewer);
    const { id = '' } = params;
    const { silence } = await changeSilences(clients, (log) => endSilence(grounds, log, id, now));
    logger.info('Silence:Ended', { silence: id });
    return { status: 200, body: { ...silence, isInForce: isInForce(silence, now) } };
  },
});

async function loadGrounds(viewer: Viewer): Promise<SilenceGrounds> {
  const units = catalogue.units.map(({ id }) => id);
  const coordinators = await loadCoordinators(clients, units);
  return { catalogue, actor: actorOf(viewer, coordinators), coordinators };
}
