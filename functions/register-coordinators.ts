import { ownClients } from '../shared/aws/clients.ts';
import { httpHandler } from '../shared/aws/http-handler.ts';
import { subscribeEmail } from '../shared/aws/messages.ts';
import { ConcurrentWriteError } from '../shared/aws/packed-items.ts';
import { loadRegistry, saveRegistry } from '../shared/aws/registries.ts';
import { logger } from '../shared/aws/telemetry.ts';
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import { findUnit } from '../shared/domain/catalogue.ts';
import type { Coordinator } from '../shared/domain/coordinator.ts';
import { unitUnknown } from '../shared/domain/problem.ts';

const catalogue = loadCatalogue();
const clients = ownClients();

/** Registers the coordinators a unit has from now on, and subscribes their e-mail addresses. */
export const handler = httpHandler<'register-coordinators'>({
  'PUT /units/{unit}/coordinators': async ({ params, body }) => {
    const unit = params.unit ?? '';
    if (!findUnit(catalogue, unit)) throw unitUnknown(unit);
    const coordinators = body.coordinators.map((coordinator) => ({ ...coordinator, unit }));
    for (const { email } of coordinators) {
      if (email) await subscribeEmail(email);
    }
    await replaceCoordinators(unit, coordinators);
    logger.info('Coordinators:Registered', { unit, count: coordinators.length });
    return { status: 200, body: { unit, coordinators } };
  },
});

/** Writes the list as it was sent, over whatever somebody else wrote meanwhile: the last one to send decides. */
async function replaceCoordinators(unit: string, coordinators: Coordinator[]): Promise<void> {
  for (;;) {
    const { version } = await loadRegistry(clients, unit);
    try {
      await saveRegistry(clients, { unit, version: version + 1, coordinators });
      return;
    } catch (error) {
      if (!(error instanceof ConcurrentWriteError)) throw error;
    }
  }
}
