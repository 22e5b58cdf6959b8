import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Instant } from '../../shared/domain/calendar.ts';
import type { Role } from '../../shared/domain/viewer.ts';

/** An account that exists from the start: `{ username: '74', email: '74@tiendo.test', role: 'province', unit: '74' }`. */
export interface SampleAccount {
  username: string;
  email: string;
  role: Role;
  unit?: string;
}

/** An account of the embedded user pool. `sub` names it for ever; `groups` are sorted: `['province', 'unit-74']`. */
export interface PoolAccount {
  sub: string;
  username: string;
  email: string;
  groups: readonly string[];
  createdAt: Instant;
}

/** The accounts of the embedded user pool, kept on disk. */
export interface AccountStore {
  all(): PoolAccount[];
  /** By `sub`, user name or e-mail address, the latter without case. */
  find(name: string): PoolAccount | undefined;
  /** Throws when the user name or the address is taken. */
  add(account: PoolAccount): void;
  addGroup(sub: string, group: string): void;
}

/** People of some units, beside the accounts of the units themselves. */
const coordinatorsOf = ['VPCP', 'BCA'];

/** One account for each unit, one for each other role, and `coordinator-vpcp` and `coordinator-bca` for their units. */
export function sampleAccounts(units: readonly string[]): SampleAccount[] {
  const ofUnits = units.map((unit): SampleAccount => {
    return { username: unit, email: `${unit.toLowerCase()}@tiendo.test`, role: 'province', unit };
  });
  const others = (['coordinator', 'analyst', 'admin'] as const).map((role): SampleAccount => {
    return { username: role, email: `${role}@tiendo.test`, role };
  });
  const known = coordinatorsOf.filter((unit) => units.includes(unit));
  const coordinators = known.map((unit): SampleAccount => {
    const username = `coordinator-${unit.toLowerCase()}`;
    return { username, email: `${username}@tiendo.test`, role: 'coordinator' };
  });
  return [...ofUnits, ...others, ...coordinators];
}

const rowSchema = z.object({
  sub: z.string(),
  username: z.string(),
  email: z.string(),
  groups: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
  createdAt: z.string(),
});

/** Opens the accounts in a database. Sample accounts it lacks are added as created at `now`. */
export function openAccountStore(
  database: DatabaseSync,
  samples: readonly SampleAccount[],
  now: Instant,
): AccountStore {
  database.exec(`
    CREATE TABLE IF NOT EXISTS account (
      sub TEXT PRIMARY KEY,
      username TEXT NOT NULL UNIQUE,
      email TEXT NOT NULL UNIQUE COLLATE NOCASE,
      groups TEXT NOT NULL,
      createdAt TEXT NOT NULL
    ) STRICT
  `);
  const insert = database.prepare(
    'INSERT INTO account (sub, username, email, groups, createdAt) VALUES (?, ?, ?, ?, ?)',
  );
  const selectAll = database.prepare('SELECT * FROM account ORDER BY rowid');
  const select = database.prepare('SELECT * FROM account WHERE sub = ?1 OR username = ?1 OR email = ?1');
  const update = database.prepare('UPDATE account SET groups = ? WHERE sub = ?');

  const store: AccountStore = {
    all: () => selectAll.all().map((row) => rowSchema.parse(row)),
    find(name) {
      const row = select.get(name);
      return row && rowSchema.parse(row);
    },
    add({ sub, username, email, groups, createdAt }) {
      insert.run(sub, username, email, JSON.stringify(groups), createdAt);
    },
    addGroup(sub, group) {
      const account = store.find(sub);
      if (!account) throw new Error(`There is no account ${sub}`);
      update.run(JSON.stringify([...new Set([...account.groups, group])].sort()), sub);
    },
  };
  for (const { username, email, role, unit } of samples) {
    if (store.find(username)) continue;
    const groups = unit === undefined ? [role] : [role, `unit-${unit}`];
    store.add({ sub: sampleSubject(username), username, email, groups, createdAt: now });
  }
  return store;
}

/** The same at every start and on every machine, so that recorded histories name the same people. */
function sampleSubject(username: string): string {
  const hex = createHash('sha256').update(`tiendo.test/${username}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
