import { addDays, type Instant, periodDays, startOfDay } from '../../shared/domain/calendar.ts';
import type { Directive } from '../../shared/domain/catalogue.ts';
import { foldPublications } from '../../shared/domain/fold.ts';
import type { Publication } from '../../shared/domain/observation.ts';

/** What a test compares of a cause. */
export interface SlowReportCause {
  episode: Instant;
  stages: { stage: string; at: Instant; missing: string[] }[];
  closed?: Instant;
}

/**
 * What `reportCauses` promises, in the plainest way: the history is folded anew at every instant at which a due
 * day has passed or a file was accepted or withdrawn. Takes the square of the history's length.
 */
export function reportCausesSlowly(
  directive: Directive,
  publications: readonly Publication[],
  asOf: Instant,
): SlowReportCause[] {
  const { from, to, dueDayOfMonth } = directive.reports;
  const months: { month: string; passedAt: Instant }[] = [];
  for (let month = from; month <= to; month = addDays(periodDays(month).last, 1).slice(0, 7)) {
    months.push({ month, passedAt: startOfDay(addDays(`${month}-01`, dueDayOfMonth)) });
  }
  const missingAt = (at: Instant) => {
    const points = foldPublications(publications, at);
    return months
      .filter(({ passedAt }) => passedAt <= at)
      .filter(({ month }) => !points.some((point) => point.asAt >= `${month}-01`))
      .map(({ month }) => month);
  };
  const instants = [
    ...months.map(({ passedAt }) => passedAt),
    ...publications.flatMap(({ acceptedAt, withdrawnAt = acceptedAt }) => [acceptedAt, withdrawnAt]),
  ];
  const causes: SlowReportCause[] = [];
  for (const at of [...new Set(instants)].sort().filter((instant) => instant <= asOf)) {
    const missing = missingAt(at);
    const last = causes.at(-1);
    const open = last && last.closed === undefined ? last : undefined;
    if (missing.length === 0) {
      if (open) open.closed = at;
      continue;
    }
    const cause = open ?? { episode: at, stages: [] };
    if (!open) causes.push(cause);
    for (const stage of missing) {
      if (!cause.stages.some((each) => each.stage === stage)) cause.stages.push({ stage, at, missing });
    }
  }
  return causes;
}
