import { describe, expect, it } from 'vitest';
import { namedQueries } from '../../shared/domain/named-queries.ts';
import { queryOfStatement } from '../../shared/domain/named-query.ts';
import { describeColumns, requireStatement } from '../../shared/domain/query-request.ts';

const queries = namedQueries({ reports: { from: '2022-04', to: '2022-06', dueDayOfMonth: 25 } });

const refusalOf = (name: string, parameters: Record<string, string>) => {
  try {
    return requireStatement(queries, name, parameters);
  } catch (error) {
    return error;
  }
};

describe('a statement', () => {
  it.each(queries)('of $name is known by the query it was made of', (query) => {
    const { statement } = requireStatement(queries, query.name, {});
    expect(statement.split('\n')[0]).toBe(`-- tiendo: ${query.name}`);
    expect(queryOfStatement(queries, statement)).toBe(query);
  });

  it.each([
    'select 1',
    '-- tiendo: known-on',
    '-- tiendo: known-on-that\nselect 1',
    ' -- tiendo: known-on\nselect 1',
  ])('%j was made of none', (statement) => {
    expect(queryOfStatement(queries, statement)).toBeUndefined();
  });

  it('has the parameters that were given, and the others at their default', () => {
    const { statement } = requireStatement(queries, 'known-on', { day: '2022-06-30' });
    expect(statement).toContain("date '2022-06-30'");
    expect(statement).toContain("'*' = '*'");
  });

  it('is refused for a query there is not, naming those there are', () => {
    expect(refusalOf('known', {})).toMatchObject({
      problem: { status: 404, code: 'query-unknown', detail: { en: expect.stringContaining('known-on') } },
    });
  });

  it.each([
    [{ day: 'today' }, 'a day such as 2022-06-30'],
    [{ unit: "74' or '1'='1" }, 'a unit id'],
    [{ month: '2022-06' }, 'no parameter "month"'],
  ])('is refused for %j, saying what is taken', (parameters: Record<string, string>, said) => {
    expect(refusalOf('known-on', parameters)).toMatchObject({
      problem: { status: 400, code: 'parameter-invalid', detail: { en: expect.stringContaining(said) } },
    });
  });
});

describe('a column of an answer', () => {
  it('is described where the query says anything of it', () => {
    const [query = { columns: [] }] = queries.filter(({ name }) => name === 'overdue-by-body');
    expect(describeColumns(query, [{ name: 'longest_days', type: 'number' }, { name: 'x' }])).toEqual([
      {
        name: 'longest_days',
        title: { vi: 'Quá hạn lâu nhất', en: 'Longest overdue' },
        unit: { vi: 'ngày', en: 'days' },
        type: 'number',
      },
      { name: 'x' },
    ]);
  });
});
