import { ownClients, unitClients } from '../shared/aws/clients.ts';
import { offerTable } from '../shared/aws/downloads.ts';
import { requireEnvironment } from '../shared/aws/environment.ts';
import { httpHandler } from '../shared/aws/http-handler.ts';
import { logger } from '../shared/aws/telemetry.ts';
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import { downloadExpiry } from '../shared/domain/submission.ts';
import { chooseDownload } from '../shared/domain/tables/choose-download.ts';

const unitRoleArn = requireEnvironment('UNIT_ROLE_ARN');
const catalogue = loadCatalogue();
const everyUnit = ownClients();

/**
 * Offers the analysts' tables as files. A province gets its own unit's part, with the credentials of that unit, and
 * the tables of the catalogue, which are the same for everybody.
 */
export const handler = httpHandler<'offer-export'>({
  'GET /exports/{table}': async ({ viewer, params, query, now }) => {
    const wanted = chooseDownload(catalogue, viewer, params.table ?? '', query);
    const isOfUnit = viewer.role === 'province' && wanted.unit !== undefined;
    const clients = isOfUnit ? await unitClients(unitRoleArn, viewer.unit, Date.parse(now)) : everyUnit;
    const download = await offerTable(clients, wanted);
    const { table, unit, format } = wanted;
    logger.info('Export:Offered', { table: table.name, unit, format });
    return { status: 200, body: { ...download, expiresAt: downloadExpiry(now) } };
  },
});
