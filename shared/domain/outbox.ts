import { stageId } from './alert-id.ts';
import { type Day, dayOf, type Instant, timeOfDay, weekdayOf } from './calendar.ts';
import { type Channel, type Coordinator, defaultQuietHours } from './coordinator.ts';
import { findUntold, type Telling, type TellingGrounds, type Untold } from './digest.ts';
import { composeAllClear, composeDigest, composeUrgentEmail } from './message.ts';
import type { Notification, Outbox, Purpose, Told } from './notification.ts';
import { quietUntil } from './quiet-hours.ts';
import { composeUrgentSms } from './urgent-sms.ts';

/** The time of day in Asia/Ho_Chi_Minh from which a day's digest is sent. */
const digestTime = '07:30';

/** All that a coordinator's messages are decided from. */
export interface OutboxGrounds extends Omit<TellingGrounds, 'outbox'> {
  portalUrl: string;
  /** Whether this is the run of the day's digests, and not one for what is urgent. */
  isDigestRun: boolean;
  /** Whether an e-mail would arrive; without, what it would tell stays untold until one does. */
  canMail: boolean;
  /** Whether a text message may be sent and would arrive; without, what is urgent goes by e-mail. */
  canText: boolean;
}

/** An outbox in which nothing was decided yet. */
export function emptyOutbox({ id, unit }: Pick<Coordinator, 'id' | 'unit'>): Outbox {
  return { coordinator: id, unit, version: 0, told: {}, open: [] };
}

/** What was decided about a coordinator's messages. */
export interface Decision {
  /** The same object when there is nothing to tell. */
  outbox: Outbox;
  /** When what is urgent may be told, where their quiet hours hold it back. */
  wakeAt?: Instant;
}

/**
 * Decides the messages a coordinator is to get now: what is urgent at once, unless these are their quiet hours, and
 * in the run after `digestTime` one digest a day with everything untold. Whoever is told by text message reads the rest in
 * the digest. While an earlier message over a channel is not sent yet, no other is decided over that one.
 */
export function decideNotifications(outbox: Outbox, grounds: OutboxGrounds): Decision {
  const { coordinator, isDigestRun, canMail, now } = grounds;
  const isWaiting = (channel: Channel) => outbox.open.some((each) => each.channel === channel);
  if (isWaiting('email')) return { outbox };
  const telling = findUntold({ ...grounds, outbox });
  const isDigestDue = outbox.digest?.day !== dayOf(now) && timeOfDay(now) >= digestTime;
  const isDigestTime = isDigestRun && canMail && isDigestDue;
  const digest = isDigestTime ? telling.untold : [];
  const urgent = telling.untold.filter(({ urgentStage }) => urgentStage !== undefined);
  const wakeAt = quietUntil(coordinator.quietHours ?? defaultQuietHours, now);
  const isHeld = wakeAt !== undefined;
  const isTexted = grounds.canText && coordinator.phone !== undefined;
  const texted = isTexted && !isHeld && !isWaiting('sms') ? urgent : [];
  // What the digest tells at this very moment needs no second e-mail.
  const mailed = isTexted || isHeld || !canMail || digest.length > 0 ? [] : urgent;
  const isAllClear = isDigestTime && isAllClearDue(outbox, grounds, telling);

  const decided = [
    ...(texted.length > 0 ? [writeSms(outbox, grounds, texted)] : []),
    ...(mailed.length > 0 ? [writeUrgentEmail(outbox, grounds, mailed)] : []),
    ...(digest.length > 0 ? [writeDigest(outbox, grounds, telling)] : []),
    ...(isAllClear ? [writeAllClear(outbox, grounds)] : []),
  ];
  const wake = isHeld && urgent.length > 0 ? { wakeAt } : {};
  if (decided.length === 0 && telling.passedOver.size === 0) return { outbox, ...wake };
  const told = { ...outbox.told };
  for (const [alert, stages] of telling.passedOver) told[alert] = passOver(told[alert] ?? {}, stages);
  for (const each of texted) told[each.item.alert] = tellByText(told[each.item.alert] ?? {}, each);
  for (const each of [...mailed, ...digest]) {
    told[each.item.alert] = tellWhole(told[each.item.alert] ?? {}, each);
  }
  const day = dayOf(now);
  const next = {
    ...outbox,
    version: outbox.version + 1,
    told,
    open: [...outbox.open, ...decided],
    ...(digest.length > 0 && { digest: { day, counts: telling.counts } }),
    ...(isAllClear && { allClearOn: day }),
  };
  return { outbox: next, ...wake };
}

