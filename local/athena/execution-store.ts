import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { answerColumnSchema } from './answer-text.ts';

const states = ['QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED'] as const;

const executionSchema = z.object({
  id: z.string(),
  workgroup: z.string(),
  database: z.string(),
  statement: z.string(),
  state: z.enum(states),
  /** Why it failed or was cancelled. */
  reason: z.string().nullable(),
  submittedMs: z.number(),
  completedMs: z.number().nullable(),
  bytesScanned: z.number(),
  columns: z.string().transform((text) => z.array(answerColumnSchema).parse(JSON.parse(text))),
});
/** One running of a statement; times by the embedded clock. */
export type StoredExecution = z.infer<typeof executionSchema>;

/** What becomes of a running. */
export type Ending = Pick<StoredExecution, 'bytesScanned' | 'columns'> & {
  state: 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  reason: string | null;
};

/** The runnings of queries, kept over restarts. */
export interface ExecutionStore {
  find(id: string): StoredExecution | undefined;
  /** The running a client has asked for by a token before. */
  findToken(workgroup: string, token: string): StoredExecution | undefined;
  add(
    asked: Pick<StoredExecution, 'workgroup' | 'database' | 'statement'>,
    token: string,
    nowMs: number,
  ): string;
  begin(id: string): void;
  end(id: string, ending: Ending, nowMs: number): void;
}

/** Keeps every running of a query. Those the process ended in the midst of have failed. */
export function createExecutionStore(database: DatabaseSync, nowMs: number): ExecutionStore {
  database.exec(`
    CREATE TABLE IF NOT EXISTS athena_executions (
      id TEXT PRIMARY KEY, workgroup TEXT NOT NULL, token TEXT NOT NULL, database TEXT NOT NULL,
      statement TEXT NOT NULL, state TEXT NOT NULL, reason TEXT, submittedMs INTEGER NOT NULL,
      completedMs INTEGER, bytesScanned INTEGER NOT NULL, columns TEXT NOT NULL, UNIQUE (workgroup, token)
    ) WITHOUT ROWID`);
  database
    .prepare(
      `UPDATE athena_executions SET state = 'FAILED', completedMs = ?,
       reason = 'The embedded cloud ended while the query was running' WHERE state IN ('QUEUED', 'RUNNING')`,
    )
    .run(nowMs);
  const selectById = database.prepare('SELECT * FROM athena_executions WHERE id = ?');
  const selectByToken = database.prepare('SELECT * FROM athena_executions WHERE workgroup = ? AND token = ?');
  const insert = database.prepare(
    `INSERT INTO athena_executions VALUES (?, ?, ?, ?, ?, 'QUEUED', NULL, ?, NULL, 0, '[]')`,
  );
  const setRunning = database.prepare(`UPDATE athena_executions SET state = 'RUNNING' WHERE id = ?`);
  const setEnded = database.prepare(
    'UPDATE athena_executions SET state = ?, reason = ?, completedMs = ?, bytesScanned = ?, columns = ? WHERE id = ?',
  );
  const read = (row: unknown) => (row === undefined ? undefined : executionSchema.parse(row));
  return {
    find: (id) => read(selectById.get(id)),
    findToken: (workgroup, token) => read(selectByToken.get(workgroup, token)),
    add({ workgroup, database, statement }, token, nowMs) {
      const id = randomUUID();
      insert.run(id, workgroup, token, database, statement, nowMs);
      return id;
    },
    begin: (id) => void setRunning.run(id),
    end: (id, { state, reason, bytesScanned, columns }, nowMs) =>
      void setEnded.run(state, reason, nowMs, bytesScanned, JSON.stringify(columns), id),
  };
}
