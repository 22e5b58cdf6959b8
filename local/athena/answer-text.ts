import {
  DuckDBDecimalType,
  type DuckDBMaterializedResult,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api';
import * as z from 'zod';

/** A column as an execution keeps it. */
export const answerColumnSchema = z.object({
  name: z.string(),
  type: z.string(),
  precision: z.number(),
  scale: z.number(),
});
/** A column of an answer, by the name Trino gives its type. */
export type AnswerColumn = z.infer<typeof answerColumnSchema>;

interface AthenaType {
  name: string;
  precision: number;
  text(value: NonNullable<DuckDBValue>): string;
}

/** The types there are in Athena as in DuckDB, and how Athena writes their values. */
const athenaTypes: Partial<Record<DuckDBTypeId, AthenaType>> = {
  [DuckDBTypeId.VARCHAR]: { name: 'varchar', precision: 2_147_483_647, text: String },
  [DuckDBTypeId.BOOLEAN]: { name: 'boolean', precision: 0, text: String },
  [DuckDBTypeId.INTEGER]: { name: 'integer', precision: 10, text: String },
  [DuckDBTypeId.BIGINT]: { name: 'bigint', precision: 19, text: String },
  [DuckDBTypeId.DOUBLE]: { name: 'double', precision: 17, text: (value) => doubleText(Number(value)) },
  [DuckDBTypeId.DECIMAL]: { name: 'decimal', precision: 38, text: String },
  [DuckDBTypeId.DATE]: { name: 'date', precision: 0, text: String },
  [DuckDBTypeId.TIMESTAMP]: {
    name: 'timestamp',
    precision: 3,
    text: (value) => timestampText(String(value)),
  },
};

/** The columns of an answer. Throws for a type that Athena does not have by that name. */
export function columnsOf(answer: DuckDBMaterializedResult): AnswerColumn[] {
  return answer.columnNames().map((name, index) => {
    const type = answer.columnType(index);
    const { name: typeName, precision } = athenaTypeOf(type);
    return type instanceof DuckDBDecimalType
      ? { name, type: typeName, precision: type.width, scale: type.scale }
      : { name, type: typeName, precision, scale: 0 };
  });
}

/** An answer as the file Athena writes: every value between quotes, null as nothing, names first. */
export async function answerCsv(answer: DuckDBMaterializedResult): Promise<string> {
  const types = answer.columnTypes().map(athenaTypeOf);
  const lines = [answer.columnNames().map(quoted).join(',')];
  for await (const chunk of answer.yieldRows()) {
    for (const row of chunk) {
      const cells = row.map((value, index) =>
        value === null ? '' : quoted(types[index]?.text(value) ?? ''),
      );
      lines.push(cells.join(','));
    }
  }
  return `${lines.join('\n')}\n`;
}

function athenaTypeOf(type: DuckDBType): AthenaType {
  const found = athenaTypes[type.typeId];
  if (!found) {
    throw new Error(
      `NOT_SUPPORTED: the embedded Athena has no type ${type}; cast the column to one that DuckDB and Athena share`,
    );
  }
  return found;
}

/** As Java writes it: `98.7`, `5.0`, `1.0E7`. */
function doubleText(value: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return String(value);
  if (value === 0 || (size >= 1e-3 && size < 1e7)) return withPoint(String(value));
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return `${withPoint(mantissa)}E${Number(exponent)}`;
}

function withPoint(digits: string): string {
  return digits.includes('.') ? digits : `${digits}.0`;
}

/** `2022-06-30 10:00:00` → `2022-06-30 10:00:00.000`. */
function timestampText(text: string): string {
  const [whole = '', fraction = ''] = text.split('.');
  return `${whole}.${fraction.slice(0, 3).padEnd(3, '0')}`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
