import { type NamedQuery, type QueryColumn, statementOf } from './named-query.ts';
import { parameterInvalid, queryUnknown } from './problem.ts';

/**
 * The named query that is asked for, and the statement it becomes.
 *
 * @throws ProblemError `query-unknown`, `parameter-invalid`.
 */
export function requireStatement(
  queries: readonly NamedQuery[],
  name: string,
  parameters: Readonly<Record<string, string>>,
): { query: NamedQuery; statement: string } {
  const query = queries.find((one) => one.name === name);
  if (!query) {
    throw queryUnknown(
      name,
      queries.map((one) => one.name),
    );
  }
  try {
    return { query, statement: statementOf(query, parameters) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const [vi = '', en = ''] = error.message.split('\n');
    throw parameterInvalid({ vi, en });
  }
}

/** The columns of an answer with what the query says of them: title and unit of measure, where it says any. */
export function describeColumns<C extends { name: string }>(
  { columns }: Pick<NamedQuery, 'columns'>,
  answered: readonly C[],
): (C & Partial<QueryColumn>)[] {
  return answered.map((column) => ({ ...columns.find(({ name }) => name === column.name), ...column }));
}
