import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { ParquetFile, writeParquet } from '../../shared/aws/parquet-file.ts';
import { readParquet } from '../../shared/aws/parquet-rows.ts';
import { floorTo, parseDecimal } from '../../shared/domain/rational.ts';
import { type Cell, type Column, decimalOf, type Row, type Table } from '../../shared/domain/tables/table.ts';
import { type RowOf, tableOf, tables } from '../../shared/domain/tables.ts';

const text = fc.oneof(
  fc.constantFrom('', ' ', 'Nghị quyết số 12/NQ-CP', 'Ằ̀ tổ hợp', '=1+1', '-3', '\u0000', '🇻🇳'),
  fc.string({ unit: 'grapheme' }),
);
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());

/** Cells of a type, its extremes among them. */
function cellsOf({ type, isNullable }: Column): fc.Arbitrary<Cell> {
  const cells = valuesOf(type);
  return isNullable ? fc.option(cells, { nil: null }) : cells;
}

function valuesOf(type: Column['type']): fc.Arbitrary<Cell> {
  if (type === 'VARCHAR') return text;
  if (type === 'BOOLEAN') return fc.boolean();
  if (type === 'DATE') return day.map((instant) => instant.slice(0, 10));
  if (type === 'TIMESTAMP') return day;
  if (type === 'BIGINT')
    return fc.oneof(fc.constantFrom(0, -1, Number.MAX_SAFE_INTEGER), fc.maxSafeInteger());
  const { scale } = decimalOf(type) ?? { scale: 0 };
  const limit = BigInt(Number.MAX_SAFE_INTEGER);
  const whole = fc.oneof(
    fc.constantFrom(0n, limit, -limit),
    fc.bigInt({ min: -limit + 1n, max: limit - 1n }),
  );
  const fraction = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: scale });
  return fc.tuple(whole, fraction).map(([digits, places]) => {
    const decimal = floorTo(parseDecimal(`${digits}${places && `.${places}`}`), scale);
    return decimal
      .replace(/\.?0*$/, (zeros) => (zeros.startsWith('.') ? '' : zeros))
      .replace(/(\..*?)0+$/, '$1');
  });
}

const anyRows = (table: Table): fc.Arbitrary<Row[]> =>
  fc.array(fc.record(Object.fromEntries(table.columns.map((column) => [column.name, cellsOf(column)]))), {
    maxLength: 30,
  });

describe('a Parquet file', () => {
  it.each(tables)('of $name gives back any rows as they were', async (table) => {
    await fc.assert(
      fc.asyncProperty(anyRows(table), async (rows) => {
        expect(await Array.fromAsync(readParquet(table, writeParquet(table, rows)))).toEqual(rows);
      }),
      { numRuns: 25 },
    );
  });

  const observation: RowOf<'observations'> = {
    unit_id: '74',
    submission_id: '01G3ABCDEFGHJKMNPQRSTVWXYZ',
    row_number: 2,
    indicator_id: 'II.9.1',
    period: '2022-06',
    as_at: '2022-06-30',
    area_id: null,
    numerator: 0,
    denominator: Number.MAX_SAFE_INTEGER,
    value: '-3.5',
    value_text: '-3.50',
    completed_on: '2022-06-20',
    evidence: 'Quyết định số 12/QĐ-UBND',
    note: null,
  };
  const observations = tableOf('observations');

  it('is read by others as what it says', async () => {
    const file = new Uint8Array(writeParquet(observations, [observation])).buffer;
    expect(await parquetReadObjects({ file })).toEqual([
      {
        ...observation,
        row_number: 2n,
        as_at: new Date('2022-06-30'),
        numerator: 0n,
        denominator: 9007199254740991n,
        value: -3.5,
        completed_on: new Date('2022-06-20'),
      },
    ]);
  });

  it('says instants without a zone, and decimals with their digits', () => {
    const file = new Uint8Array(writeParquet(tableOf('points'), [])).buffer;
    const types = new Map(parquetMetadata(file).schema.map(({ name, logical_type }) => [name, logical_type]));
    expect(types.get('known_from')).toEqual({ type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MILLIS' });
    expect(types.get('value')).toEqual({ type: 'DECIMAL', precision: 28, scale: 12 });
  });

  it('cuts a decimal at the places of its column, rounding down', async () => {
    const bytes = writeParquet(observations, [{ ...observation, value: '-3.4512345678901' }]);
    const [row] = await Array.fromAsync(readParquet(observations, bytes));
    expect(row?.value).toBe('-3.451234567891');
  });

  it.each([
    [{ ...observation, value: '10000000000000000' }, /does not fit the column value/],
    [{ ...observation, unit_id: null }, /nothing in its column unit_id/],
  ])('is not written with what it cannot hold', (row, message) => {
    expect(() => writeParquet(observations, [row])).toThrow(message);
  });

  it('is the same bytes, one group of 20,000 rows after the other, however the rows come', async () => {
    const rows = Array.from({ length: 20_001 }, (_, index) => ({ ...observation, row_number: index }));
    const file = new ParquetFile(observations);
    for (const row of rows) file.add(row);
    const bytes = file.finish();
    expect(Buffer.compare(bytes, writeParquet(observations, rows))).toBe(0);
    expect(parquetMetadata(new Uint8Array(bytes).buffer).row_groups.map(({ num_rows }) => num_rows)).toEqual([
      20_000n,
      1n,
    ]);
    let next = 0;
    for await (const { row_number } of readParquet(observations, bytes)) expect(row_number).toBe(next++);
    expect(next).toBe(20_001);
  });
});
