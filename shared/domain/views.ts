import type { Bilingual } from './catalogue.ts';
import type { Column } from './tables/table.ts';
import { type TableName, tableOf } from './tables.ts';

/** A table that is computed from others by one query, written in the SQL that Athena and DuckDB share. */
export interface View {
  name: string;
  title: Bilingual;
  /** What one row is. */
  grain: Bilingual;
  columns: readonly Column[];
  sql: string;
}

const span = ['known_from', 'known_to'];
const observed = columnsOf('observations');
const known = columnsOf('points').filter(({ name }) => span.includes(name));
const isCurrent: Column = {
  name: 'is_current',
  type: 'BOOLEAN',
  title: { vi: 'Vẫn là số liệu hiện hành', en: 'Whether it still is the current one' },
  isNullable: false,
};

/**
 * Every accepted row beside the span of time in which its figure was the current one. A row whose figure became
 * current again, because what had replaced it was withdrawn, is there once for each span.
 */
const currentObservations: View = {
  name: 'current_observations',
  title: { vi: 'Số liệu và thời gian hiệu lực', en: 'Observations and when they were current' },
  grain: {
    vi: 'Một dòng của một tệp được nhận, trong một khoảng thời gian nó là số liệu hiện hành; điều kiện is_current cho các dòng còn hiệu lực',
    en: 'One row of an accepted file, for one span of time in which it was current; is_current selects those that still are',
  },
  columns: [...observed, ...known, isCurrent],
  sql: `select
  ${observed.map(({ name }) => `o.${name}`).join(',\n  ')},
  p.known_from,
  p.known_to,
  p.known_to is null as is_current
from observations o
join points p
  on p.unit_id = o.unit_id
  and p.submission_id = o.submission_id
  and p.indicator_id = o.indicator_id
  and p.period = o.period
  and p.as_at = o.as_at`,
};

/** The views, beside the tables and under names of their own. */
export const views: readonly View[] = [currentObservations];

function columnsOf(table: TableName): readonly Column[] {
  return tableOf(table).columns;
}
