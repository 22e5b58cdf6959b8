import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';

const rowsSchema = z.array(z.object({ phone: z.string() }));

/** The phone numbers that want no SMS any more, on disk. */
export function createOptOuts(database: DatabaseSync) {
  database.exec('CREATE TABLE IF NOT EXISTS sns_opt_out (phone TEXT PRIMARY KEY) STRICT');
  const all = database.prepare('SELECT phone FROM sns_opt_out ORDER BY phone');
  const one = database.prepare('SELECT 1 FROM sns_opt_out WHERE phone = ?');
  const insert = database.prepare('INSERT OR IGNORE INTO sns_opt_out (phone) VALUES (?)');
  const remove = database.prepare('DELETE FROM sns_opt_out WHERE phone = ?');
  return {
    all: (): string[] => rowsSchema.parse(all.all()).map(({ phone }) => phone),
    has: (phone: string): boolean => one.get(phone) !== undefined,
    add: (phone: string): void => void insert.run(phone),
    remove: (phone: string): void => void remove.run(phone),
  };
}
