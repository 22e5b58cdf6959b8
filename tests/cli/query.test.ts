import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queryCommand } from '../../cli/commands/query.ts';
import { askTables, runSelect } from '../../cli/duckdb.ts';
import type { ObjectStore } from '../../local/s3/object-store.ts';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { namedQueries } from '../../shared/domain/named-queries.ts';
import { tables } from '../../shared/domain/tables.ts';
import { views } from '../../shared/domain/views.ts';
import { makeDataDirectory, observation, putRows } from './exported-data.ts';
import { runCommand } from './run-command.ts';

const rows = [
  observation({ row_number: 2, numerator: 0, denominator: 2 ** 53 - 1, note: '=HYPERLINK("x")' }),
  observation({ row_number: 3, indicator_id: 'II.7.2', value: '-22.5', value_text: '-22.5' }),
  observation({
    row_number: 4,
    indicator_id: '1.a.1',
    completed_on: '2022-05-20',
    evidence: '12/QĐ-UBND',
    note: 'Đã xong;\nchờ "thẩm định"',
  }),
];

let dataDirectory: string;
let store: ObjectStore;
let workingDirectory: string;

beforeAll(async () => {
  ({ dataDirectory, store } = makeDataDirectory());
  workingDirectory = mkdtempSync(join(tmpdir(), 'tiendo-query-'));
  await putRows(store, 'observations', 'observations/unit=74/01G3ABCDEFGHJKMNPQRSTVWXYZ-0001.parquet', rows);
  await putRows(store, 'observations', 'downloads/observations.parquet', rows);
});
afterAll(() => {
  store.close();
  rmSync(dataDirectory, { recursive: true });
  rmSync(workingDirectory, { recursive: true });
});

function query(...args: string[]) {
  const machine = { environment: {}, workingDirectory, nowMs: () => 0 };
  return runCommand(queryCommand(machine), [...args, '--data', dataDirectory]);
}

