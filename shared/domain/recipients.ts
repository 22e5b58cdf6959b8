import type { AlertKind } from './alert.ts';
import type { Task } from './catalogue.ts';

/** Who is told of a missed deadline where the task names no coordinating unit. */
const defaultBodies = ['VPCP', 'BTTTT'];

/**
 * The units whose coordinators are told of an alert: of `due-soon` the unit itself; of `deadline-missed` and
 * `met-late` also the task's coordinating bodies, or the Government Office (`VPCP`) and the Ministry of
 * Information and Communications (`BTTTT`) where the task names none or only words.
 */
export function recipientUnits(task: Pick<Task, 'coordinators'>, unitId: string, kind: AlertKind): string[] {
  if (kind === 'due-soon') return [unitId];
  const bodies = task.coordinators.filter(isUnitId);
  return [...new Set([unitId, ...(bodies.length > 0 ? bodies : defaultBodies)])];
}

/** Unit ids are two digits or capitals; a group in the directive's words has spaces. */
function isUnitId(body: string): boolean {
  return /^(\d{2}|[A-Z]+)$/.test(body);
}
