import type { AnswerOf } from '../../../shared/client/call-route.ts';
import type { State } from '../../../shared/domain/assessment.ts';
import type { Bilingual, Catalogue, Unit } from '../../../shared/domain/catalogue.ts';
import { floorTo, rational } from '../../../shared/domain/rational.ts';
import type { Reporting } from '../../../shared/domain/reporting.ts';
import { countStates, type StateCounts } from '../../../shared/domain/scoreboard.ts';
import { presentStates, worstState } from '../../charts/state-order.ts';

/** The scoreboard as the API answers it. */
export type Board = AnswerOf<'GET /scoreboard'>;
/** One obligation on it, with its state. */
export type BoardObligation = Board['obligations'][number];

/** How a unit stands: the states of all it owes, the worst and the most common of them, and how it reported. */
export interface UnitStanding {
  unit: Unit;
  counts: StateCounts;
  worst: State | undefined;
  commonest: State | undefined;
  reporting: Reporting;
}

const noReporting: Reporting = { expected: 0, received: 0, onTime: 0, assigned: 0, reported: 0 };

/** Every unit of the board, in the catalogue's order. */
export function standingsOf(catalogue: Catalogue, { units, reporting }: Board): UnitStanding[] {
  const counts = new Map(units.map((each) => [each.unit, each.counts]));
  const reports = new Map(reporting.units.map((each) => [each.unit, each]));
  return catalogue.units.map((unit) => {
    const own = { ...countStates([]), ...counts.get(unit.id) };
    return {
      unit,
      counts: own,
      worst: worstState(own),
      commonest: commonestState(own),
      reporting: reports.get(unit.id) ?? noReporting,
    };
  });
}

/** The state that most of what is counted is in; of several, the worst. */
export function commonestState(counts: Readonly<StateCounts>): State | undefined {
  const present = presentStates(counts);
  const most = Math.max(...present.map(({ count }) => count));
  return present.findLast(({ count }) => count === most)?.state;
}

/** A share in percent, two decimals rounded down (`99.99`), so that only all is 100; `undefined` of nothing. */
export function shareOf(part: number, whole: number): string | undefined {
  return whole === 0 ? undefined : floorTo(rational(BigInt(part) * 100n, BigInt(whole)), 2);
}

/** The choices under one heading: the tasks of every unit, or those of one province. */
export interface ChoiceGroup {
  /** `*`, or the id of the unit that owns them. */
  owner: string;
  choices: { id: string; title: Bilingual }[];
}

/**
 * What the map can be coloured by: the tasks of every unit, then those of each province. A task of several indicators
 * is followed by each of them. Agencies are not on the map.
 */
export function choiceGroups({ tasks, units }: Catalogue): ChoiceGroup[] {
  const owners = ['*', ...units.filter(({ kind }) => kind === 'province').map(({ id }) => id)];
  return owners.flatMap((owner) => {
    const choices = tasks
      .filter((task) => task.owner === owner)
      .flatMap(({ ref, title, indicators }) => [
        { id: ref, title },
        ...(indicators.length > 1 ? indicators.map(({ id, title: own }) => ({ id, title: own })) : []),
      ]);
    return choices.length > 0 ? [{ owner, choices }] : [];
  });
}

/** The obligations of the board that a choice is about, by unit. */
export function chosenObligations(
  { tasks }: Catalogue,
  { obligations }: Board,
  choice: string,
): Map<string, BoardObligation[]> {
  const task = tasks.find(({ ref }) => ref === choice);
  const ids = new Set(task ? task.indicators.map(({ id }) => id) : [choice]);
  return Map.groupBy(
    obligations.filter(({ indicator }) => ids.has(indicator)),
    ({ unit }) => unit,
  );
}

/** Where a unit stands on one indicator: the worst of its occurrences, and how many are met of how many. */
export interface MatrixEntry {
  state: State;
  met: number;
  of: number;
}

/** The states of every unit by indicator, of the indicators that every unit owes. */
export function matrixOf(
  catalogue: Catalogue,
  { obligations }: Board,
): { indicators: string[]; rows: { unit: Unit; entries: Map<string, MatrixEntry> }[] } {
  const shared = catalogue.tasks.filter(({ owner }) => owner === '*').flatMap(({ indicators }) => indicators);
  const indicators = shared.map(({ id }) => id);
  const byUnit = Map.groupBy(obligations, ({ unit }) => unit);
  const rows = catalogue.units.map((unit) => {
    const byIndicator = Map.groupBy(byUnit.get(unit.id) ?? [], ({ indicator }) => indicator);
    const entries = new Map<string, MatrixEntry>();
    for (const id of indicators) {
      const counts = countStates(byIndicator.get(id) ?? []);
      const state = worstState(counts);
      if (!state) continue;
      const of = byIndicator.get(id)?.length ?? 0;
      entries.set(id, { state, met: counts.met + counts['met-late'], of });
    }
    return { unit, entries };
  });
  return { indicators, rows };
}
