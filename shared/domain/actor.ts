import { isInScope } from './audience.ts';
import type { Catalogue } from './catalogue.ts';
import type { Coordinator } from './coordinator.ts';
import { notRegistered, outOfScope, roleForbidden, unitForbidden } from './problem.ts';
import { type Matter, type Standing, standingOf, standsAtLeast } from './standing.ts';
import type { Viewer } from './viewer.ts';

/**
 * Somebody who acts on alerts: the subject of their account and the unit they act for. `coordinator` is the
 * registered person they are; the office of a unit, which signs in as `province`, is none.
 */
export interface Actor {
  subject: string;
  unit: string;
  coordinator?: Coordinator;
}

/**
 * Whom a viewer acts for: a unit's office for its unit, a coordinator for the unit they are registered with. Of
 * several registrations with one account the first counts.
 *
 * @throws ProblemError when nobody is registered with the account, or the role does not act on alerts.
 */
export function actorOf(viewer: Viewer, coordinators: readonly Coordinator[]): Actor {
  const { subject } = viewer;
  switch (viewer.role) {
    case 'province':
      return { subject, unit: viewer.unit };
    case 'coordinator': {
      const coordinator = coordinators.find(({ account }) => account === subject);
      if (!coordinator) throw notRegistered();
      return { subject, unit: coordinator.unit, coordinator };
    }
    case 'analyst':
    case 'admin':
      throw roleForbidden(viewer.role);
  }
}

/**
 * The level at which somebody may act on a matter; `undefined` when it is not theirs. An office acts on what its
 * unit owes, as the one that owes it; a coordinator on all that their unit stands for, within their scopes.
 *
 * @see docs/adr/0018-who-may-act-on-alerts.md
 */
export function actingStanding(
  catalogue: Pick<Catalogue, 'directive'>,
  { unit, coordinator }: Actor,
  matter: Matter,
): Standing | undefined {
  if (!coordinator) return matter.unit === unit ? 'unit' : undefined;
  return isInScope(coordinator, matter.unit, matter.task) ? standingOf(catalogue, unit, matter) : undefined;
}

/**
 * The level at which somebody acts on a matter, which must be `least` or above.
 *
 * @throws ProblemError when they may not.
 */
export function requireStanding(
  catalogue: Pick<Catalogue, 'directive'>,
  actor: Actor,
  matter: Matter,
  least: Standing = 'unit',
): Standing {
  const standing = actingStanding(catalogue, actor, matter);
  if (standing && standsAtLeast(standing, least)) return standing;
  throw actor.coordinator ? outOfScope(matter.task?.ref ?? matter.unit) : unitForbidden(matter.unit);
}
