import { type Day, type Instant, startOfDay } from './calendar.ts';
import type { Bilingual } from './catalogue.ts';
import type { Cause } from './cause.ts';
import type { Reach, Registry } from './coordinator.ts';
import { statusOf } from './reach.ts';
import { gapsOf, maxPendingDays, reachSpans, type Span, unionOf } from './reach-spans.ts';

/**
 * Who of a unit could not be told anything, and when nobody of it could, as known at an instant:
 * `recipient-unreachable` while an address of a coordinator is gone or was not confirmed for more than three days,
 * until each is live again or not used any more; `unit-unreachable` while the unit has no coordinator who can be
 * reached by e-mail, from its first day on. Derived from the logs alone, so that what was so stays so.
 */
export function reachCauses(
  registry: Pick<Registry, 'unit' | 'reach'>,
  unitFirstDay: Day,
  asOf: Instant,
): Cause[] {
  const { unit } = registry;
  const people = Object.entries(registry.reach);
  const ofPeople = people.flatMap(([coordinator, entries]) => {
    const spans = unionOf(entries.flatMap((entry) => reachSpans(entry, asOf).unreachable));
    return spans.map(
      (span): Cause => ({
        kind: 'recipient-unreachable',
        unit,
        subject: `${unit}:coordinator:${coordinator}`,
        ...lifeOf(span),
        reasonAt: ({ at }) => recipientReason(coordinator, entries, at),
      }),
    );
  });
  const byEmail = people.flatMap(([, entries]) => entries.filter(({ channel }) => channel === 'email'));
  const reachable = byEmail.flatMap((entry) => reachSpans(entry, asOf).reachable);
  const ofUnit = gapsOf(reachable, startOfDay(unitFirstDay), asOf).map(
    (span): Cause => ({
      kind: 'unit-unreachable',
      unit,
      subject: `${unit}:coordinators`,
      ...lifeOf(span),
      reasonAt: ({ at }) => unitReason(byEmail, span, at),
    }),
  );
  return [...ofPeople, ...ofUnit];
}

function lifeOf({ from, to }: Span): Pick<Cause, 'episode' | 'stages' | 'closed'> {
  return {
    episode: from,
    stages: [{ stage: 'unreachable', at: from }],
    ...(to !== undefined && { closed: { at: to, how: 'resolved' } }),
  };
}

/** What is wrong with each address of a coordinator at an instant; names no address. */
function recipientReason(coordinator: string, entries: readonly Reach[], at: Instant): Bilingual {
  const known = entries
    .map(({ log, ...entry }) => ({ ...entry, log: log.filter((each) => each.at <= at) }))
    .filter(({ log }) => log.length > 0);
  const faults = known.filter(({ log }) => isWithin(reachSpans({ log }, at).unreachable, at)).map(faultOf);
  if (faults.length > 0) {
    return {
      vi: `Đầu mối ${coordinator}: ${faults.map(({ vi }) => vi).join('; ')}.`,
      en: `Coordinator ${coordinator}: ${faults.map(({ en }) => en).join('; ')}.`,
    };
  }
  return known.every((entry) => statusOf(entry) === 'unused')
    ? { vi: `${coordinator} không còn là đầu mối.`, en: `${coordinator} is no longer a coordinator.` }
    : {
        vi: `Đầu mối ${coordinator} lại nhận được thông báo, hoặc đã đổi địa chỉ.`,
        en: `Coordinator ${coordinator} can be reached again, or has another address.`,
      };
}

function faultOf({ channel, log }: Reach): Bilingual {
  if (channel === 'sms') {
    return { vi: 'số điện thoại đã từ chối nhận tin nhắn SMS', en: 'the phone has opted out of SMS' };
  }
  const wasLost = log.findLast(({ status }) => status !== 'pending')?.status === 'gone';
  return wasLost
    ? { vi: 'đã hủy đăng ký nhận thư điện tử', en: 'has unsubscribed from e-mail' }
    : {
        vi: `chưa xác nhận đăng ký nhận thư điện tử sau ${maxPendingDays} ngày`,
        en: `has not confirmed the e-mail subscription within ${maxPendingDays} days`,
      };
}

function unitReason(byEmail: readonly Reach[], { to }: Span, at: Instant): Bilingual {
  if (at === to) {
    return {
      vi: 'Đơn vị lại có đầu mối nhận được thư điện tử.',
      en: 'The unit has a coordinator again who can be reached by e-mail.',
    };
  }
  const isAnybodyKnown = byEmail.some(({ log }) => log.some((each) => each.at <= at));
  return isAnybodyKnown
    ? {
        vi: 'Không đầu mối nào của đơn vị nhận được thư điện tử.',
        en: 'No coordinator of the unit can be reached by e-mail.',
      }
    : { vi: 'Đơn vị chưa có đầu mối nào.', en: 'The unit has no coordinator yet.' };
}

function isWithin(spans: readonly Span[], at: Instant): boolean {
  return spans.some(({ from, to }) => from <= at && (to === undefined || at < to));
}