function isAllClearDue(
  outbox: Outbox,
  { coordinator, now }: OutboxGrounds,
  { untold, counts }: Telling,
): boolean {
  return (
    coordinator.wantsAllClear === true &&
    weekdayOf(dayOf(now)) === 'monday' &&
    outbox.allClearOn !== dayOf(now) &&
    untold.length === 0 &&
    counts['deadline-missed'] === undefined
  );
}

function writeSms(outbox: Outbox, grounds: OutboxGrounds, urgent: readonly Untold[]): Notification {
  const text = composeUrgentSms(grounds.coordinator, urgent.map(itemOf), grounds);
  const stages = urgent.map(({ item, urgentStage }) => stageId(item.alert, urgentStage ?? item.stage));
  return { ...begin(outbox, grounds, 'sms', 'urgent'), text, stages };
}

function writeUrgentEmail(outbox: Outbox, grounds: OutboxGrounds, urgent: readonly Untold[]): Notification {
  const message = composeUrgentEmail(grounds.coordinator, urgent.map(itemOf), datedBy(grounds));
  return { ...begin(outbox, grounds, 'email', 'urgent'), ...message, stages: urgent.map(stageOf) };
}

function writeDigest(outbox: Outbox, grounds: OutboxGrounds, { untold, counts }: Telling): Notification {
  const digest = { items: untold.map(itemOf), counts, ...(outbox.digest && { before: outbox.digest }) };
  const message = composeDigest(grounds.coordinator, digest, datedBy(grounds));
  return { ...begin(outbox, grounds, 'email', 'digest'), ...message, stages: untold.map(stageOf) };
}

function writeAllClear(outbox: Outbox, grounds: OutboxGrounds): Notification {
  const message = composeAllClear(grounds.coordinator, datedBy(grounds));
  return { ...begin(outbox, grounds, 'email', 'all-clear'), ...message, stages: [] };
}

function begin(
  { version }: Outbox,
  { coordinator, now }: OutboxGrounds,
  channel: Channel,
  purpose: Purpose,
): Omit<Notification, 'text' | 'stages' | 'subject'> {
  const day = dayOf(now);
  return {
    id: `${day}#${coordinator.id}#${channel}#${version + 1}`,
    coordinator: coordinator.id,
    unit: coordinator.unit,
    channel,
    purpose,
    day,
    state: 'decided',
    decidedAt: now,
    failures: [],
  };
}

function datedBy({ now, portalUrl }: OutboxGrounds): { day: Day; portalUrl: string } {
  return { day: dayOf(now), portalUrl };
}

function itemOf({ item }: Untold) {
  return item;
}

function stageOf({ item }: Untold): string {
  return stageId(item.alert, item.stage);
}

/** The digest tells the whole of it. */
function tellByText(told: Told, { urgentStage }: Untold): Told {
  const texted = [...(told.texted ?? []), ...(urgentStage === undefined ? [] : [urgentStage])];
  return { ...told, texted, isHeard: true };
}

function tellWhole(told: Told, { item, overtakes }: Untold): Told {
  return { ...withOvertaken(told, overtakes), digest: item.stage, isHeard: true };
}

function passOver(told: Told, stages: readonly string[]): Told {
  return { ...withOvertaken(told, stages.slice(0, -1)), digest: stages.at(-1) };
}

/** A stage that was told by text message was not overtaken. */
function withOvertaken(told: Told, stages: readonly string[]): Told {
  const untold = stages.filter((stage) => !told.texted?.includes(stage));
  const overtaken = [...(told.overtaken ?? []), ...untold];
  return overtaken.length === 0 ? told : { ...told, overtaken };
}
