import { type Acknowledgement, acknowledgementAt } from './acknowledgement.ts';
import type { ClosingStage } from './alert.ts';
import { alertId } from './alert-id.ts';
import { assessObligation } from './assessment.ts';
import { addDays, atHour, type Day, dayOf, type Instant } from './calendar.ts';
import type { Bilingual } from './catalogue.ts';
import type { Cause, CauseStage } from './cause.ts';
import { CountedPoints } from './counted-points.ts';
import { foldPublications } from './fold.ts';
import { type Phase, type PhaseGrounds, phasesOf, type Spell, spellsOf } from './obligation-phases.ts';
import { reasonFor } from './reason.ts';
import type { Standing } from './standing.ts';

/** When alerts are due: the hour of the daily evaluation in Asia/Ho_Chi_Minh, and the days left that are told of. */
export interface AlertSettings {
  evaluationHour: number;
  dueSoonDays: readonly number[];
}

/** What the directive's deployment uses unless told otherwise. */
export const defaultAlertSettings: AlertSettings = { evaluationHour: 7, dueSoonDays: [30, 14, 7, 1] };

/** On which day of a missed deadline it is raised to whom, unless somebody at that level has acknowledged it. */
export const escalations = [
  { stage: 'escalated-7', day: 7, to: 'body' },
  { stage: 'escalated-14', day: 14, to: 'top' },
] as const satisfies readonly { stage: string; day: number; to: Standing }[];

/** All that an obligation's causes follow from. */
export interface ObligationHistory extends PhaseGrounds {
  acknowledgements: readonly Acknowledgement[];
  settings: AlertSettings;
}

/** What follows from an obligation's history: its causes, and whether it was unmet and due at some instant. */
export interface ObligationCauses {
  causes: Cause[];
  /** Whether at an instant it was unmet and due on one of the days from `first` to `last`. */
  isAwaited(at: Instant, first: Day, last: Day): boolean;
}

/**
 * What must be known about one obligation, each judged by what was known at its own instant:
 *
 * - `due-soon` while it is unmet before its due date, from the first stage at the evaluation hour of one of
 *   `dueSoonDays` on;
 * - `deadline-missed` while it is unmet after it, with a stage each week, and escalated where nobody at the level
 *   due has acknowledged it;
 * - `forecast` while it is unmet before its due date and its figures, prolonged, fall short;
 * - `fell-below` while the latest figure is below a target that an earlier latest one met, unless the deadline is
 *   missed, which tells the same.
 *
 * Each ends `resolved` when its cause is gone, `superseded` when another takes over or its due date was moved.
 */
export function obligationCauses(history: ObligationHistory): ObligationCauses {
  const phases = phasesOf(history);
  const spells = spellsOf(phases);
  const causes = spells.flatMap((spell) => causeOf(spell, history) ?? []);
  const isAwaited = (at: Instant, first: Day, last: Day) => {
    const phase = phases.findLast((each) => each.from <= at);
    return phase?.due != null && !phase.isReached && first <= phase.due && phase.due <= last;
  };
  return { causes, isAwaited };
}

function causeOf(spell: Spell, history: ObligationHistory): Cause | undefined {
  const { obligation, asOf } = history;
  const end = spell.next?.from;
  const isWithin = (at: Instant) => at <= asOf && (end === undefined || at < end);
  const stages = stagesOf(spell, history, isWithin).filter(({ at }) => isWithin(at));
  const episode = stages[0]?.at;
  if (episode === undefined) return undefined;
  return {
    kind: spell.kind,
    unit: obligation.unit,
    subject: obligation.id,
    indicator: obligation.indicator.id,
    ...(spell.due !== null && { due: spell.due }),
    episode,
    stages,
    ...(spell.next && { closed: { at: spell.next.from, how: howEnded(spell, spell.next) } }),
    reasonAt: (stage) => reasonAt(spell, stage, history),
  };
}

function howEnded({ kind, due }: Spell, next: Phase): ClosingStage {
  if (kind === 'deadline-missed') return next.isOverdue ? 'superseded' : 'resolved';
  return next.isOverdue || (kind !== 'fell-below' && next.due !== due) ? 'superseded' : 'resolved';
}

function stagesOf(
  { kind, due, from }: Spell,
  history: ObligationHistory,
  isWithin: (at: Instant) => boolean,
): CauseStage[] {
  switch (kind) {
    case 'due-soon':
      return due === null ? [] : dueSoonStages(due, from, history.settings);
    case 'deadline-missed':
      return missedStages(from, history, isWithin);
    case 'forecast':
      return [{ stage: 'forecast', at: from }];
    default:
      return [{ stage: 'fell', at: from }];
  }
}

function dueSoonStages(
  due: Day,
  from: Instant,
  { dueSoonDays, evaluationHour }: AlertSettings,
): CauseStage[] {
  return dueSoonDays
    .map((days) => ({ stage: String(days), at: atHour(addDays(due, -days), evaluationHour) }))
    .filter(({ at }) => at >= from)
    .sort(byInstant);
}

/** The first day counts as day 1, so that a deadline of 30 June is escalated on 7 July. */
function missedStages(
  from: Instant,
  history: ObligationHistory,
  isWithin: (at: Instant) => boolean,
): CauseStage[] {
  const { evaluationHour } = history.settings;
  const firstDay = dayOf(from);
  const hourOfDay = (day: number) => atHour(addDays(firstDay, day - 1), evaluationHour);
  const stages: CauseStage[] = [{ stage: 'missed', at: from, isUrgent: true }];
  for (let day = 7, at = hourOfDay(day); isWithin(at); day += 7, at = hourOfDay(day)) {
    stages.push({ stage: `day-${day}`, at });
  }
  for (const { stage, day, to } of escalations) {
    const at = unlessAcknowledged(hourOfDay(day), from, to, history);
    stages.push({ stage, at, isUrgent: true });
  }
  return stages.sort(byInstant);
}

/** The instant, or where acknowledgements at the level or above cover it, the one at which the last has lapsed. */
function unlessAcknowledged(
  instant: Instant,
  episode: Instant,
  least: Standing,
  { obligation, acknowledgements }: ObligationHistory,
): Instant {
  const id = alertId('deadline-missed', obligation.id, episode);
  for (let at = instant; ; ) {
    const acknowledgement = acknowledgementAt(acknowledgements, id, at, least);
    if (!acknowledgement) return at;
    at = acknowledgement.until;
  }
}

function reasonAt(spell: Spell, { stage, at }: CauseStage, history: ObligationHistory): Bilingual {
  const { obligation, publications } = history;
  const due = stage === 'resolved' || stage === 'superseded' ? (spell.next?.due ?? null) : spell.due;
  const dated = { ...obligation, due };
  if (spell.kind === 'fell-below' && stage === 'fell') {
    const points = new CountedPoints(dated, foldPublications(publications, at));
    const figure = points.decisive().latest;
    // The state it falls from may still be met, by an earlier figure; what is told is the latest one.
    return reasonFor({
      obligation: dated,
      state: 'unscheduled',
      figure,
      daysLeft: null,
      projection: undefined,
      reportedLateOn: undefined,
    });
  }
  return assessObligation(dated, publications, at).reason;
}

function byInstant(a: CauseStage, b: CauseStage): number {
  if (a.at === b.at) return 0;
  return a.at < b.at ? -1 : 1;
}
