import type { DatabaseSync } from 'node:sqlite';

/**
 * Runs the work whole or not at all. May be nested: a schedule that notes its time and sends its message does
 * both or neither, although sending is a transaction of its own. The work must not wait for anything.
 */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('SAVEPOINT work');
  try {
    const result = work();
    database.exec('RELEASE work');
    return result;
  } catch (error) {
    database.exec('ROLLBACK TO work');
    database.exec('RELEASE work');
    throw error;
  }
}
