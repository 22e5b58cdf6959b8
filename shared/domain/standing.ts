import type { Catalogue, Task } from './catalogue.ts';

/**
 * The levels at which somebody can stand towards what an alert is about, lowest first: the unit that owes it, a
 * body that coordinates it (or a national body), and the body that missed deadlines escalate to at last.
 */
export const standings = ['unit', 'body', 'top'] as const;
export type Standing = (typeof standings)[number];

/** What an alert, an acknowledgement or a silence is about: a unit, and a task where it is about one. */
export interface Matter {
  unit: string;
  task?: Pick<Task, 'ref' | 'coordinators'>;
}

/** Whether one level is at or above another. */
export function standsAtLeast(standing: Standing, least: Standing): boolean {
  return standings.indexOf(standing) >= standings.indexOf(least);
}

/**
 * The highest level at which a unit stands towards a matter; `undefined` when it has no part in it. National
 * bodies have a part in everything.
 */
export function standingOf(
  { directive }: Pick<Catalogue, 'directive'>,
  unitId: string,
  { unit, task }: Matter,
): Standing | undefined {
  if (unitId === directive.escalatesTo) return 'top';
  if (directive.nationalBodies.includes(unitId) || task?.coordinators.includes(unitId)) return 'body';
  return unitId === unit ? 'unit' : undefined;
}
