import type { State } from '../../shared/domain/assessment.ts';
import type { StateCounts } from '../../shared/domain/scoreboard.ts';

/** The states from what is done to what is worst, the order in which pictures stack them. */
export const stateOrder = [
  'met',
  'met-late',
  'on-track',
  'unscheduled',
  'awaited',
  'at-risk',
  'overdue',
] as const satisfies readonly State[];

/** The states that occur, in the order in which pictures stack them. */
export function presentStates(counts: Readonly<Partial<StateCounts>>): { state: State; count: number }[] {
  return stateOrder.map((state) => ({ state, count: counts[state] ?? 0 })).filter(({ count }) => count > 0);
}

/** The state that stands for several: the worst that occurs; `undefined` when nothing is counted. */
export function worstState(counts: Readonly<Partial<StateCounts>>): State | undefined {
  return presentStates(counts).at(-1)?.state;
}
