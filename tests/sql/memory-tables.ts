import { DuckDBInstance, type Json } from '@duckdb/node-api';
import type { Table } from '../../shared/domain/tables/table.ts';
import { type TableName, tables } from '../../shared/domain/tables.ts';
import { views } from '../../shared/domain/views.ts';

type Cell = string | number | boolean | null;
/** A row as a test writes it: columns that are left out are null. */
export type Row = Readonly<Record<string, Cell>>;

/**
 * All tables and views in memory, with some rows: `ask` answers a query with its rows as JSON, in which whole numbers
 * of 64 bits, decimals, days and instants are text.
 */
export async function memoryTables(
  rows: Readonly<Partial<Record<TableName, readonly Row[]>>>,
): Promise<{ ask(sql: string): Promise<Record<string, Json>[]>; close(): void }> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const table of tables) {
    await connection.run(createTable(table));
    for (const row of rows[table.name] ?? []) await connection.run(insertRow(table, row));
  }
  for (const { name, sql } of views) await connection.run(`create view ${name} as ${sql}`);
  return {
    ask: async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson(),
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function createTable({ name, columns }: Table): string {
  return `create table ${name} (${columns.map((column) => `"${column.name}" ${column.type}`).join(', ')})`;
}

function insertRow({ name, columns }: Table, row: Row): string {
  const unknown = Object.keys(row).filter((key) => !columns.some((column) => column.name === key));
  if (unknown.length > 0) throw new Error(`${name} has no column ${unknown.join(', ')}`);
  return `insert into ${name} values (${columns.map((column) => literal(row[column.name] ?? null)).join(', ')})`;
}

function literal(cell: Cell): string {
  return typeof cell === 'string' ? `'${cell.replaceAll("'", "''")}'` : String(cell);
}
