import type { AlertKind } from './alert.ts';
import { addDays, type Day, type Instant, startOfDay } from './calendar.ts';
import type { SetDueDate } from './due-date.ts';
import type { Obligation } from './obligation.ts';
import type { Publication } from './observation.ts';
import { type Stand, standsAt, turningPoints } from './turning-points.ts';

/** What an obligation's phases follow from. */
export interface PhaseGrounds {
  obligation: Obligation;
  /** Those that carry its indicator. */
  publications: readonly Publication[];
  /** The due dates set for it, in time order, where the directive leaves them to a plan. */
  dueDates: readonly SetDueDate[];
  asOf: Instant;
}

/** A span of time in which nothing changed; it lasts until the next one begins. `kinds` are the causes it gives. */
export interface Phase {
  from: Instant;
  due: Day | null;
  isReached: boolean;
  /** Unmet after the due date. */
  isOverdue: boolean;
  kinds: readonly AlertKind[];
}

/** Before every instant. */
const ever: Instant = '';

/** The phases of an obligation up to an instant, each judged by what was known when it began. */
export function phasesOf({ obligation, publications, dueDates, asOf }: PhaseGrounds): Phase[] {
  const known = dueDates.filter(({ at }) => at <= asOf);
  const plans = [{ at: ever, due: obligation.due }, ...known.map(({ at, due }) => ({ at, due }))];
  const phases: Phase[] = [];
  let wasMet = false;
  for (const [index, { at: from, due }] of plans.entries()) {
    const to = plans[index + 1]?.at;
    const dueEnd = due === null ? undefined : startOfDay(addDays(due, 1));
    const turns = turningPoints({ ...obligation, due }, publications, asOf, dueEnd);
    const standing = new Map(turns.map((turn) => [turn.at, turn]));
    let stands: Stand = standsAt(turns, from);
    const changes = [...standing.keys(), ...(dueEnd === undefined ? [] : [dueEnd])]
      .filter((at) => at > from && at <= asOf && (to === undefined || at < to))
      .sort();
    for (const at of new Set([from, ...changes])) {
      stands = standing.get(at) ?? stands;
      const { isReached, isLatestMet, isShort } = stands;
      wasMet ||= isLatestMet;
      const isPast = dueEnd !== undefined && at >= dueEnd;
      const isOverdue = isPast && !isReached;
      const isPending = due !== null && !isPast && !isReached;
      const kinds: AlertKind[] = [];
      if (isOverdue) kinds.push('deadline-missed');
      if (isPending) kinds.push('due-soon');
      if (isPending && isShort) kinds.push('forecast');
      if (wasMet && !isLatestMet && !isOverdue) kinds.push('fell-below');
      phases.push({ from: at, due, isReached, isOverdue, kinds });
    }
  }
  return phases;
}

/** The phases one after the other in which an obligation gave the same cause. */
export interface Spell {
  kind: AlertKind;
  due: Day | null;
  from: Instant;
  /** The phase that ended it, unless it lasts. */
  next?: Phase;
}

/** The spells that phases make, in the order in which they began; one whose due date was moved ends with it. */
export function spellsOf(phases: readonly Phase[]): Spell[] {
  const spells: Spell[] = [];
  const open = new Map<AlertKind, Spell>();
  for (const phase of phases) {
    for (const [kind, spell] of open) {
      const isMoved = kind !== 'fell-below' && spell.due !== phase.due;
      if (phase.kinds.includes(kind) && !isMoved) continue;
      spell.next = phase;
      open.delete(kind);
    }
    for (const kind of phase.kinds) {
      if (open.has(kind)) continue;
      const spell: Spell = { kind, due: phase.due, from: phase.from };
      open.set(kind, spell);
      spells.push(spell);
    }
  }
  return spells;
}
