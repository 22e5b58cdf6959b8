import * as z from 'zod';
import { type Catalogue, findUnit } from './catalogue.ts';
import { unitForbidden, unitRequired, unitUnknown } from './problem.ts';

/** What an account may be; also the names of its groups. */
export const roles = ['province', 'coordinator', 'analyst', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Who is asking: the subject of the access token, the one role, and for `province` the unit it speaks for. */
export const viewerSchema = z.discriminatedUnion('role', [
  z.strictObject({ subject: z.string(), role: z.literal('province'), unit: z.string() }),
  z.strictObject({ subject: z.string(), role: z.enum(['coordinator', 'analyst', 'admin']) }),
]);
export type Viewer = z.infer<typeof viewerSchema>;

/**
 * The viewer described by the groups of an access token: exactly one role and, for `province` (agencies
 * too), exactly one `unit-<id>`. `undefined` where these are not so; groups of other names say nothing.
 */
export function viewerOf(subject: string, groups: readonly string[]): Viewer | undefined {
  const [role, ...otherRoles] = roles.filter((role) => groups.includes(role));
  if (role === undefined || otherRoles.length > 0) return undefined;
  const [unit, ...otherUnits] = groups
    .filter((group) => group.startsWith('unit-'))
    .map((group) => group.slice(5));
  if (role !== 'province') return unit === undefined ? { subject, role } : undefined;
  return unit && otherUnits.length === 0 ? { subject, role, unit } : undefined;
}

/** Whether a viewer may see what belongs to a unit. */
export function canSeeUnit(viewer: Viewer, unit: string): boolean {
  return viewer.role !== 'province' || viewer.unit === unit;
}

/**
 * The unit a request is about: the one it names, or the viewer's own where a province names none.
 *
 * @throws ProblemError when no unit is named, it is another province's, or there is none of that id.
 */
export function chooseUnit(catalogue: Catalogue, viewer: Viewer, asked: string | undefined): string {
  const unit = asked ?? (viewer.role === 'province' ? viewer.unit : undefined);
  if (unit === undefined) throw unitRequired();
  if (!canSeeUnit(viewer, unit)) throw unitForbidden(unit);
  if (!findUnit(catalogue, unit)) throw unitUnknown(unit);
  return unit;
}
