import type { Directive } from './catalogue.ts';
import { corrections } from './named-queries/corrections.ts';
import { knownOn } from './named-queries/known-on.ts';
import { laggingCommunes } from './named-queries/lagging-communes.ts';
import { nationalPercentage } from './named-queries/national-percentage.ts';
import { overdueByBody } from './named-queries/overdue-by-body.ts';
import { timelinessRanking } from './named-queries/timeliness-ranking.ts';
import type { NamedQuery } from './named-query.ts';

/**
 * The questions analysts ask again and again, for a directive: saved in Athena's workgroup, and run by
 * `tiendo query --named`.
 *
 * @see docs/adr/0024-sql-that-athena-and-duckdb-share.md
 */
export function namedQueries(directive: Pick<Directive, 'reports'>): NamedQuery[] {
  return [
    nationalPercentage,
    overdueByBody,
    knownOn,
    laggingCommunes,
    timelinessRanking(directive),
    corrections,
  ];
}
