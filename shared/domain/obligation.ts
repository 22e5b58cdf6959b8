import { addDays, type Day, dayOf, type Instant, lastDayOfMonth, periodDays } from './calendar.ts';
import {
  type AssignedIndicator,
  type Catalogue,
  dueOf,
  type Indicator,
  indicatorsOf,
  type Task,
} from './catalogue.ts';

/**
 * What one unit owes for one indicator, per occurrence where it recurs: `74:II.9.1`, `74:1.q.1:2022`,
 * `BTTTT:2.b.1:2022-04`. `due` is the last day on which meeting it counts; `null` when there is none.
 * A recurring one has the `window` of days whose figures count for this occurrence.
 */
export interface Obligation {
  id: string;
  unit: string;
  task: Task;
  indicator: Indicator;
  due: Day | null;
  window?: { first: Day; last: Day };
}

/**
 * Everything a unit owes, in the order of the text. A yearly or monthly duty has its occurrences from the
 * directive's first one (`occurrencesFrom`) to the next one after `asOf`, the one due that day included.
 */
export function obligationsOf(catalogue: Catalogue, unitId: string, asOf: Instant): Obligation[] {
  return indicatorsOf(catalogue, unitId).flatMap((assigned) => {
    const occurrences = occurrencesOf(assigned, catalogue.directive.occurrencesFrom, dayOf(asOf));
    return occurrences.map(({ period, due }) => ({
      id: [unitId, assigned.indicator.id, ...(period ? [period] : [])].join(':'),
      unit: unitId,
      task: assigned.task,
      indicator: assigned.indicator,
      due,
      ...(period && { window: periodDays(period) }),
    }));
  });
}

interface Occurrence {
  due: Day | null;
  /** The calendar year or month of a recurring duty. */
  period?: string;
}

function occurrencesOf(assigned: AssignedIndicator, from: string, today: Day): Occurrence[] {
  const due = dueOf(assigned);
  switch (due.type) {
    case 'date':
      return [{ due: due.date }];
    case 'annual':
      return untilNext(monthsFrom(from), today, (month) => Number(month.slice(5)) === due.month).map(
        (occurrence) => ({
          ...occurrence,
          period: occurrence.period.slice(0, 4),
        }),
      );
    case 'monthly':
      return untilNext(monthsFrom(from), today, () => true);
    // A date set later by a coordinator takes the place of this null; it is never invented.
    case 'per-plan':
    case 'ongoing':
    case 'none':
      return [{ due: null }];
  }
}

function untilNext(
  months: Iterable<string>,
  today: Day,
  recursIn: (month: string) => boolean,
): Required<Occurrence>[] {
  const occurrences: Required<Occurrence>[] = [];
  for (const month of months) {
    if (!recursIn(month)) continue;
    const due = lastDayOfMonth(Number(month.slice(0, 4)), Number(month.slice(5)));
    occurrences.push({ due, period: month });
    if (due >= today) break;
  }
  return occurrences;
}

/** `2022-04`, `2022-05` … without end. */
function* monthsFrom(first: string): Generator<string> {
  for (let month = first; ; month = addDays(periodDays(month).last, 1).slice(0, 7)) yield month;
}
