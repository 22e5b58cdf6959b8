import { type Acknowledgement, acknowledgementAt } from './acknowledgement.ts';
import { type Alert, type AlertLedger, type AlertStage, alertKinds, closingOf, isClosing } from './alert.ts';
import { matterNames } from './alert-words.ts';
import { audienceOf, isInScope } from './audience.ts';
import { dayOf, daysBetween, type Instant } from './calendar.ts';
import type { AssignedIndicator, Catalogue } from './catalogue.ts';
import { compareText } from './compare-text.ts';
import type { Coordinator } from './coordinator.ts';
import type { DigestItem, Tone } from './digest-item.ts';
import type { OpenCounts, Outbox, Told } from './notification.ts';
import { isInForce, type Silence } from './silence.ts';
import { type Matter, type Standing, standingOf, standsAtLeast } from './standing.ts';

/** All that a coordinator's messages follow from. `ledgers` are those of every unit they may be told about. */
export interface TellingGrounds {
  catalogue: Catalogue;
  coordinator: Coordinator;
  ledgers: readonly AlertLedger[];
  acknowledgements: readonly Acknowledgement[];
  silences: readonly Silence[];
  outbox: Outbox;
  now: Instant;
}

/**
 * Something a coordinator has not been told by digest. `overtakes` are the stages passed over by telling it;
 * `urgentStage` is one of it that cannot wait for the digest and was not told as urgent yet.
 */
export interface Untold {
  item: DigestItem;
  overtakes: readonly string[];
  urgentStage?: string;
}

/** What a coordinator must still be told, worst first, and how much that concerns them is open. */
export interface Telling {
  untold: readonly Untold[];
  /** Stages that nobody needs to be told of any more, by alert id, the alert's end last. */
  passedOver: ReadonlyMap<string, readonly string[]>;
  counts: OpenCounts;
}

/**
 * Finds what a coordinator must still be told. Of each alert only its latest stage is told, those before are
 * overtaken; its end is told to whoever has heard of it. What is held back (silenced, acknowledged by or for the
 * unit itself, kept quiet by a missing report) stays untold, and is told when nothing holds it back any more.
 */
export function findUntold(grounds: TellingGrounds): Telling {
  const { catalogue, ledgers } = grounds;
  const indicators = new Map(
    catalogue.tasks.flatMap((task) =>
      task.indicators.map((indicator): [string, AssignedIndicator] => [indicator.id, { task, indicator }]),
    ),
  );
  const untold: Untold[] = [];
  const passedOver = new Map<string, string[]>();
  const counts: OpenCounts = {};
  for (const { alerts } of ledgers) {
    const concerning = alerts.flatMap(
      (alert) => addressedTo(alert, indicators.get(alert.indicator ?? ''), grounds) ?? [],
    );
    if (concerning.length === 0) continue;
    const isReportMissing = alerts.some((alert) => alert.kind === 'report-missing' && !closingOf(alert));
    let muted = 0;
    const ofUnit: Untold[] = [];
    for (const addressed of concerning) {
      const { alert } = addressed;
      const isMuted = isReportMissing && (alert.kind === 'due-soon' || alert.kind === 'forecast');
      const ending = closingOf(alert);
      if (!ending && isMuted) muted += 1;
      else if (!ending) counts[alert.kind] = (counts[alert.kind] ?? 0) + 1;
      const next = nextToTell(addressed, grounds, isMuted);
      if (next === 'nothing') continue;
      if ('passedOver' in next) passedOver.set(alert.id, next.passedOver);
      else ofUnit.push(next);
    }
    untold.push(...ofUnit.map((each) => withMuted(each, muted)));
  }
  return { untold: untold.sort((a, b) => worstFirst(a.item, b.item)), passedOver, counts };
}

/** An alert with those of its stages that are meant for a coordinator, in time order. */
interface Addressed {
  alert: Alert;
  assigned: AssignedIndicator | undefined;
  stages: readonly AlertStage[];
  told: Told;
}

function addressedTo(
  alert: Alert,
  assigned: AssignedIndicator | undefined,
  { catalogue, coordinator, outbox }: TellingGrounds,
): Addressed | undefined {
  if (!isInScope(coordinator, alert.unit, assigned?.task)) return undefined;
  // Most alerts are about units in which most people have no part, which costs little to see.
  if (!standingOf(catalogue, coordinator.unit, matterOf(alert, assigned))) return undefined;
  const stages = alert.stages.filter(({ stage }) =>
    audienceOf(catalogue.directive, alert, stage, assigned?.task).includes(coordinator.unit),
  );
  // Whoever was meant to hear of nothing but its end need not hear of it at all.
  if (stages.every(({ stage }) => isClosing(stage))) return undefined;
  return { alert, assigned, stages, told: outbox.told[alert.id] ?? {} };
}

