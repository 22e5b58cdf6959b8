import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import { toUnscaled } from '../domain/tables/decimals.ts';
import type { Cell, Column, ColumnType, Row, Table } from '../domain/tables/table.ts';
import { decimalOf } from '../domain/tables/table.ts';

/** Rows are compressed in groups of so many, so that no more than these are held as they are. */
const rowsPerGroup = 20_000;
const dayMs = 24 * 60 * 60 * 1000;

type SchemaElement = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

/**
 * A Parquet file in the making, with the columns of a table. The same rows give the same bytes, however they were
 * added. Every value is kept exactly, but a decimal's places beyond its column's are cut.
 */
export class ParquetFile {
  readonly #columns: readonly { column: Column; encode: Encoder }[];
  readonly #bytes = new ByteWriter();
  readonly #writer: ParquetWriter;
  /** What is not compressed yet, by column. */
  #waiting: unknown[][];

  constructor(table: Table) {
    this.#columns = table.columns.map((column) => ({ column, encode: encoderOf(column.type) }));
    this.#writer = new ParquetWriter({ writer: this.#bytes, schema: schemaOf(table) });
    this.#waiting = table.columns.map(() => []);
  }

  add(row: Row): void {
    for (const [index, { column, encode }] of this.#columns.entries()) {
      this.#waiting[index]?.push(encodeCell(column, encode, row[column.name]));
    }
    if (this.#waiting[0]?.length === rowsPerGroup) this.#writeGroup();
  }

  /** The whole file. Nothing can be added after it. */
  finish(): Uint8Array {
    if (this.#waiting[0]?.length) this.#writeGroup();
    this.#writer.finish();
    return this.#bytes.getBytes();
  }

  #writeGroup(): void {
    const columnData = this.#columns.map(({ column }, index) => ({
      name: column.name,
      data: this.#waiting[index] ?? [],
    }));
    this.#waiting = this.#columns.map(() => []);
    this.#writer.write({ columnData, rowGroupSize: rowsPerGroup });
  }
}

/** Rows as one Parquet file with the columns of a table. */
export function writeParquet(table: Table, rows: Iterable<Row>): Uint8Array {
  const file = new ParquetFile(table);
  for (const row of rows) file.add(row);
  return file.finish();
}

function schemaOf({ columns }: Table): SchemaElement[] {
  return [
    { name: 'root', num_children: columns.length },
    ...columns.map(({ name, type, isNullable }) => ({
      name,
      repetition_type: isNullable ? ('OPTIONAL' as const) : ('REQUIRED' as const),
      ...physicalType(type),
    })),
  ];
}

/** @see https://github.com/apache/parquet-format/blob/master/LogicalTypes.md */
function physicalType(type: ColumnType): Omit<SchemaElement, 'name'> {
  switch (type) {
    case 'VARCHAR':
      return { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } };
    case 'BOOLEAN':
      return { type: 'BOOLEAN' };
    case 'DATE':
      return { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } };
    case 'TIMESTAMP':
      // Without a converted type, which would mean an instant with a zone.
      return { type: 'INT64', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MILLIS' } };
    case 'BIGINT':
      return { type: 'INT64' };
    default: {
      const { precision, scale } = requireDecimal(type);
      return {
        type: 'FIXED_LEN_BYTE_ARRAY',
        type_length: Math.ceil((precision * Math.log2(10) + 1) / 8),
        converted_type: 'DECIMAL',
        precision,
        scale,
        logical_type: { type: 'DECIMAL', precision, scale },
      };
    }
  }
}

/** Makes of a cell what its column holds. */
type Encoder = (cell: string | number | boolean) => unknown;

function encodeCell({ name, type, isNullable }: Column, encode: Encoder, cell: Cell | undefined): unknown {
  if (cell === null && isNullable) return null;
  if (cell === null || cell === undefined) throw new TypeError(`A row has nothing in its column ${name}`);
  try {
    return encode(cell);
  } catch (error) {
    throw new RangeError(`${cell} does not fit the column ${name}, a ${type}`, { cause: error });
  }
}

function encoderOf(type: ColumnType): Encoder {
  switch (type) {
    case 'VARCHAR':
    case 'BOOLEAN':
      return (cell) => cell;
    case 'DATE':
      return (cell) => Date.parse(`${cell}T00:00:00.000Z`) / dayMs;
    case 'TIMESTAMP':
      return (cell) => BigInt(Date.parse(String(cell)));
    case 'BIGINT':
      return (cell) => BigInt(cell);
    default: {
      const { precision, scale } = requireDecimal(type);
      const limit = 10n ** BigInt(precision);
      return (cell) => {
        const unscaled = toUnscaled(String(cell), scale);
        if (unscaled >= limit || unscaled <= -limit) throw new RangeError(`more than ${precision} digits`);
        return unscaled;
      };
    }
  }
}

function requireDecimal(type: ColumnType): { precision: number; scale: number } {
  const decimal = decimalOf(type);
  if (!decimal) throw new TypeError(`${type} is no type of a column`);
  return decimal;
}
