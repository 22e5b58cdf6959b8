import { join } from 'node:path';
import { loadCatalogue } from '../shared/catalogue/load-catalogue.ts';
import type { Instant } from '../shared/domain/calendar.ts';
import { createApi } from './api/api.ts';
import type { Clock } from './clock.ts';
import { createDistribution } from './cloudfront/distribution.ts';
import { publishFiles } from './cloudfront/publish.ts';
import { createEventSources } from './functions/event-sources.ts';
import { createFunctions, type Functions } from './functions/functions.ts';
import { type GatewaySettings, openGateway } from './gateway.ts';
import { createAuthorizer } from './iam/authorizer.ts';
import { createDenials, type Denial } from './iam/denials.ts';
import { type Credentials, createIdentities } from './iam/identities.ts';
import { createSts } from './iam/sts.ts';
import { checkWiring } from './iam/wiring.ts';
import { closeServer, openAddress } from './loopback.ts';
import { addressOwners } from './mailbox/address-owners.ts';
import { type Mailbox, mailboxPages } from './mailbox/mailbox.ts';
import { startUserPool } from './openid/user-pool.ts';
import { createServices } from './services.ts';
import type { Sns } from './sns/sns.ts';
import type { Sqs } from './sqs/sqs.ts';
import { openStore } from './store.ts';
import { readBucketDeployments } from './template/bucket-deployments.ts';
import { readDistribution } from './template/distribution.ts';
import { readFunctions, readMappings } from './template/functions.ts';
import { readRoles } from './template/roles.ts';
import { readTemplate } from './template/template.ts';
import { createTime, openClock } from './time/time.ts';
import { startWebServer } from './web-server.ts';

export interface CloudSettings {
  /** The cloud assembly: `cdk.out`. */
  templateDirectory: string;
  /** Everything is kept here. One process at a time. */
  dataDirectory: string;
  /** Where the clock of a new data directory starts; an existing one goes on where it stood. */
  startAt: Instant;
  /** Port of the HTTP API and the mailbox; the AWS endpoint, sign-in and the portal have the next three. 0: any free ones. */
  port?: number;
  /** Disturbs calls of functions; for the fault harness. */
  intercept?: GatewaySettings['intercept'];
  /** Put over the environment of every function; for harnesses. */
  environment?: Readonly<Record<string, string>>;
  /** Real time an invocation may take; for harnesses. */
  timeoutMs?: number;
  /** Each function logs to `<name>.log` here; left out, in `logs` of the data directory. */
  logDirectory?: string;
}

