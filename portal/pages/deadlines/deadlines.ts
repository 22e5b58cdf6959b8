import { addDays, type Day } from '../../../shared/domain/calendar.ts';
import type { Catalogue } from '../../../shared/domain/catalogue.ts';
import { countStates } from '../../../shared/domain/scoreboard.ts';
import { stateOrder } from '../../charts/state-order.ts';
import { type Deadline, daysAhead } from '../../charts/timeline-geometry.ts';
import type { BoardObligation } from '../scoreboard/board.ts';

/** An obligation that is due on a day. */
export interface DatedObligation extends BoardObligation {
  due: Day;
}

/** Everything with a due date, of the tasks that a body coordinates where one is named. */
export function datedObligations(
  { tasks }: Pick<Catalogue, 'tasks'>,
  obligations: readonly BoardObligation[],
  body: string,
): DatedObligation[] {
  const ofBody = new Set(
    tasks
      .filter(({ coordinators }) => body === '' || coordinators.includes(body))
      .flatMap(({ indicators }) => indicators.map(({ id }) => id)),
  );
  return obligations.flatMap((obligation) => {
    const { due, indicator } = obligation;
    return due !== null && ofBody.has(indicator) ? [{ ...obligation, due }] : [];
  });
}

/** The due days, each once and in order, with what falls due on it by state. */
export function deadlinesOf(dated: readonly DatedObligation[]): Deadline[] {
  return [...Map.groupBy(dated, ({ due }) => due)]
    .map(([day, ofDay]) => ({ day, counts: countStates(ofDay) }))
    .sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** The day that is looked at: the one chosen if something is due then, else the next due day, else the last. */
export function dayShown(deadlines: readonly Deadline[], chosen: string, today: Day): Day | undefined {
  const days = deadlines.map(({ day }) => day);
  if (days.includes(chosen)) return chosen;
  return days.find((day) => day >= today) ?? days.at(-1);
}

/** What is due from today to the end of the days ahead. */
export function dueAhead(dated: readonly DatedObligation[], today: Day): DatedObligation[] {
  const last = addDays(today, daysAhead);
  return dated.filter(({ due }) => today <= due && due <= last);
}

/** One indicator that is due on a day, with those who owe it, the worst first. */
export interface DueIndicator {
  indicator: string;
  obligations: DatedObligation[];
}

/** What is due on a day: indicators that several units owe, and what a unit owes alone, the worst first. */
export interface DueOnDay {
  shared: DueIndicator[];
  own: DatedObligation[];
}

/** What is due on a day; indicators in the order of the text. */
export function dueOn(dated: readonly DatedObligation[], day: Day | undefined): DueOnDay {
  const ofDay = dated
    .filter(({ due }) => due === day)
    .toSorted(
      (a, b) =>
        stateOrder.indexOf(b.state) - stateOrder.indexOf(a.state) ||
        a.indicator.localeCompare(b.indicator, 'en', { numeric: true }),
    );
  const groups = [...Map.groupBy(ofDay, ({ indicator }) => indicator)].map(([indicator, obligations]) => ({
    indicator,
    obligations,
  }));
  return {
    shared: groups
      .filter(({ obligations }) => obligations.length > 1)
      .sort((a, b) => a.indicator.localeCompare(b.indicator, 'en', { numeric: true })),
    own: groups.flatMap(({ obligations }) => (obligations.length === 1 ? obligations : [])),
  };
}

/** The units that coordinate a task, the one with most tasks first. */
export function coordinatingBodies({ tasks, units }: Catalogue): string[] {
  const count = (id: string) => tasks.filter(({ coordinators }) => coordinators.includes(id)).length;
  return units
    .map(({ id }) => id)
    .filter((id) => count(id) > 0)
    .toSorted((a, b) => count(b) - count(a));
}