describe('tiendo query', () => {
  it('prints a table with its numbers to the right, and how many rows there are', async () => {
    const { out, exitCode } = await query(
      'SELECT indicator_id, row_number, note FROM observations ORDER BY row_number DESC LIMIT 2',
    );
    expect(exitCode).toBe(0);
    expect(out.split('\n')).toEqual([
      'indicator_id  row_number  note',
      '────────────  ──────────  ────────────────────────',
      '1.a.1                  4  Đã xong; chờ "thẩm định"',
      'II.7.2                 3',
      '',
      '2 dòng · rows',
      '',
    ]);
  });

  it.each([
    [1000, '1.000 dòng · rows', 1000],
    [1001, '1.000 dòng đầu trong 1.001;', 1000],
  ])('shows of %i rows what can be read, and says "%s"', async (count, text, shown) => {
    const { out } = await query(`SELECT * FROM range(${count})`);
    expect(out).toContain(text);
    expect(out.split('\n').filter((line) => /^ *\d+$/.test(line))).toHaveLength(shown);
  });

  it('prints CSV: exact numbers, absent cells empty, no formula', async () => {
    const { out } = await query(
      'SELECT numerator, denominator, value, completed_on, evidence, note FROM observations ORDER BY row_number',
      '--csv',
    );
    expect(out).toBe(
      [
        'numerator,denominator,value,completed_on,evidence,note',
        `0,9007199254740991,,,,"'=HYPERLINK(""x"")"`,
        ',,-22.500000000000,,,',
        ',,,2022-05-20,12/QĐ-UBND,"Đã xong;\nchờ ""thẩm định"""',
        '',
      ].join('\r\n'),
    );
  });

  it('prints JSON: exact numbers, null, text as it is', async () => {
    const { out } = await query(
      'SELECT numerator, denominator, value, completed_on, note, sum(denominator) OVER () AS total FROM observations ORDER BY row_number',
      '--json',
    );
    expect(out).toContain('"value":-22.500000000000,');
    expect(JSON.parse(out)).toEqual([
      {
        numerator: 0,
        denominator: 2 ** 53 - 1,
        value: null,
        completed_on: null,
        note: rows[0]?.note,
        total: 2 ** 53 - 1,
      },
      {
        numerator: null,
        denominator: null,
        value: -22.5,
        completed_on: null,
        note: null,
        total: 2 ** 53 - 1,
      },
      {
        numerator: null,
        denominator: null,
        value: null,
        completed_on: '2022-05-20',
        note: rows[2]?.note,
        total: 2 ** 53 - 1,
      },
    ]);
  });

  it('prints values of every type, and names that occur twice apart', async () => {
    const { out } = await query(
      `SELECT 12345678901234567890 AS a, -0.0000001::DOUBLE AS b, 'nan'::DOUBLE AS c, [1, 2] AS d,
        TIMESTAMP '2022-06-30 10:00:00.12' AS e, true AS f, 1 AS f`,
      '--json',
    );
    expect(out).toContain('"a":12345678901234567890,');
    expect(JSON.parse(out)).toMatchObject([
      { b: -1e-7, d: [1, 2], e: '2022-06-30 10:00:00.12', f: true, 'f:1': 1 },
    ]);
    const csv = await query('SELECT -0.0000001::DOUBLE AS b, 1e21::DOUBLE AS c', '--csv');
    expect(csv.out).toBe('b,c\r\n-0.0000001,1000000000000000000000\r\n');
  });

  it.each(['--csv', '--json'])('prints an answer without rows with %s', async (format) => {
    const { out } = await query('SELECT unit_id FROM alerts', format);
    expect(out).toBe(format === '--csv' ? 'unit_id\r\n' : '[]\n');
  });

  it('prints many rows one after another', async () => {
    const { out } = await query('SELECT * FROM range(5000)', '--json');
    expect(JSON.parse(out)).toHaveLength(5000);
    expect((await query('SELECT * FROM range(5000)', '--csv')).out.split('\r\n')).toHaveLength(5002);
  });

  it('writes a Parquet file beside which nothing is left, replacing the one before', async () => {
    const path = join(workingDirectory, "so lieu's.parquet");
    writeFileSync(path, 'x');
    const { out, exitCode } = await query(
      'SELECT *, value FROM observations',
      '--parquet',
      "so lieu's.parquet",
    );
    expect({ out, exitCode }).toEqual({ out: `Đã ghi 3 dòng vào ${path} · rows written\n`, exitCode: 0 });
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const file = path.replaceAll("'", "''");
    const read = await connection.runAndReadAll(`SELECT sum(denominator), max(note) FROM '${file}'`);
    expect(read.getRows()).toEqual([[BigInt(2 ** 53 - 1), rows[2]?.note]]);
  });

  it('lists tables, views, columns, rows and saved queries', async () => {
    const { out } = await query('--list');
    for (const { name, columns } of [...tables, ...views]) {
      expect(out).toContain(`\n${name} · `);
      for (const column of columns)
        expect(out).toMatch(new RegExp(`\n  ${column.name} +${column.type.slice(0, 7)}`));
    }
    expect(out).toMatch(/\nobservations · .* · 3 dòng/);
    expect(out).toMatch(/\nalerts · .* · 0 dòng/);
    expect(out).toContain('--param day=9999-12-31');
  });

  it.each(['observations', 'points', ...views.map(({ name }) => name)])(
    'gives %s the types of the list, with objects and without',
    async (name) => {
      const { out } = await query(`DESCRIBE ${name}`, '--json');
      const described: { column_name: string; column_type: string }[] = JSON.parse(out);
      const table = [...tables, ...views].find((one) => one.name === name);
      expect(described.map(({ column_name, column_type }) => [column_name, column_type])).toEqual(
        table?.columns.map((column) => [column.name, column.type]),
      );
    },
  );

  it.each(namedQueries(loadCatalogue().directive).map(({ name }) => name))(
    'asks the saved query %s',
    async (name) => {
      expect(await query('--named', name, '--json')).toMatchObject({ exitCode: 0, err: '' });
    },
  );

  it('asks a saved query with parameters', async () => {
    const run = await query(
      '--named',
      'known-on',
      '--param',
      'day=2022-06-30',
      '--param',
      'unit=74',
      '--json',
    );
    expect(run).toMatchObject({ out: '[]\n', exitCode: 0 });
  });

  it.each([
    [
      'an unknown table',
      ['SELECT * FROM observation'],
      2,
      'There is no table "observation". The tables are: observations,',
    ],
    ['an unknown column', ['SELECT unit FROM observations'], 2, 'Referenced column "unit" not found'],
    ['half a sentence', ['SELECT FROM'], 2, 'DuckDB says'],
    ['an insertion', ['INSERT INTO observations VALUES (1)'], 2, 'The query is wrong'],
    ['a table of its own', ['CREATE TABLE mine AS SELECT 1'], 2, 'reading only'],
    ['a change of the settings', ['SET threads = 1'], 2, 'reading only'],
    ['a file to be written', ["COPY observations TO 'x.csv'"], 2, 'reading only'],
    ['two statements', ['SELECT 1; SELECT 2'], 2, 'One SELECT'],
    ['a parameter', ['SELECT $1'], 2, 'One SELECT'],
    ['nothing but a comment', [' -- SELECT 1\n/* ; */ ;'], 2, 'One SELECT'],
    ['an address elsewhere', ["SELECT * FROM 'https://example.com/x.parquet'"], 2, 'httpfs'],
    ['a wrong cast', ['SELECT CAST(note AS INTEGER) FROM observations'], 3, 'Could not convert'],
    ['neither a query nor a name', [], 2, 'Give one SELECT, or --named, or --list.'],
    ['a query and a name', ['SELECT 1', '--named', 'known-on'], 2, 'Give one SELECT, or --named, or --list.'],
    ['two formats', ['SELECT 1', '--csv', '--json'], 2, 'Only one of'],
    ['a list as JSON', ['--list', '--json'], 2, 'Only one of'],
    [
      'an unknown saved query',
      ['--named', 'known'],
      2,
      'There is no query "known". There are: national-percentage,',
    ],
    ['a parameter it lacks', ['--named', 'known-on', '--param', 'tag=1'], 2, 'has no parameter "tag"'],
    [
      'a parameter of no kind',
      ['--named', 'known-on', '--param', "unit=74' or '1'='1"],
      2,
      'must be a unit id',
    ],
    ['a parameter without a value', ['--named', 'known-on', '--param', 'unit'], 2, 'must be a unit id'],
  ])('refuses %s', async (_, args, exitCode, text) => {
    const run = await query(...args);
    expect(run).toMatchObject({ out: '', exitCode });
    expect(run.err).toContain(text);
    expect(run.err).not.toContain('    at ');
  });

  it.each(['--csv', '--parquet'])('runs what a semicolon and a comment end, with %s', async (format) => {
    const file = format === '--parquet' ? ['one.parquet'] : [];
    expect(await query('SELECT 1 AS one; -- done', format, ...file)).toMatchObject({ exitCode: 0, err: '' });
  });

  it('says where data comes from when there is none', async () => {
    const machine = { environment: {}, workingDirectory, nowMs: () => 0 };
    const run = await runCommand(queryCommand(machine), ['SELECT 1']);
    expect(run).toMatchObject({ out: '', exitCode: 2 });
    expect(run.err).toContain(`There is no data in ${join(workingDirectory, '.tiendo', 'local')}.`);
    expect(run.err).toContain('npm start -- --once');
  });
});

