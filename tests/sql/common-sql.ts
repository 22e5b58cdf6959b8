import { TrinoSQL } from 'dt-sql-parser/dist/parser/trino/index.js';

/**
 * The functions that Trino and DuckDB both have, and that mean the same in both. The grammar takes any name for a
 * function, hence this list; a query that needs another one adds it here after reading both manuals.
 */
const functions = ['cast', 'coalesce', 'count', 'floor', 'length', 'max', 'min', 'rank', 'row_number', 'sum'];

/** Words that may stand before a parenthesis without being a function. */
const words = [
  'and',
  'as',
  'by',
  'decimal',
  'exists',
  'from',
  'in',
  'join',
  'on',
  'or',
  'over',
  'using',
  'values',
  'when',
  'where',
];

/**
 * Why a query may not run alike on Athena and on DuckDB: what Trino's grammar refuses, and what it takes although the
 * two differ. Empty for a query in the common subset.
 *
 * @see docs/adr/0024-sql-that-athena-and-duckdb-share.md
 */
export function faultsOf(sql: string): string[] {
  const bare = withoutLiterals(sql);
  const called = [...bare.matchAll(/\b(\w+)\s*\(/g)].map(([, name = '']) => name.toLowerCase());
  return [
    ...new TrinoSQL().validate(sql).map(({ message }) => message),
    ...called
      .filter((name) => !functions.includes(name) && !words.includes(name) && !isCommonTable(bare, name))
      .map((name) => `${name}() is not known to mean the same in both`),
    ...found(
      bare,
      /\/(?!\s*(?:cast\((?:[^()]|\([^()]*\))*\bas double\)|\d+e\d+))/i,
      'Trino cuts a quotient of whole numbers: divide by a double',
    ),
    ...found(bare, /;/, 'one statement, without a semicolon'),
    ...found(bare, /"/, 'no quoted names'),
    ...found(bare, /\basof\b/i, 'ASOF joins are DuckDB’s alone; the grammar takes the word for a name'),
    ...found(bare, /\bat\s+time\s+zone\b/i, 'instants have no zone: add or take away hours'),
    ...found(bare, /\b(?:group|order) by \d/i, 'group and order by names'),
  ];
}

/** `with months (first_day, overdue_at) as (…)` names columns, it calls nothing. */
function isCommonTable(sql: string, name: string): boolean {
  return new RegExp(`(?:\\bwith|\\),)\\s+${name}\\s*\\([\\w\\s,]+\\)\\s+as\\s*\\(`, 'i').test(sql);
}

function found(sql: string, pattern: RegExp, fault: string): string[] {
  return pattern.test(sql) ? [fault] : [];
}

function withoutLiterals(sql: string): string {
  return sql.replaceAll(/'(?:[^']|'')*'/g, "''");
}
