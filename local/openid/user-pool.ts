import type { DatabaseSync } from 'node:sqlite';
import type { AwsService } from '../aws-service.ts';
import type { Clock } from '../clock.ts';
import type { Listening } from '../loopback.ts';
import { readApi, readUserPool } from '../template/api.ts';
import type { Template } from '../template/template.ts';
import { openAccountStore, sampleAccounts } from './accounts.ts';
import { createCognito } from './cognito.ts';
import { type Openid, startOpenid } from './openid.ts';

const unitGroup = 'unit-';

/** The user pool of a template and the HTTP API that trusts it. */
export interface UserPool {
  /** Where its accounts sign in. */
  openid: Openid;
  /** Where its accounts are made. */
  cognito: AwsService;
  clientId: string;
  api: NonNullable<ReturnType<typeof readApi>>;
}

/**
 * Starts the user pool with one account for each of its unit groups and each other role. Throws when the template
 * has no user pool, no HTTP API, or one that trusts another issuer.
 */
export async function startUserPool(settings: {
  template: Template;
  database: DatabaseSync;
  clock: Clock;
  /** Where people sign in: the issuer. */
  at: Listening;
}): Promise<UserPool> {
  const { template, database, clock, at } = settings;
  const userPool = readUserPool(template);
  const api = readApi(template);
  if (!userPool || !api) throw new Error('The template has no user pool or no HTTP API');
  if (api.issuer !== at.url) throw new Error(`The API trusts ${api.issuer}, which is not its user pool`);
  const units = userPool.groups.flatMap((name) =>
    name.startsWith(unitGroup) ? [name.slice(unitGroup.length)] : [],
  );
  const accounts = openAccountStore(database, sampleAccounts(units), clock.now());
  const openid = await startOpenid({ database, accounts: accounts.all, clients: userPool.clients, at });
  const cognito = createCognito({ userPool, accounts, clock });
  return { openid, cognito, clientId: userPool.clients[0]?.clientId ?? '', api };
}
