import { type AlertKind, alertKinds } from './alert.ts';
import { kindNames } from './alert-words.ts';
import { type Day, formatDay } from './calendar.ts';
import type { Bilingual } from './catalogue.ts';
import type { Coordinator } from './coordinator.ts';
import { countItems } from './counted-items.ts';
import type { Digest, DigestItem, Tone } from './digest-item.ts';
import { joinFitting } from './fitting-text.ts';
import { foldToGsm7 } from './gsm7.ts';
import { listAlertIds, listSections, oneLine } from './message-sections.ts';
import { alertsLink } from './portal-links.ts';

/** The most an e-mail's text takes, in bytes of UTF-8, whatever the number of items. SNS takes 256 KiB. */
export const maxEmailBytes = 200_000;
/** The most a subject takes, folded to ASCII: SNS takes less than 100 characters. */
export const maxSubjectLength = 99;

type Language = keyof Bilingual;

const tones: readonly Tone[] = ['escalated', 'new', 'lasting', 'resolved'];
const toneNames: Readonly<Record<Tone, Bilingual>> = {
  escalated: { vi: 'chuyển lên cấp trên', en: 'escalated to you' },
  new: { vi: 'mới', en: 'new' },
  lasting: { vi: 'nhắc lại', en: 'reminder' },
  resolved: { vi: 'đã giải quyết', en: 'resolved' },
};

/** An e-mail as SNS sends it. */
export interface Email {
  subject: string;
  text: string;
}

/** What every e-mail needs besides its items. */
export interface EmailSettings {
  /** The day it is written on. */
  day: Day;
  portalUrl: string;
}

/**
 * The digest of a day for a coordinator, in their language: how much is open now and how that changed since the
 * digest before; the items that were escalated, that are new, that last and that are resolved, each by kind and
 * unit, worst first; the ids of the alerts. Stays under `maxEmailBytes`, says how many items are not listed.
 */
export function composeDigest(coordinator: Coordinator, digest: Digest, settings: EmailSettings): Email {
  const { language } = coordinator;
  const { items, before } = digest;
  const date = dayText(settings.day, language);
  const counts = openCounts(digest);
  const texts = counts.map((count) => countText(count, language));
  const open = counts.filter(({ count }) => count > 0).map((count) => countText(count, language));
  const none = { vi: 'không còn cảnh báo nào đang mở', en: 'no open alerts' }[language];
  const since =
    before && counts.length > 0
      ? {
          vi: ` (tăng, giảm so với thư ngày ${dayText(before.day, language)})`,
          en: ` (changes since the message of ${dayText(before.day, language)})`,
        }[language]
      : '';
  const summary = counts.length > 0 ? texts.join(', ') : none;
  const intro = {
    vi: `Tình hình cảnh báo đang mở đến ngày ${date}${since}: ${summary}.`,
    en: `Open alerts as of ${date}${since}: ${summary}.`,
  };
  return {
    subject: subjectOf(`tiendo ${date}`, open.length > 0 ? open : [none]),
    text: emailText(coordinator, intro[language], items, settings),
  };
}

/** The e-mail at once about what cannot wait for the digest: what happened, then the same list as the digest's. */
export function composeUrgentEmail(
  coordinator: Coordinator,
  items: readonly DigestItem[],
  settings: EmailSettings,
): Email {
  const { language } = coordinator;
  const date = dayText(settings.day, language);
  const counts = countItems(items, language);
  const intro = {
    vi: `Đề nghị Ông/Bà quan tâm xử lý ngay (tính đến ngày ${date}): ${counts.join(', ')}.`,
    en: `Please attend to this at once (as of ${date}): ${counts.join(', ')}.`,
  };
  return {
    subject: subjectOf(`tiendo ${{ vi: 'KHẨN', en: 'URGENT' }[language]} ${date}`, counts),
    text: emailText(coordinator, intro[language], items, settings),
  };
}

/** The weekly word to those who asked for it that nothing they are told of is overdue. */
export function composeAllClear(coordinator: Coordinator, { day, portalUrl }: EmailSettings): Email {
  const { language } = coordinator;
  const date = dayText(day, language);
  const intro = {
    vi: `Tính đến ngày ${date}, không có chỉ tiêu nào do Ông/Bà theo dõi bị quá hạn.`,
    en: `As of ${date}, none of the indicators you follow is overdue.`,
  };
  const why = {
    vi: 'Thư này được gửi vào thứ Hai hằng tuần theo đăng ký của Ông/Bà.',
    en: 'You receive this message each Monday because you asked for it.',
  };
  const none = { vi: 'không có chỉ tiêu quá hạn', en: 'nothing overdue' };
  const lines = [
    greeting(coordinator),
    '',
    intro[language],
    why[language],
    '',
    ...closing(language, portalUrl),
  ];
  return { subject: subjectOf(`tiendo ${date}`, [none[language]]), text: lines.join('\n') };
}

function emailText(
  coordinator: Coordinator,
  intro: string,
  items: readonly DigestItem[],
  { day, portalUrl }: EmailSettings,
): string {
  const { language } = coordinator;
  const sections = tones.flatMap((tone) =>
    alertKinds.map((kind) => ({
      heading: `${toneNames[tone][language]}: ${kindNames[kind][language]}`.toLocaleUpperCase('vi'),
      items: items.filter((item) => item.tone === tone && item.kind === kind),
    })),
  );
  return [
    greeting(coordinator),
    '',
    intro,
    ...listSections(sections, { language, day, portalUrl }),
    '',
    ...closing(language, portalUrl),
    '',
    ...listAlertIds(items, language),
  ].join('\n');
}

function greeting({ language, name }: Coordinator): string {
  return { vi: `Kính gửi Ông/Bà ${oneLine(name)},`, en: `Dear ${oneLine(name)},` }[language];
}

function closing(language: Language, portalUrl: string): string[] {
  return [
    `${{ vi: 'Xem tất cả cảnh báo', en: 'All alerts' }[language]}: ${alertsLink(portalUrl)}`,
    '',
    { vi: 'Trân trọng.', en: 'Kind regards.' }[language],
  ];
}

interface OpenCount {
  kind: AlertKind;
  count: number;
  /** Since the digest before. */
  change: number;
}

/** Of each kind that is open, or was in the digest before, worst first. */
function openCounts({ counts, before }: Digest): OpenCount[] {
  return alertKinds
    .map((kind): OpenCount => {
      const count = counts[kind] ?? 0;
      return { kind, count, change: before ? count - (before.counts[kind] ?? 0) : 0 };
    })
    .filter(({ count, change }) => count !== 0 || change !== 0);
}

/** `quá hạn 45 (+3)` */
function countText({ kind, count, change }: OpenCount, language: Language): string {
  const changed = change === 0 ? '' : ` (${change > 0 ? '+' : ''}${change})`;
  return `${kindNames[kind][language]} ${count}${changed}`;
}

/** `<start>: <part>, <part>` with as many parts as a subject takes. It is folded when it is sent. */
function subjectOf(start: string, parts: readonly string[]): string {
  return joinFitting(`${start}: `, parts, (text) => foldToGsm7(text).length <= maxSubjectLength);
}

function dayText(day: Day, language: Language): string {
  return language === 'vi' ? formatDay(day) : day;
}
