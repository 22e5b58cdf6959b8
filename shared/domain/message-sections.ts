import { type Day, formatDay } from './calendar.ts';
import type { Bilingual } from './catalogue.ts';
import type { DigestItem } from './digest-item.ts';
import { unitLink } from './portal-links.ts';

/** Room for the lines of the items and for the alert ids below them, in bytes of UTF-8. */
const maxListBytes = 140_000;
const maxIdBytes = 50_000;

type Language = keyof Bilingual;

/** Items that belong under one heading of an e-mail. */
export interface Section {
  heading: string;
  items: readonly DigestItem[];
}

/** Who reads, on which day, and where the links lead. */
export interface Reading {
  language: Language;
  day: Day;
  portalUrl: string;
}

/**
 * The lines of an e-mail that list sections of items, by unit, each unit with the link to its page. Where there
 * are more than an e-mail takes, the first are listed and the last line says how many are not.
 */
export function listSections(sections: readonly Section[], reading: Reading): string[] {
  const { language } = reading;
  const total = sections.reduce((sum, { items }) => sum + items.length, 0);
  const { lines, listed } = fillLines(sections, reading);
  const unlisted = total - listed;
  const more = {
    vi: `… và ${unlisted} cảnh báo khác không liệt kê ở đây; xem đầy đủ trên trang.`,
    en: `… and ${unlisted} more that are not listed here; the portal shows them all.`,
  };
  return unlisted > 0 ? [...lines, '', more[language]] : lines;
}

/** The ids by which a repeated message is recognised, one a line, as many as there is room for. */
export function listAlertIds(items: readonly DigestItem[], language: Language): string[] {
  const ids = [...new Set(items.map(({ alert }) => oneLine(alert)))];
  const shown: string[] = [];
  let bytes = 0;
  for (const id of ids) {
    bytes += byteLength(id) + 1;
    if (bytes > maxIdBytes) break;
    shown.push(id);
  }
  const rest = ids.length - shown.length;
  return [
    { vi: 'Mã cảnh báo:', en: 'Alert ids:' }[language],
    ...shown,
    ...(rest > 0 ? [{ vi: `… và ${rest} mã khác`, en: `… and ${rest} more` }[language]] : []),
  ];
}

/**
 * A text that stays on its line and reads in its order: line breaks, control, formatting and half characters
 * become spaces. Names of files and people come from outside.
 */
export function oneLine(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}

function fillLines(sections: readonly Section[], reading: Reading): { lines: string[]; listed: number } {
  const lines: string[] = [];
  let listed = 0;
  let bytes = 0;
  for (const { heading, items } of sections) {
    let headingLines = ['', `${heading} (${items.length})`];
    for (const ofUnit of Map.groupBy(items, ({ unit }) => unit).values()) {
      let unitLines = ofUnit.slice(0, 1).map((item) => unitLine(item, reading));
      for (const item of ofUnit) {
        const next = [...headingLines, ...unitLines, itemLine(item, reading)];
        bytes += byteLength(next.join('\n')) + 1;
        if (bytes > maxListBytes) return { lines, listed };
        lines.push(...next);
        listed += 1;
        headingLines = [];
        unitLines = [];
      }
    }
  }
  return { lines, listed };
}

function unitLine({ unit, unitName }: DigestItem, { language, portalUrl }: Reading): string {
  return `${oneLine(unitName[language])}: ${unitLink(portalUrl, unit)}`;
}

function itemLine(item: DigestItem, reading: Reading): string {
  const { indicator, title, reason, knownOn, muted = 0 } = item;
  const { language, day } = reading;
  const about = [...(indicator === undefined ? [] : [indicator]), title[language]].map(oneLine).join(' ');
  const since = { vi: ` [tính đến ${formatDay(knownOn)}]`, en: ` [as of ${knownOn}]` }[language];
  const others = language === 'en' && muted === 1 ? 'other alert' : 'other alerts';
  const muting = {
    vi: `đang giữ lại ${muted} cảnh báo khác cho đến khi có báo cáo`,
    en: `keeps ${muted} ${others} quiet until the report arrives`,
  };
  const remarks = [
    `${oneLine(reason[language])}${knownOn === day ? '' : since}`,
    ...daysRemark(item, reading),
    ...(muted > 0 ? [muting[language]] : []),
  ];
  return `- ${about}: ${remarks.join('; ')}`;
}

/** The days to or after the due date. The reason tells the days left on its own day: they are not told twice. */
function daysRemark({ tone, daysLeft, knownOn }: DigestItem, { language, day }: Reading): string[] {
  if (tone === 'resolved' || daysLeft === undefined) return [];
  const days = Math.abs(daysLeft);
  const plural = days === 1 ? 'day' : 'days';
  if (daysLeft < 0) return [{ vi: `quá hạn ${days} ngày`, en: `${days} ${plural} overdue` }[language]];
  if (knownOn === day) return [];
  if (daysLeft === 0) return [{ vi: 'hôm nay đến hạn', en: 'due today' }[language]];
  return [{ vi: `nay còn ${days} ngày`, en: `${days} ${plural} left now` }[language]];
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
