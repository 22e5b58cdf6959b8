import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import { namedQueries } from '../../shared/domain/named-queries.ts';
import { statementOf } from '../../shared/domain/named-query.ts';
import { views } from '../../shared/domain/views.ts';
import { faultsOf } from './common-sql.ts';

const { directive } = loadCatalogue();

describe('the SQL that Athena and DuckDB share', () => {
  it.each(namedQueries(directive).map((query) => [query.name, statementOf(query)]))(
    'is what %s is written in',
    (_, sql) => expect(faultsOf(sql)).toEqual([]),
  );

  it.each(views.map(({ name, sql }) => [name, sql]))('is what the view %s is written in', (_, sql) =>
    expect(faultsOf(sql)).toEqual([]),
  );

  it.each([
    ['select cast(a as double) / cast(b as double) from t'],
    ['select 1e4 * a / cast(sum(b) as double) / 1e2 from t'],
    ["select date '2022-06-30' + interval '1' day"],
    ['select \'a::b; qualify / "c"\' from t'],
    ['with t (a, b) as (values (1, 2)) select a from t'],
    ['select a from t where exists (select 1 from u)'],
  ])('has %s', (sql) => expect(faultsOf(sql)).toEqual([]));

  it.each([
    ['a cast by colons', 'select a::double from t'],
    ['QUALIFY', 'select a from t qualify row_number() over (order by a) = 1'],
    ['ILIKE', "select a from t where a ilike 'x'"],
    ['EXCLUDE', 'select * exclude (a) from t'],
    ['GROUP BY ALL', 'select a, count(*) from t group by all'],
    ['FROM first', 'from t select a'],
    ['half a sentence', 'select a from'],
  ])('has not %s, which the grammar refuses', (_, sql) =>
    expect(faultsOf(sql)).toContainEqual(expect.stringMatching(/valid at this position|incomplete/)),
  );

  it.each([
    ['a quotient of whole numbers', 'select a / b from t', /divide by a double/],
    ['a quotient by a whole number', 'select a / 2 from t', /divide by a double/],
    ['a quotient by a decimal', 'select a / cast(b as decimal(18, 2)) from t', /divide by a double/],
    ['a function of DuckDB', "select strftime(a, '%Y') from t", /strftime/],
    ['a function of Trino', "select date_add('day', 1, a) from t", /date_add/],
    ['two statements', 'select 1; select 2', /semicolon/],
    ['a quoted name', 'select "a" from t', /quoted/],
    ['an ASOF join', 'select a from t asof join u using (a)', /ASOF/],
    ['a zone', "select a at time zone 'Asia/Ho_Chi_Minh' from t", /zone/],
    ['a column by its number', 'select a, count(*) from t group by 1', /by names/],
  ])('has not %s, which the grammar takes', (_, sql, fault) =>
    expect(faultsOf(sql)).toEqual([expect.stringMatching(fault)]),
  );
});
