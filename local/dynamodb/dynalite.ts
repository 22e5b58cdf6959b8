import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import * as z from 'zod';
import { AwsError, type AwsResponse, accountId, region } from '../aws-service.ts';

/** Runs an action of DynamoDB (`PutItem`) with its JSON body, unasked by policies. */
export type RunAction = (name: string, body: unknown) => Promise<AwsResponse>;

export interface Dynalite {
  run: RunAction;
  close(): Promise<void>;
}

type Done = (error: unknown, result?: unknown) => void;
type FindTable = (name: string, checkStatus: boolean | Done, done?: Done) => void;

/** The parts of dynalite that take a request, below its own HTTP server, which has no way to close unopened. */
interface Store {
  tableDb: { awsAccountId: string; awsRegion: string };
  getTable: FindTable;
  db: {
    open(): Promise<void>;
    close(): Promise<void>;
    get(key: string, done: Done): void;
    getSync(key: string): unknown;
    keys(options: unknown): Iterator;
    values(options: unknown): Iterator;
    createKeyStream(options: unknown): Readable;
    createValueStream(options: unknown): Readable;
  };
}
/** What LevelDB finds in a range, some at a time; nothing is the end. */
interface Iterator {
  nextv(size: number): Promise<unknown[]>;
  close(): Promise<void>;
}
interface ActionRules {
  types: Record<string, unknown>;
  custom?: unknown;
}
interface Modules {
  create(options: Record<string, unknown>): Store;
  checkTypes(body: unknown, types: unknown): unknown;
  checkValidations(body: unknown, types: unknown, custom: unknown, store: Store): void;
  action(name: string): { run(store: Store, body: unknown, done: Done): void; rules: ActionRules };
}

/** LevelDB gives fewer where they are large. */
const entriesAtATime = 1000;

const errorSchema = z.object({ statusCode: z.number(), body: z.record(z.string(), z.unknown()) });
const bodySchema = z.record(z.string(), z.unknown());

/** These make or describe tables; the others only use them. */
const tableActions: readonly string[] = ['CreateTable', 'DescribeTable'];

/**
 * Opens dynalite over LevelDB in a directory, or in memory without one. A parameter dynalite lacks is refused
 * with 501 NotImplemented instead of being ignored.
 */
export async function openDynalite(directory: string | undefined): Promise<Dynalite> {
  const modules = loadModules();
  const store = modules.create({
    createTableMs: 0,
    ...(directory === undefined ? {} : { path: directory }),
  });
  store.tableDb.awsAccountId = accountId;
  store.tableDb.awsRegion = region;
  await store.db.open();
  readAtOnce(store);
  endIterators(store);
  const knowing = { ...store, getTable: rememberTables(store) };
  const actions = new Map<string, ReturnType<Modules['action']>>();

  function actionOf(name: string) {
    const known = actions.get(name) ?? modules.action(name);
    actions.set(name, known);
    return known;
  }

  return {
    run(name, body) {
      const { run, rules } = actionOf(name);
      return new Promise((resolve, reject) => {
        const done: Done = (error, result) => {
          if (!error) return resolve(json(200, result));
          const known = errorSchema.safeParse(error);
          if (known.success) resolve(json(known.data.statusCode, known.data.body));
          else reject(error);
        };
        try {
          refuseUnknown(name, body, rules);
          const typed = modules.checkTypes(body, rules.types);
          modules.checkValidations(typed, rules.types, rules.custom, store);
          run(tableActions.includes(name) ? store : knowing, typed, done);
        } catch (error) {
          done(error);
        }
      });
    },
    close: () => store.db.close(),
  };
}

/** Reads go to LevelDB's cache nearly always: waking a thread for each takes many times as long as reading. */
function readAtOnce({ db }: Store): void {
  db.get = (key, done) => {
    let value: unknown;
    let fault: unknown = null;
    try {
      value = db.getSync(key);
    } catch (error) {
      fault = error;
    }
    queueMicrotask(() => done(fault, value));
  };
}

/**
 * dynalite never ends the iterators behind its queries and scans. Each would keep a snapshot of the whole database
 * for ever, and with old versions of an item in its files LevelDB 1.20 can take one of them for the present one.
 *
 * @see https://github.com/google/leveldb/issues/320
 */
function endIterators({ db }: Store): void {
  // Asked for one entry after the other, it would wake a thread once more for each query.
  async function* each(open: () => Iterator) {
    const iterator = open();
    try {
      for (;;) {
        const entries = await iterator.nextv(entriesAtATime);
        if (entries.length === 0) return;
        yield* entries;
      }
    } finally {
      await iterator.close();
    }
  }
  db.createKeyStream = (options) => Readable.from(each(() => db.keys(options)));
  db.createValueStream = (options) => Readable.from(each(() => db.values(options)));
}

/** Every action asks for its table first, and tables never change once they are there. */
function rememberTables({ getTable }: Store): FindTable {
  const tables = new Map<string, unknown>();
  return (name, checkStatus, given) => {
    const done = typeof checkStatus === 'function' ? checkStatus : given;
    if (!done) return;
    const known = tables.get(name);
    if (known !== undefined) return done(null, known);
    getTable(name, true, (error, table) => {
      if (!error) tables.set(name, table);
      done(error, table);
    });
  };
}

/** dynalite drops parameters it does not know; a call that relies on one must not seem to work. */
function refuseUnknown(name: string, body: unknown, { types }: ActionRules): void {
  const unknown = Object.keys(bodySchema.parse(body)).filter((key) => !(key in types));
  if (unknown.length === 0) return;
  throw new AwsError(
    501,
    'NotImplemented',
    `The embedded DynamoDB does not know ${unknown.join(', ')} of ${name}`,
  );
}

function json(status: number, body: unknown): AwsResponse {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify(body) };
}

function loadModules(): Modules {
  const require = createRequire(import.meta.url);
  const store: Pick<Modules, 'create'> = require('dynalite/db');
  const rules: Pick<Modules, 'checkTypes' | 'checkValidations'> = require('dynalite/validations');
  return {
    create: (options) => store.create(options),
    checkTypes: (body, types) => rules.checkTypes(body, types),
    checkValidations: (body, types, custom, of) => rules.checkValidations(body, types, custom, of),
    action(name) {
      const file = `${name[0]?.toLowerCase()}${name.slice(1)}`;
      return { run: require(`dynalite/actions/${file}`), rules: require(`dynalite/validations/${file}`) };
    },
  };
}
