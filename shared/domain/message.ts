import type { AlertKind } from './alert.ts';
import { type Day, formatDay } from './calendar.ts';
import type { Bilingual } from './catalogue.ts';
import type { Coordinator } from './coordinator.ts';
import type { DigestItem } from './digest.ts';
import { foldToGsm7, gsm7Length } from './gsm7.ts';

/** The most an e-mail's text takes, in bytes of UTF-8, whatever the number of items. SNS takes 256 KiB. */
export const maxEmailBytes = 200_000;
/** Room within it for the lines of the items, and for the alert ids below them. */
const maxListBytes = 140_000;
const maxIdBytes = 50_000;
/** One text message in GSM-7. */
const maxSmsLength = 160;

const kinds: readonly AlertKind[] = ['deadline-missed', 'due-soon', 'met-late'];
/** The kinds of alerts as people read them. */
export const kindNames: Readonly<Record<AlertKind, Bilingual>> = {
  'deadline-missed': { vi: 'quá hạn', en: 'overdue' },
  'due-soon': { vi: 'sắp đến hạn', en: 'due soon' },
  'met-late': { vi: 'đạt muộn', en: 'met late' },
};

/**
 * One digest for a coordinator in their language: the counts, then the items grouped by what happened and by
 * unit, worst first, then the ids of the alerts. The text stays under `maxEmailBytes` and says how many items
 * are not listed; the subject stays under SNS's 100 characters. `items` are as `planDigest` returns them.
 */
export function composeEmail(
  coordinator: Coordinator,
  items: readonly DigestItem[],
  { day, portalUrl }: { day: Day; portalUrl: string },
): { subject: string; text: string } {
  const { language, name } = coordinator;
  const date = language === 'vi' ? formatDay(day) : day;
  const counts = kinds
    .map((kind) => ({ kind, count: items.filter((item) => item.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} ${kindNames[kind][language]}`)
    .join(', ');
  const { lines, listed } = listItems(items, day, language);
  const unlisted = items.length - listed;
  const more = {
    vi: `… và ${unlisted} chỉ tiêu khác không liệt kê ở đây; xem đầy đủ trên trang.`,
    en: `… and ${unlisted} more that are not listed here; the portal shows them all.`,
  };
  const text = [
    { vi: `Kính gửi ${name},`, en: `Dear ${name},` }[language],
    '',
    { vi: `Tình hình chỉ tiêu đến ngày ${date}: ${counts}.`, en: `Indicators as of ${date}: ${counts}.` }[
      language
    ],
    ...lines,
    ...(unlisted > 0 ? ['', more[language]] : []),
    '',
    `${{ vi: 'Xem chi tiết', en: 'Details' }[language]}: ${portalUrl}`,
    '',
    ...listAlertIds(items, language),
  ].join('\n');
  return { subject: `tiendo ${date}: ${counts}`, text };
}

/**
 * One text message about missed deadlines, the worst obligations first as far as they fit, folded to GSM-7
 * and at most 160 characters; empty when nothing was missed. The address is left out where it does not fit.
 */
export function composeSms(
  coordinator: Coordinator,
  items: readonly DigestItem[],
  { portalUrl }: { portalUrl: string },
): string {
  const { language } = coordinator;
  const missed = items.filter(({ kind }) => kind === 'deadline-missed').map(({ obligation }) => obligation);
  if (missed.length === 0) return '';
  const noun = {
    vi: 'chỉ tiêu quá hạn',
    en: missed.length === 1 ? 'indicator overdue' : 'indicators overdue',
  };
  const counts = foldToGsm7(`tiendo: ${missed.length} ${noun[language]}`);
  const ids = missed.map(foldToGsm7);
  const link = foldToGsm7(portalUrl) === portalUrl ? `. ${portalUrl}` : '';
  for (const ending of [link, '']) {
    for (let shown = Math.min(ids.length, maxSmsLength); shown >= 1; shown -= 1) {
      const rest = ids.length - shown;
      const list = [...ids.slice(0, shown), ...(rest > 0 ? [`+${rest}`] : [])].join(', ');
      const text = `${counts}: ${list}${ending}`;
      if (gsm7Length(text) <= maxSmsLength) return text;
    }
  }
  return counts;
}

function listItems(
  items: readonly DigestItem[],
  day: Day,
  language: keyof Bilingual,
): { lines: string[]; listed: number } {
  const lines: string[] = [];
  let listed = 0;
  let bytes = 0;
  for (const kind of kinds) {
    const ofKind = items.filter((item) => item.kind === kind);
    let heading = ['', `${kindNames[kind][language].toLocaleUpperCase('vi')} (${ofKind.length})`];
    for (const ofUnit of Map.groupBy(ofKind, ({ unit }) => unit).values()) {
      let unitLine = [ofUnit[0]?.unitName[language] ?? ''];
      for (const item of ofUnit) {
        const next = [...heading, ...unitLine, itemLine(item, day, language)];
        bytes += byteLength(next.join('\n')) + 1;
        if (bytes > maxListBytes) return { lines, listed };
        lines.push(...next);
        listed += 1;
        heading = [];
        unitLine = [];
      }
    }
  }
  return { lines, listed };
}

function itemLine(
  { title, indicator, reason, knownOn }: DigestItem,
  day: Day,
  language: keyof Bilingual,
): string {
  const since = { vi: ` [tính đến ${formatDay(knownOn)}]`, en: ` [as of ${knownOn}]` }[language];
  return `- ${indicator} ${title[language]}: ${reason[language]}${knownOn === day ? '' : since}`;
}

/** The ids by which a repeated message is recognised, one a line, as many as there is room for. */
function listAlertIds(items: readonly DigestItem[], language: keyof Bilingual): string[] {
  const ids = [...new Set(items.map(({ alert }) => alert))];
  const shown: string[] = [];
  let bytes = 0;
  for (const id of ids) {
    bytes += byteLength(id) + 1;
    if (bytes > maxIdBytes) break;
    shown.push(id);
  }
  const rest = ids.length - shown.length;
  const heading = { vi: 'Mã cảnh báo:', en: 'Alert ids:' }[language];
  return [
    heading,
    ...shown,
    ...(rest > 0 ? [{ vi: `… và ${rest} mã khác`, en: `… and ${rest} more` }[language]] : []),
  ];
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
