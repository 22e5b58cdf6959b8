import { type Assessment, type State, states } from './assessment.ts';

/** How many obligations are in each state; every state is there, also with 0. */
export type StateCounts = Record<State, number>;

/** Counts assessments by state. */
export function countStates(assessments: readonly Pick<Assessment, 'state'>[]): StateCounts {
  const counts: StateCounts = {
    met: 0,
    unscheduled: 0,
    'met-late': 0,
    overdue: 0,
    'at-risk': 0,
    'on-track': 0,
    awaited: 0,
  };
  for (const { state } of assessments) counts[state] += 1;
  return counts;
}

/** The states of the whole nation and of each unit, in the order in which the units first appear. */
export interface Scoreboard {
  nation: StateCounts;
  units: { unit: string; counts: StateCounts }[];
}

/** Sums assessments up by unit and over the nation. */
export function buildScoreboard(assessments: readonly Pick<Assessment, 'unit' | 'state'>[]): Scoreboard {
  const units = [...Map.groupBy(assessments, ({ unit }) => unit)].map(([unit, ofUnit]) => ({
    unit,
    counts: countStates(ofUnit),
  }));
  return { nation: addCounts(units.map(({ counts }) => counts)), units };
}

/** The sum of several counts. */
function addCounts(all: readonly StateCounts[]): StateCounts {
  const total = countStates([]);
  for (const counts of all) for (const state of states) total[state] += counts[state];
  return total;
}