function nextToTell(
  addressed: Addressed,
  grounds: TellingGrounds,
  isMuted: boolean,
): Untold | { passedOver: string[] } | 'nothing' {
  const { alert, stages, told } = addressed;
  const latest = stages.at(-1);
  if (!latest || told.digest === latest.stage) return 'nothing';
  const toldUpTo = stages.findIndex(({ stage }) => stage === told.digest);
  const untold = stages.slice(toldUpTo + 1);
  const names = untold.map(({ stage }) => stage);
  const ending = closingOf(alert);
  if (ending?.stage === 'superseded' || (ending && !told.isHeard)) return { passedOver: names };
  if (!ending && (isMuted || isHeldBack(addressed, grounds))) return 'nothing';
  const urgent = ending ? undefined : untold.findLast((stage) => isStillUrgent(stage, grounds.now));
  return {
    item: toItem(addressed, latest, grounds),
    overtakes: names.slice(0, -1),
    ...(urgent && !told.texted?.includes(urgent.stage) && { urgentStage: urgent.stage }),
  };
}

/** A missed deadline is urgent on its first day only; what was raised or sent back, until it is told. */
function isStillUrgent({ stage, at, isUrgent }: AlertStage, now: Instant): boolean {
  return isUrgent === true && (stage !== 'missed' || dayOf(at) === dayOf(now));
}

/**
 * An acknowledgement holds back what is meant for the owing unit's own coordinators; a silence what is meant for
 * people at its author's level or below, or all messages to one coordinator.
 */
function isHeldBack({ alert, assigned }: Addressed, grounds: TellingGrounds): boolean {
  const { catalogue, coordinator, acknowledgements, silences, now } = grounds;
  const matter = matterOf(alert, assigned);
  const standing = standingOf(catalogue, coordinator.unit, matter) ?? 'unit';
  if (standing === 'unit' && acknowledgementAt(acknowledgements, alert.id, now)) return true;
  return silences.some(
    (silence) =>
      isInForce(silence, now) &&
      isAbout(silence, alert, assigned, coordinator) &&
      standsAtLeast(standingOf(catalogue, silence.unit, matter) ?? lowest, standing),
  );
}

function matterOf({ unit }: Alert, assigned: AssignedIndicator | undefined): Matter {
  return assigned ? { unit, task: assigned.task } : { unit };
}

const lowest: Standing = 'unit';

function isAbout(
  { target }: Silence,
  alert: Alert,
  assigned: AssignedIndicator | undefined,
  coordinator: Coordinator,
): boolean {
  if ('unit' in target) return target.unit === alert.unit;
  if ('task' in target) return target.task === assigned?.task.ref;
  return target.coordinator === coordinator.id;
}

function withMuted(untold: Untold, muted: number): Untold {
  const { item } = untold;
  return item.kind === 'report-missing' && muted > 0 ? { ...untold, item: { ...item, muted } } : untold;
}

function toItem(
  { alert, assigned, told }: Addressed,
  { stage, at }: AlertStage,
  { catalogue, now }: TellingGrounds,
): DigestItem {
  const { kind, unit, subject, indicator, due } = alert;
  const place = catalogue.units.find(({ id }) => id === unit);
  const reason = alert.stages.findLast((each) => each.reason && each.at <= at)?.reason;
  return {
    alert: alert.id,
    stage,
    kind,
    tone: toneOf(stage, told),
    unit,
    unitName: { vi: place?.name ?? unit, en: place?.nameEn ?? unit },
    subject,
    ...(indicator !== undefined && { indicator }),
    title: assigned?.indicator.title ?? matterNames[kind] ?? { vi: subject, en: subject },
    ...(due !== undefined && { due, daysLeft: daysBetween(dayOf(now), due) }),
    reason: reason ?? { vi: subject, en: subject },
    knownOn: dayOf(at),
  };
}

/** Whoever was told by text message alone reads of it for the first time. */
function toneOf(stage: string, { digest }: Told): Tone {
  if (isClosing(stage)) return 'resolved';
  if (stage.startsWith('escalated-')) return 'escalated';
  return digest === undefined ? 'new' : 'lasting';
}

const tones: readonly Tone[] = ['escalated', 'new', 'lasting', 'resolved'];

/** Within a tone and kind the earliest due date leads; then in the order of the units and of the text's numbers. */
function worstFirst(a: DigestItem, b: DigestItem): number {
  return (
    tones.indexOf(a.tone) - tones.indexOf(b.tone) ||
    alertKinds.indexOf(a.kind) - alertKinds.indexOf(b.kind) ||
    compareText(a.due ?? '', b.due ?? '') ||
    compareText(a.unit, b.unit) ||
    a.subject.localeCompare(b.subject, 'en', { numeric: true }) ||
    compareText(a.alert, b.alert)
  );
}
