import * as z from 'zod';
import type { Instant } from './calendar.ts';
import type { Coordinator } from './coordinator.ts';
import { ProblemError } from './problem.ts';

/** Longer than a registration takes from its request to its writing, in milliseconds. */
export const registrationMs = 60_000;

/** That a unit's list is being registered: when it was asked for, and the ids and accounts it names. */
export const registrationSchema = z.strictObject({
  unit: z.string(),
  at: z.iso.datetime(),
  ids: z.array(z.string()),
  accounts: z.array(z.string()),
});
export type Registration = z.infer<typeof registrationSchema>;

/** The registrations that may still be under way. `version` counts the changes, for conditional writes. */
export const recentRegistrationsSchema = z.strictObject({
  version: z.int(),
  recent: z.array(registrationSchema),
});

/**
 * Enters a registration among those that may still be under way, and drops those that are over. Whoever asked for
 * `added` after reading the registries has seen what those wrote; what the others will write is known from here.
 *
 * @throws ProblemError when one of another unit names the same id or account.
 */
export function enterRegistration(recent: readonly Registration[], added: Registration): Registration[] {
  const sinceMs = Date.parse(added.at) - registrationMs;
  const underWay = recent.filter(({ at }) => Date.parse(at) > sinceMs);
  for (const other of underWay) {
    if (other.unit === added.unit) continue;
    const shared =
      added.ids.find((id) => other.ids.includes(id)) ??
      added.accounts.find((account) => other.accounts.includes(account));
    if (shared !== undefined) throw namedMeanwhile(shared, other.unit);
  }
  return [...underWay, added];
}

/** The registration of a list, as it was asked for at an instant. */
export function registrationOf(
  unit: string,
  coordinators: readonly Coordinator[],
  at: Instant,
): Registration {
  return {
    unit,
    at,
    ids: coordinators.map(({ id }) => id),
    accounts: coordinators.flatMap(({ account }) => account ?? []),
  };
}

/** Another unit's list with the same id or account was sent just before. */
function namedMeanwhile(shared: string, unit: string): ProblemError {
  return new ProblemError(
    409,
    'registration-under-way',
    'Another list with the same id or account is being registered',
    {
      vi: `«${shared}» cũng có trong danh sách của đơn vị ${unit} vừa được gửi. Hãy gửi lại sau một phút.`,
      en: `The list of the unit ${unit}, sent just before, names “${shared}” too. Send yours again in a minute.`,
    },
  );
}
