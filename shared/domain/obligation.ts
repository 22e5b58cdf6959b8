import { type Day, dayOf, type Instant, monthsFrom, periodDays } from './calendar.ts';
import { type Catalogue, type Due, dueOf, type Indicator, indicatorsOf, type Task } from './catalogue.ts';
import { dueDateAt, type SetDueDate } from './due-date.ts';

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
 * directive's first one (`occurrencesFrom`) to the next one after `asOf`, the one due that day included. One due
 * by a plan takes the date of `dueDates` as it was set at `asOf`, so a past day asked again answers the same.
 */
export function obligationsOf(
  catalogue: Catalogue,
  unitId: string,
  asOf: Instant,
  dueDates: readonly SetDueDate[],
): Obligation[] {
  return indicatorsOf(catalogue, unitId).flatMap(({ task, indicator }) => {
    const due = dueOf({ task, indicator });
    const occurrences = occurrencesOf(due, catalogue.directive.occurrencesFrom, dayOf(asOf));
    return occurrences.map((occurrence) => {
      const { period } = occurrence;
      const id = [unitId, indicator.id, ...(period ? [period] : [])].join(':');
      return {
        id,
        unit: unitId,
        task,
        indicator,
        due: due.type === 'per-plan' ? dueDateAt(dueDates, id, asOf) : occurrence.due,
        ...(period && { window: periodDays(period) }),
      };
    });
  });
}

interface Occurrence {
  due: Day | null;
  /** The calendar year or month of a recurring duty. */
  period?: string;
}

function occurrencesOf(due: Due, from: string, today: Day): Occurrence[] {
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
    const due = periodDays(month).last;
    occurrences.push({ due, period: month });
    if (due >= today) break;
  }
  return occurrences;
}
