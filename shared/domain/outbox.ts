import { stageId } from './alert-id.ts';
import { type Day, dayOf, type Instant, timeOfDay, weekdayOf } from './calendar.ts';
import { type Channel, type Coordinator, defaultQuietHours } from './coordinator.ts';
import { findUntold, type Telling, type TellingGrounds, type Untold } from './digest.ts';
import { composeAllClear, composeDigest, composeUrgentEmail, composeUrgentSms } from './message.ts';
import type { Notification, Outbox, Purpose, Told } from './notification.ts';
import { quietUntil } from './quiet-hours.ts';

/** The time of day in Asia/Ho_Chi_Minh from which a day's digest is sent. */
export const digestTime = '07:30';

/** Longer than a run may take, shorter than until its message is delivered again. */
const sendingSeconds = 10 * 60;
const maxAttempts = 3;

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

/**
 * Whether a message was decided or claimed so lately that the run that did may still be sending it. Another run
 * leaves such an outbox alone, else its messages would go out twice. A run that was cut off comes again later
 * than that.
 */
export function isBeingSent({ open, claimedAt = '' }: Outbox, now: Instant): boolean {
  const isRecent = (at: Instant) => Date.parse(now) - Date.parse(at) < sendingSeconds * 1000;
  return open.some(({ decidedAt }) => isRecent(decidedAt > claimedAt ? decidedAt : claimedAt));
}

/** The outbox as a run that is about to send what another left in it writes it first, so that no third one does. */
export function claim(outbox: Outbox, now: Instant): Outbox {
  return { ...outbox, version: outbox.version + 1, claimedAt: now };
}

/** The outbox after one of its open messages was sent. */
export function closeNotification({ claimedAt, ...outbox }: Outbox, { id }: Notification): Outbox {
  const open = outbox.open.filter((each) => each.id !== id);
  const isClaimed = claimedAt !== undefined && open.length > 0;
  return { ...outbox, version: outbox.version + 1, open, ...(isClaimed && { claimedAt }) };
}

/** An open message with one more failed attempt noted. */
export function noteFailure(notification: Notification, at: Instant, error: string): Notification {
  return { ...notification, failures: [...notification.failures, { at, error }] };
}

/** The outbox with an open message as it is after a failed attempt. */
export function keepNotification(outbox: Outbox, notification: Notification): Outbox {
  const open = outbox.open.map((each) => (each.id === notification.id ? notification : each));
  return { ...outbox, version: outbox.version + 1, open };
}

/** Whether an open message has failed so often that it is given up. */
export function isGivenUp({ failures }: Notification): boolean {
  return failures.length >= maxAttempts;
}

/**
 * The outbox without an open message that was given up. What an e-mail would have told counts as untold again, so
 * that the next one tells it; what a text message would have told is told by the digest anyhow.
 */
export function abandonNotification(outbox: Outbox, notification: Notification): Outbox {
  const closed = closeNotification(outbox, notification);
  if (notification.channel === 'sms') return closed;
  const stages = new Set(notification.stages);
  const told = Object.entries(outbox.told).map(([alert, each]): [string, Told] => {
    const { digest, ...rest } = each;
    const isUntold = digest !== undefined && stages.has(stageId(alert, digest));
    return [alert, isUntold ? rest : each];
  });
  return { ...closed, told: Object.fromEntries(told) };
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
