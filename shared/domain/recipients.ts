import type { AlertKind } from './alert.ts';
import type { Directive, Task } from './catalogue.ts';

/**
 * The units whose coordinators are told of an alert: of `due-soon` the unit itself; of `deadline-missed` and
 * `met-late` also the task's coordinating bodies, or the directive's national bodies where the task names none
 * or only words.
 */
export function recipientUnits(
  { nationalBodies }: Pick<Directive, 'nationalBodies'>,
  task: Pick<Task, 'coordinators'>,
  unitId: string,
  kind: AlertKind,
): string[] {
  if (kind === 'due-soon') return [unitId];
  const bodies = task.coordinators.filter(isUnitId);
  return [...new Set([unitId, ...(bodies.length > 0 ? bodies : nationalBodies)])];
}

/** Unit ids are two digits or capitals; a group in the directive's words has spaces. */
function isUnitId(body: string): boolean {
  return /^(\d{2}|[A-Z]+)$/.test(body);
}
