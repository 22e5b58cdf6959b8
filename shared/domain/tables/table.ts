import type { Bilingual } from '../catalogue.ts';

/**
 * What a cell is. A DATE is a calendar day in Asia/Ho_Chi_Minh, a TIMESTAMP an instant in UTC without zone, to the
 * millisecond. A DECIMAL has at most 38 digits, the second number of them after the point.
 */
export type ColumnType =
  | 'VARCHAR'
  | 'BOOLEAN'
  | 'DATE'
  | 'TIMESTAMP'
  | 'BIGINT'
  | `DECIMAL(${number},${number})`;

/** One column of a table. `unit` is the unit of measure, where there is one. */
export interface Column<
  Name extends string = string,
  Type extends ColumnType = ColumnType,
  IsNullable extends boolean = boolean,
> {
  /** snake_case, the same in Parquet, Athena and DuckDB. */
  name: Name;
  type: Type;
  title: Bilingual;
  unit?: Bilingual;
  isNullable: IsNullable;
}

/**
 * How a table is divided into objects: one for all, one for each unit, some for each accepted submission, or one
 * for each day.
 */
export type Layout = 'whole' | 'unit' | 'submission' | 'day';

/** One table of the export; `grain` says what one row is. */
export interface Table {
  name: string;
  title: Bilingual;
  grain: Bilingual;
  layout: Layout;
  columns: readonly Column[];
}

/** A column that is never null. */
export function column<const Name extends string, const Type extends ColumnType>(
  name: Name,
  type: Type,
  vi: string,
  en: string,
  unit?: Bilingual,
): Column<Name, Type, false> {
  return { name, type, title: { vi, en }, ...(unit && { unit }), isNullable: false };
}

/** A column that may be null. */
export function nullable<const Name extends string, const Type extends ColumnType>(
  name: Name,
  type: Type,
  vi: string,
  en: string,
  unit?: Bilingual,
): Column<Name, Type, true> {
  return { ...column(name, type, vi, en, unit), isNullable: true };
}

/** Digits before and after the point of a DECIMAL together, and those after it; `undefined` for other types. */
export function decimalOf(type: ColumnType): { precision: number; scale: number } | undefined {
  const match = /^DECIMAL\((\d+),(\d+)\)$/.exec(type);
  return match ? { precision: Number(match[1]), scale: Number(match[2]) } : undefined;
}

/** What a cell holds: a DATE as `2022-06-30`, a TIMESTAMP as an instant, a DECIMAL in plain notation. */
export type Cell = string | number | boolean | null;
/** A row of any table. */
export type Row = Readonly<Record<string, Cell>>;
