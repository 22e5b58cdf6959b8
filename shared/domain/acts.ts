import { type Acknowledgement, type AcknowledgementLog, maxAcknowledgementDays } from './acknowledgement.ts';
import { type Actor, requireStanding } from './actor.ts';
import { type Alert, closingOf } from './alert.ts';
import { type Day, dayOf, daysBetween, endOfDay, type Instant } from './calendar.ts';
import { type AssignedIndicator, type Catalogue, dueOf, findIndicator, indicatorsOf } from './catalogue.ts';
import { type DueDateLog, dueDateAt } from './due-date.ts';
import { alertClosed, dueFixed, dueOutOfRange, obligationUnknown, untilInvalid } from './problem.ts';
import type { Matter } from './standing.ts';

/** Whose matter an alert is: that of a unit, and of the task whose indicator it is about, if it is about one. */
export function matterOf(
  catalogue: Catalogue,
  { unit, indicator }: Pick<Alert, 'unit' | 'indicator'>,
): Matter {
  const task = indicator === undefined ? undefined : findIndicator(catalogue, indicator)?.task;
  return { unit, ...(task && { task }) };
}

/** The unit an alert is about, from its id: `deadline-missed|74:II.9.1|2022-06-30T17:00:00.000Z` → `74`. */
export function unitOfAlert(id: string): string | undefined {
  return /^[a-z-]+\|([^|:]+):[^|]+\|[^|]+$/.exec(id)?.[1];
}

/**
 * A unit's log with a further acknowledgement, which lasts until the end of a day in Asia/Ho_Chi_Minh. Whoever
 * acknowledges an alert again says so anew: the latest counts. The log itself where that is the latest already, as
 * when a request is sent again.
 *
 * @throws ProblemError when the alert is over or not theirs, or the day has passed or is more than 14 days away.
 */
export function acknowledge(
  catalogue: Catalogue,
  log: AcknowledgementLog,
  alert: Alert,
  { actor, comment, until }: { actor: Actor; comment: string; until: Day },
  now: Instant,
): AcknowledgementLog {
  const standing = requireStanding(catalogue, actor, matterOf(catalogue, alert));
  if (closingOf(alert)) throw alertClosed(alert.id);
  const days = daysBetween(dayOf(now), until);
  if (days < 0 || days > maxAcknowledgementDays)
    throw untilInvalid(until, dayOf(now), maxAcknowledgementDays);
  const acknowledgement: Acknowledgement = {
    alert: alert.id,
    by: actor.subject,
    unit: actor.unit,
    standing,
    comment,
    at: atOrAfter(log.acknowledgements, now),
    until: endOfDay(until),
  };
  const latest = log.acknowledgements.findLast((each) => each.alert === alert.id);
  const isSame =
    latest?.by === acknowledgement.by &&
    latest.standing === standing &&
    latest.comment === comment &&
    latest.until === acknowledgement.until;
  if (isSame) return log;
  const acknowledgements = [...log.acknowledgements, acknowledgement];
  return { ...log, acknowledgements };
}

/** An obligation whose due date the directive leaves to a plan, as a unit owes it. */
export interface PlannedObligation extends AssignedIndicator {
  id: string;
  unit: string;
}

/**
 * The obligation of an id, `BCA:I.2.1`, whose due date the directive leaves to a plan.
 *
 * @throws ProblemError when nobody owes it, or the directive says itself when it is due.
 */
export function requirePlanned(catalogue: Catalogue, id: string): PlannedObligation {
  const [unit = '', indicatorId, period] = id.split(':');
  const assigned = indicatorsOf(catalogue, unit).find(({ indicator }) => indicator.id === indicatorId);
  const isKnown = assigned && catalogue.units.some((each) => each.id === unit);
  if (!isKnown) throw obligationUnknown(id);
  if (dueOf(assigned).type !== 'per-plan') throw dueFixed(id);
  if (period !== undefined) throw obligationUnknown(id);
  return { id, unit, ...assigned };
}

/** The last day a plan can name. */
const lastDueDay = '2099-12-31';

/**
 * A unit's log with a due date set, or withdrawn (`null`), for an obligation. The log itself where the same person had
 * set that date for that reason before: sending it again changes nothing.
 *
 * @throws ProblemError when they stand below the bodies that coordinate the task, or the day is out of range.
 */
export function setDueDate(
  catalogue: Catalogue,
  log: DueDateLog,
  { id, unit, task }: PlannedObligation,
  { actor, due, reason }: { actor: Actor; due: Day | null; reason: string },
  now: Instant,
): DueDateLog {
  requireStanding(catalogue, actor, { unit, task }, 'body');
  const firstDay = `${catalogue.directive.firstYear}-01-01`;
  if (due !== null && (due < firstDay || due > lastDueDay)) throw dueOutOfRange(due, firstDay, lastDueDay);
  const latest = log.dueDates.findLast(({ obligation }) => obligation === id);
  if (latest?.due === due && latest.by === actor.subject && latest.reason === reason) return log;
  const at = atOrAfter(log.dueDates, now);
  const dueDate = { obligation: id, due, by: actor.subject, unit: actor.unit, reason, at };
  return { ...log, dueDates: [...log.dueDates, dueDate] };
}

/** The due dates an obligation has had, and the one it has at an instant. */
export function dueHistory({ dueDates }: Pick<DueDateLog, 'dueDates'>, obligation: string, now: Instant) {
  return {
    obligation,
    due: dueDateAt(dueDates, obligation, now),
    dueDates: dueDates.filter((each) => each.obligation === obligation),
  };
}

/** Now, or the instant of the latest entry where a writer whose clock is ahead came before: logs are in time order. */
export function atOrAfter(entries: readonly { at: Instant }[], now: Instant): Instant {
  const latest = entries.at(-1)?.at ?? now;
  return latest > now ? latest : now;
}