describe('the tables of a data directory', () => {
  it('are read while a cloud writes to it, and when it has ended', async () => {
    const { dataDirectory: own, store: running } = makeDataDirectory();
    const key = 'observations/unit=74/01G3ABCDEFGHJKMNPQRSTVWXYZ-0001.parquet';
    const count = async () => {
      const counted: unknown[] = [];
      await askTables(
        own,
        (connection) => runSelect(connection, 'SELECT count(*) FROM observations'),
        async (answer) => void counted.push(...(await answer.getRows()).flat()),
      );
      return counted;
    };
    expect(await count()).toEqual([0n]);
    await putRows(running, 'observations', key, rows);
    expect(await count()).toEqual([3n]);
    running.remove('tiendodata-exportbucket', key);
    expect(await count()).toEqual([0n]);
    await putRows(running, 'observations', key, rows.slice(1));
    running.close();
    expect(await count()).toEqual([2n]);
    rmSync(own, { recursive: true });
  });

  it('are asked again when an object was replaced before it was read', async () => {
    const { dataDirectory: own, store: running } = makeDataDirectory();
    const key = 'observations/unit=74/01G3ABCDEFGHJKMNPQRSTVWXYZ-0001.parquet';
    await putRows(running, 'observations', key, rows);
    let asked = 0;
    const used: unknown[] = [];
    await askTables(
      own,
      async (connection) => {
        asked += 1;
        if (asked === 1) await putRows(running, 'observations', key, rows.slice(1));
        return await runSelect(connection, 'SELECT max(note) FROM observations');
      },
      async (answer) => void used.push(...(await answer.getRows()).flat()),
    );
    expect({ asked, used }).toEqual({ asked: 2, used: [rows[2]?.note] });
    running.close();
    rmSync(own, { recursive: true });
  });

  it('that another version wrote are refused with what to do', async () => {
    const { dataDirectory: own, store: running } = makeDataDirectory();
    await putRows(running, 'alerts', 'observations/unit=74/old.parquet', []);
    const asked = askTables(
      own,
      (connection) => runSelect(connection, 'SELECT 1'),
      async () => {},
    );
    await expect(asked).rejects.toMatchObject({ exitCode: 3, en: expect.stringContaining('npm start') });
    running.close();
    rmSync(own, { recursive: true });
  });
});
