import { isDay } from './calendar.ts';
import type { Bilingual } from './catalogue.ts';

/**
 * What a parameter takes: a day (`2022-06-30`), a unit (`74`) or an indicator (`II.9.1`), the last two also `*` for
 * all. None of them can hold a quote, so that what is put in stays one literal.
 */
export type ParameterKind = 'day' | 'unit' | 'indicator';

/** Where a query stands `${name}` between quotes for what whoever runs it decides. */
export interface Parameter {
  name: string;
  kind: ParameterKind;
  title: Bilingual;
  /** What is taken when nothing is given. */
  default: string;
}

/** One column of an answer. */
export interface QueryColumn {
  name: string;
  title: Bilingual;
  /** The unit of measure, where there is one. */
  unit?: Bilingual;
}

/** A question that is asked again and again, written once for Athena and DuckDB. */
export interface NamedQuery {
  /** kebab-case. */
  name: string;
  title: Bilingual;
  description: Bilingual;
  parameters: readonly Parameter[];
  /** The columns of its answer, in order. */
  columns: readonly QueryColumn[];
  /** One statement, with parameters as `${name}`. */
  sql: string;
}

/** What of a query its statement is made of. */
export type QueryText = Pick<NamedQuery, 'name' | 'parameters' | 'sql'>;

/**
 * The query with its parameters put in: those given, and the default of the others.
 *
 * @throws RangeError with a sentence in Vietnamese and one in English for a parameter the query does not have, or a
 * value that is not of its kind.
 */
export function fillQuery(query: QueryText, given: Readonly<Record<string, string>> = {}): string {
  for (const name of Object.keys(given)) {
    if (!query.parameters.some((parameter) => parameter.name === name)) throw unknownParameter(query, name);
  }
  return query.sql.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    const parameter = query.parameters.find((one) => one.name === name);
    if (!parameter) throw new Error(`${query.name} uses \${${name}}, which is none of its parameters`);
    const value = Object.hasOwn(given, name) ? (given[name] ?? '') : parameter.default;
    if (!isOfKind[parameter.kind](value)) throw wrongValue(parameter, value);
    return value;
  });
}

/** The statement that is run: a comment that names the query, then the query with its parameters put in. Throws as `fillQuery`. */
export function statementOf(query: QueryText, given: Readonly<Record<string, string>> = {}): string {
  return `${statementStart}${query.name}\n${fillQuery(query, given)}`;
}

/** The query a statement was made of; `undefined` for a statement that was not made by `statementOf`. */
export function queryOfStatement(queries: readonly NamedQuery[], statement: string): NamedQuery | undefined {
  return queries.find(({ name }) => statement.startsWith(`${statementStart}${name}\n`));
}

const statementStart = '-- tiendo: ';

const isOfKind: Readonly<Record<ParameterKind, (value: string) => boolean>> = {
  day: isDay,
  unit: (value) => value === '*' || /^[0-9A-Z]+$/.test(value),
  indicator: (value) => value === '*' || /^[0-9A-Za-z]+(?:\.[0-9A-Za-z]+)*$/.test(value),
};

const kindNames: Readonly<Record<ParameterKind, Bilingual>> = {
  day: { vi: 'một ngày như 2022-06-30', en: 'a day such as 2022-06-30' },
  unit: { vi: 'một mã đơn vị như 74, hoặc * cho mọi đơn vị', en: 'a unit id such as 74, or * for all' },
  indicator: {
    vi: 'một mã chỉ tiêu như II.9.1, hoặc * cho mọi chỉ tiêu',
    en: 'an indicator id such as II.9.1, or * for all',
  },
};

function unknownParameter({ name, parameters }: QueryText, given: string): RangeError {
  const known = parameters.map((parameter) => parameter.name).join(', ');
  return new RangeError(
    `Truy vấn ${name} không có tham số "${given}", chỉ có: ${known || 'không có'}.\n` +
      `The query ${name} has no parameter "${given}"; it has: ${known || 'none'}.`,
  );
}

function wrongValue({ name, kind }: Parameter, value: string): RangeError {
  const { vi, en } = kindNames[kind];
  return new RangeError(
    `Tham số ${name} phải là ${vi}, không phải "${value}".\nThe parameter ${name} must be ${en}, not "${value}".`,
  );
}
