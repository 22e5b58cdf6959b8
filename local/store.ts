import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Opens the database of the embedded cloud's own state (queues, sessions, mailbox …) in a data directory, which
 * is made when it is missing. What was written survives the end of the process, however it comes.
 */
export function openStore(dataDirectory: string): DatabaseSync {
  mkdirSync(dataDirectory, { recursive: true });
  const database = new DatabaseSync(join(dataDirectory, 'cloud.sqlite'));
  // The process may be killed at any time, which loses nothing; losing power is not a case here, so no fsync.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF;');
  return database;
}