export interface Cloud {
  readonly clock: Clock;
  /** `http://127.0.0.1:8930` */
  readonly apiUrl: string;
  /** The address of all AWS services. */
  readonly endpoint: string;
  readonly addresses: {
    apiUrl: string;
    mailboxUrl: string;
    portalUrl: string;
    issuer: string;
    clientId: string;
    endpoint: string;
  };
  /** What `Ref` gives for each resource, by logical id: `{ Table: 'TiendoData-Table', IngestQueue: 'http://…' }`. */
  readonly resources: Readonly<Record<string, string>>;
  /** May do everything; for tests and inspection with the SDK. */
  readonly operatorCredentials: Credentials;
  readonly mailbox: Mailbox;
  /** The queues, by ARN. */
  readonly queues: Sqs;
  /** Topics, subscriptions and numbers that have opted out: what recipients do is done here. */
  readonly topics: Sns;
  /** Calls of functions that were denied. */
  readonly denials: readonly Denial[];
  /** An access token as if a sample account (`74`, `coordinator`, `analyst`, `admin`) had just signed in. */
  issueToken(account: string): Promise<string>;
  /** Moves the clock through every schedule and every message visible again on the way. Throws as `idle` does. */
  moveTo(instant: Instant): Promise<void>;
  /** Resolves when every queue is worked off. Throws when a function failed for want of a permission. */
  idle(): Promise<void>;
  /** Lets the clock run. */
  run(): void;
  invoke: Functions['invoke'];
  kill: Functions['kill'];
  onLog: Functions['onLog'];
  /** The items of a table, by logical id, in key order. */
  items(table: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/**
 * Starts the embedded cloud from synthesized templates: stores, queues, topics, functions, schedules, STS, the HTTP
 * API, sign-in and the portal, on 127.0.0.1 only. Throws, naming what and where, when a template has something it does not know
 * or wires what its policies do not allow.
 */
export async function startCloud(settings: CloudSettings): Promise<Cloud> {
  const closers: (() => unknown)[] = [];
  /** Closes what was started, the latest first. */
  async function close(): Promise<void> {
    for (const closeOne of closers.splice(0).reverse()) await closeOne();
  }
  try {
    return await compose(settings, (closer) => void closers.push(closer), close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function compose(
  {
    templateDirectory,
    dataDirectory,
    startAt,
    port = 0,
    intercept,
    environment = {},
    timeoutMs,
    logDirectory = join(dataDirectory, 'logs'),
  }: CloudSettings,
  atClose: (closer: () => unknown) => void,
  close: () => Promise<void>,
): Promise<Cloud> {
  let isClosing = false;
  // What is cut off when the cloud ends fails as it should: nobody needs to hear of it.
  const onError = (error: unknown) => {
    if (!isClosing) console.error(error);
  };
  const database = openStore(dataDirectory);
  atClose(() => database.close());
  const clock = openClock(database, startAt);
  const portAfter = (count: number) => (port === 0 ? 0 : port + count);

  // The addresses come first: templates resolve to them.
  const web = await startWebServer(port);
  atClose(web.close);
  const gateway = await openGateway(portAfter(1));
  atClose(gateway.close);
  const { endpoint } = gateway;
  const signIn = await openAddress(portAfter(2));
  atClose(() => closeServer(signIn.server));
  const portal = await openAddress(portAfter(3));
  atClose(() => closeServer(portal.server));
  const template = readTemplate(templateDirectory, {
    endpoint,
    apiUrl: web.url,
    issuer: signIn.url,
    portalUrl: portal.url,
  });
  const roles = readRoles(template);
  checkWiring(template, roles);

  const { dynamoDb, queues, mailbox, sns, events, s3, athena, schedules } = await createServices({
    template,
    database,
    dataDirectory,
    clock,
    webUrl: web.url,
    atClose,
  });

  await publishFiles(readBucketDeployments(template), s3.objects, clock.now);
  const distribution = readDistribution(template);
  if (distribution) portal.server.on('request', createDistribution(distribution, s3.objects, onError));

  const definitions = readFunctions(template);
  const identities = createIdentities({ database, clock, functions: definitions });
  const sts = createSts({ clock, identities, roles });
  const { openid, cognito, clientId, api } = await startUserPool({
    template,
    database,
    clock,
    at: signIn,
  });

  const denials = createDenials();
  const authorize = createAuthorizer(roles);
  gateway.serve({
    services: [dynamoDb, s3, athena, queues, sns, events, sts, cognito],
    identify: identities.identify,
    authorize: (caller, ...call) => denials.watchCheck(caller, () => authorize(caller, ...call)),
    preflight: s3.preflight,
    clock,
    onError,
    ...(intercept ? { intercept } : {}),
  });

  const functions = createFunctions({
    functions: definitions,
    clock,
    endpoint,
    credentialsOf: identities.credentialsOf,
    logDirectory,
    environment,
    // Beside the code it belongs to: it goes when that goes.
    compiledDirectory: join(templateDirectory, 'compiled'),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  const nameOf = new Map(definitions.map(({ functionName, name }) => [functionName, name]));
  const invoke = (functionName: string, event: unknown) =>
    denials.watchInvocation(nameOf.get(functionName) ?? functionName, () =>
      functions.invoke(functionName, event),
    );
  const mappings = readMappings(template);
  const sources = createEventSources({ mappings, queues, invoke });
  atClose(async () => {
    const stopped = sources.stop();
    // What is being worked on is cut off: its messages stay in their queues, as after a crash.
    await functions.close();
    await stopped;
  });
  async function idle(): Promise<void> {
    await sources.idle();
    denials.throwMissing();
  }
  const time = createTime({
    database,
    clock,
    schedules,
    sources,
    queueArns: mappings.map(({ queueArn }) => queueArn),
    nextVisibleAt: queues.nextVisibleAt,
    idle,
  });
  atClose(time.stop);

  web.add(mailboxPages(database, sns));
  const answerApi = createApi({
    routes: api.routes,
    authorizer: { issuer: openid.issuer, audience: api.audience, jwksUri: openid.jwksUri },
    invoke: async (functionName, event) => {
      const result = await invoke(functionName, event);
      mailbox.know(addressOwners(loadCatalogue(), event, result));
      return result;
    },
    clock,
    apiId: api.id,
    onError,
    ...(api.cors ? { cors: api.cors } : {}),
  });
  web.add(async (request, response) => {
    await answerApi(request, response);
    return true;
  });
  sources.start();
  atClose(() => {
    isClosing = true;
  });

  return {
    clock,
    apiUrl: web.url,
    endpoint,
    addresses: {
      apiUrl: web.url,
      mailboxUrl: `${web.url}/mailbox`,
      portalUrl: portal.url,
      issuer: openid.issuer,
      clientId,
      endpoint,
    },
    resources: template.references,
    operatorCredentials: identities.operator,
    mailbox,
    queues,
    topics: sns,
    denials: denials.all,
    issueToken: (account) => openid.issueToken(account),
    moveTo: time.moveTo,
    idle,
    run: time.run,
    invoke: functions.invoke,
    kill: functions.kill,
    onLog: functions.onLog,
    items: (table) => dynamoDb.items(template.references[table] ?? table),
    close,
  };
}
