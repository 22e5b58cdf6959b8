import { createAccount } from '../shared/aws/accounts.ts';
import { httpHandler } from '../shared/aws/http-handler.ts';
import { logger } from '../shared/aws/telemetry.ts';
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import { findUnit } from '../shared/domain/catalogue.ts';
import { unitUnknown } from '../shared/domain/problem.ts';

const catalogue = loadCatalogue();

/** Creates accounts: 201, or 200 for one that is there already. Cognito mails a new person a temporary password. */
export const handler = httpHandler<'manage-accounts'>({
  'POST /accounts': async ({ body }) => {
    if (body.unit !== undefined && !findUnit(catalogue, body.unit)) throw unitUnknown(body.unit);
    const outcome = await createAccount(body);
    logger.info('Accounts:Created', { role: body.role, unit: body.unit, outcome });
    return {
      status: outcome === 'created' ? 201 : 200,
      body: { email: body.email, role: body.role, unit: body.unit },
    };
  },
});
