import type { Day } from '../../../shared/domain/calendar.ts';
import type { Bilingual } from '../../../shared/domain/catalogue.ts';
import { type Parameter, type QueryText, statementOf } from '../../../shared/domain/named-query.ts';

/** Values of a query's parameters by name; those at their default are left out. */
export type GivenParameters = Readonly<Record<string, string>>;

/**
 * The parameters a query has in the address of the page: what is not one of its own, empty or the default is left out.
 * While the page speaks of a past day, that is the `day` of a query unless the address says another.
 */
export function givenParameters(
  { parameters }: Pick<QueryText, 'parameters'>,
  address: Readonly<Record<string, string>>,
  asOf: Day | undefined,
): GivenParameters {
  const given: Record<string, string> = {};
  for (const parameter of parameters) {
    const value = address[parameter.name] || (isPointInTime(parameter) ? asOf : undefined);
    if (value !== undefined && value !== parameter.default) given[parameter.name] = value;
  }
  return given;
}

/** Whether a query can be asked as things were at the end of a day. */
export function canLookBack({ parameters }: Pick<QueryText, 'parameters'>): boolean {
  return parameters.some(isPointInTime);
}

/** The statement with these parameters, or why there is none: a value that is not of its parameter's kind. */
export function readStatement(
  query: QueryText,
  given: GivenParameters,
): { statement: string } | { fault: Bilingual } {
  try {
    return { statement: statementOf(query, given) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const [vi = '', en = ''] = error.message.split('\n');
    return { fault: { vi, en } };
  }
}

/** The command that asks the same on one's own machine: `npx tiendo query --named known-on --param unit=74`. */
export function commandOf(name: string, given: GivenParameters): string {
  const parameters = Object.entries(given).map(([key, value]) => ` --param ${key}=${value}`);
  return `npx tiendo query --named ${name}${parameters.join('')}`;
}

function isPointInTime({ name, kind }: Parameter): boolean {
  return kind === 'day' && name === 'day';
}
