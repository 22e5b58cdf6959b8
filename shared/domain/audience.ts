import { type Alert, type AlertKind, isClosing } from './alert.ts';
import type { Directive, Task } from './catalogue.ts';
import type { Coordinator } from './coordinator.ts';

type Bodies = Pick<Directive, 'nationalBodies' | 'escalatesTo'>;

/**
 * The units whose coordinators a stage of an alert is meant for. What only the unit itself can mend goes to its
 * own; a missed deadline, a forecast and a fall also to the task's coordinating bodies; escalations to these, at
 * last to the body the directive escalates to; what is wrong with the registry to the national bodies. The end of
 * an alert is meant for everybody any of its stages was.
 */
export function audienceOf(
  directive: Bodies,
  { kind, unit }: Pick<Alert, 'kind' | 'unit'>,
  stage: string,
  task: Pick<Task, 'coordinators'> | undefined,
): readonly string[] {
  const bodies = bodiesOf(directive, task);
  if (stage === 'escalated-7') return bodies;
  if (stage === 'escalated-14') return [directive.escalatesTo];
  const usual = usualAudience(kind, unit, bodies);
  const isEscalating = kind === 'deadline-missed' && isClosing(stage);
  return isEscalating ? [...new Set([...usual, directive.escalatesTo])] : usual;
}

/** Whether a coordinator is told of a matter, of all that their unit is. */
export function isInScope(
  { scopes }: Pick<Coordinator, 'scopes'>,
  unit: string,
  task: Pick<Task, 'ref'> | undefined,
): boolean {
  return scopes === undefined || scopes.includes(unit) || (task !== undefined && scopes.includes(task.ref));
}

function usualAudience(kind: AlertKind, unit: string, bodies: readonly string[]): readonly string[] {
  switch (kind) {
    case 'due-soon':
    case 'report-missing':
    case 'file-rejected':
      return [unit];
    case 'unit-unreachable':
    case 'sms-budget':
      return bodies;
    case 'deadline-missed':
    case 'forecast':
    case 'fell-below':
    case 'recipient-unreachable':
      return [...new Set([unit, ...bodies])];
  }
}

/** The task's coordinating bodies; the national ones where it names none, or names them only in words. */
function bodiesOf(
  { nationalBodies }: Bodies,
  task: Pick<Task, 'coordinators'> | undefined,
): readonly string[] {
  const bodies = (task?.coordinators ?? []).filter(isUnitId);
  return bodies.length > 0 ? bodies : nationalBodies;
}

/** Unit ids are two digits or capitals; a group in the directive's words has spaces. */
function isUnitId(body: string): boolean {
  return /^(\d{2}|[A-Z]+)$/.test(body);
}
