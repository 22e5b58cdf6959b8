import { type Actor, actingStanding, requireStanding } from './actor.ts';
import { atOrAfter } from './acts.ts';
import { dayOf, daysBetween, type Instant, parseAsOf } from './calendar.ts';
import { type Catalogue, findUnit } from './catalogue.ts';
import type { Coordinator } from './coordinator.ts';
import {
  outOfScope,
  ProblemError,
  silenceTargetUnknown,
  silenceUnknown,
  unitUnknown,
  untilInvalid,
} from './problem.ts';
import { isInForce, type Silence, type SilenceLog, type SilenceTarget } from './silence.ts';
import { type Standing, standingOf, standsAtLeast } from './standing.ts';

/** The longest a silence lasts, in days from the day it begins. */
export const maxSilenceDays = 90;

/** What is asked for: `until` is a day, which counts in full, or an instant with offset. */
export interface SilenceRequest {
  target: SilenceTarget;
  reason: string;
  until: string;
}

/** What a request to silence is judged by: who asks, and who is registered anywhere. */
export interface SilenceGrounds {
  catalogue: Catalogue;
  actor: Actor;
  coordinators: readonly Coordinator[];
}

/**
 * The log with a further silence, and that silence. The log itself where the same person keeps the same target
 * quiet as long and for the same reason already: sending it again changes nothing.
 *
 * @throws ProblemError when the target is not theirs to keep quiet, or the end has passed or is over 90 days away.
 */
export function startSilence(
  grounds: SilenceGrounds,
  log: SilenceLog,
  id: string,
  { target, reason, until: asked }: SilenceRequest,
  now: Instant,
): { log: SilenceLog; silence: Silence } {
  const { actor } = grounds;
  requireSilencing(grounds, target);
  const until = parseAsOf(asked);
  const isPossible =
    until !== undefined && until > now && daysBetween(dayOf(now), dayOf(until)) <= maxSilenceDays;
  if (!isPossible) throw untilInvalid(asked, dayOf(now), maxSilenceDays);
  const same = log.silences.find(
    (each) =>
      isInForce(each, now) &&
      each.by === actor.subject &&
      each.until === until &&
      each.reason === reason &&
      JSON.stringify(each.target) === JSON.stringify(target),
  );
  if (same) return { log, silence: same };
  const at = atOrAfter(log.silences, now);
  const silence = { id, target, by: actor.subject, unit: actor.unit, reason, at, until };
  return { log: { ...log, silences: [...log.silences, silence] }, silence };
}

/**
 * The log with a silence ended, and that silence; the log itself where it is over already. Whoever began it ends
 * it, and whoever could have begun it at that one's level or above.
 *
 * @throws ProblemError when there is none of that id, or it is not theirs to end.
 */
export function endSilence(
  grounds: SilenceGrounds,
  log: SilenceLog,
  id: string,
  now: Instant,
): { log: SilenceLog; silence: Silence } {
  const silence = log.silences.find((each) => each.id === id);
  if (!silence) throw silenceUnknown(id);
  const { actor, catalogue } = grounds;
  if (silence.by !== actor.subject) {
    const standing = requireSilencing(grounds, silence.target);
    const authors = standingOfUnit(catalogue, silence.unit, silence.target, grounds.coordinators);
    if (authors && !standsAtLeast(standing, authors)) throw outOfScope(Object.values(silence.target).join());
  }
  if (!isInForce(silence, now)) return { log, silence };
  const ended = { ...silence, endedAt: now, endedBy: actor.subject };
  const silences = log.silences.map((each) => (each === silence ? ended : each));
  return { log: { ...log, silences }, silence: ended };
}

/** Whether somebody could keep a target quiet. */
export function maySilence(grounds: SilenceGrounds, target: SilenceTarget): boolean {
  return permits(() => requireSilencing(grounds, target));
}

/** Whether somebody could end a silence that is in force. */
export function mayEndSilence(grounds: SilenceGrounds, silence: Silence, now: Instant): boolean {
  return permits(() => endSilence(grounds, { version: 0, silences: [silence] }, silence.id, now));
}

function permits(act: () => unknown): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}

/** Most silences that are over in one list. */
const maxPastSilences = 200;

/** The silences in force, and after them the latest 200 that are over, each the newest first. */
export function listSilences(
  silences: readonly Silence[],
  now: Instant,
): (Silence & { isInForce: boolean })[] {
  const newestFirst = silences.toReversed().map((each) => ({ ...each, isInForce: isInForce(each, now) }));
  const inForce = newestFirst.filter((each) => each.isInForce);
  return [...inForce, ...newestFirst.filter((each) => !each.isInForce).slice(0, maxPastSilences)];
}

/**
 * The level at which somebody keeps a target quiet: a unit in which they have a part, a task that their unit
 * coordinates, themselves, or others than whom they do not stand lower.
 *
 * @throws ProblemError when it is not theirs, or there is none such.
 */
function requireSilencing(
  { catalogue, actor, coordinators }: SilenceGrounds,
  target: SilenceTarget,
): Standing {
  if ('unit' in target) {
    if (!findUnit(catalogue, target.unit)) throw unitUnknown(target.unit);
    return requireStanding(catalogue, actor, { unit: target.unit });
  }
  if ('task' in target) {
    const task = catalogue.tasks.find(({ ref }) => ref === target.task);
    if (!task) throw silenceTargetUnknown(target.task);
    return requireStanding(catalogue, actor, { unit: noUnit, task });
  }
  const person = coordinators.find(({ id }) => id === target.coordinator);
  if (!person) throw silenceTargetUnknown(target.coordinator);
  const own = standingOf(catalogue, person.unit, { unit: person.unit }) ?? lowest;
  if (person.id === actor.coordinator?.id) return own;
  const standing = actingStanding(catalogue, actor, { unit: person.unit });
  if (!standing || !standsAtLeast(standing, own)) throw outOfScope(target.coordinator);
  return standing;
}

/** Of no unit in particular: a task as all of them owe it. */
const noUnit = '';
const lowest: Standing = 'unit';

/** Where a unit stands towards a target, whoever acts for it; `undefined` for a person no longer registered. */
function standingOfUnit(
  catalogue: Catalogue,
  unit: string,
  target: SilenceTarget,
  coordinators: readonly Coordinator[],
): Standing | undefined {
  if ('unit' in target) return standingOf(catalogue, unit, { unit: target.unit });
  if ('task' in target) {
    const task = catalogue.tasks.find(({ ref }) => ref === target.task);
    return task && standingOf(catalogue, unit, { unit: noUnit, task });
  }
  const person = coordinators.find(({ id }) => id === target.coordinator);
  return person && standingOf(catalogue, unit, { unit: person.unit });
}
