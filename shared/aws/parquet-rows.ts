import { type FileMetaData, parquetMetadata, parquetReadObjects } from 'hyparquet';
import { fromUnscaled } from '../domain/tables/decimals.ts';
import type { Cell, Column, Row, Table } from '../domain/tables/table.ts';
import { decimalOf } from '../domain/tables/table.ts';

/**
 * The rows of a Parquet file of ours, exactly as they were written, but decimals without needless zeros. No more than
 * one group of them is held at a time. Throws when the file lacks a column of the table.
 */
export async function* readParquet(table: Table, bytes: Uint8Array): AsyncGenerator<Row> {
  const file = new Uint8Array(bytes).buffer;
  const metadata = withoutDecimals(parquetMetadata(file));
  const columns = table.columns.map(({ name }) => name);
  let rowStart = 0;
  for (const { num_rows } of metadata.row_groups) {
    const rowEnd = rowStart + Number(num_rows);
    const rows = await parquetReadObjects({ file, metadata, columns, rowStart, rowEnd });
    for (const row of rows) {
      yield Object.fromEntries(
        table.columns.map((column) => [column.name, decodeCell(column, row[column.name])]),
      );
    }
    rowStart = rowEnd;
  }
}

/** As plain bytes they are read exactly; as decimals they would become floating-point numbers. */
function withoutDecimals(metadata: FileMetaData): FileMetaData {
  const schema = metadata.schema.map((element) => {
    if (element.converted_type !== 'DECIMAL') return element;
    const { converted_type: _converted, logical_type: _logical, ...bare } = element;
    return bare;
  });
  return { ...metadata, schema };
}

function decodeCell({ name, type }: Column, cell: unknown): Cell {
  if (cell === null || cell === undefined) return null;
  if (cell instanceof Date) return type === 'DATE' ? cell.toISOString().slice(0, 10) : cell.toISOString();
  if (typeof cell === 'bigint') return Number(cell);
  if (typeof cell === 'string' || typeof cell === 'boolean') return cell;
  const decimal = decimalOf(type);
  if (cell instanceof Uint8Array && decimal) return fromUnscaled(wholeNumberOf(cell), decimal.scale);
  throw new TypeError(`The column ${name} of a file holds what no ${type} is`);
}

/** Big endian, in two's complement. */
function wholeNumberOf(bytes: Uint8Array): bigint {
  return BigInt.asIntN(
    bytes.length * 8,
    bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n),
  );
}
