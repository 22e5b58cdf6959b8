import type { Bilingual } from './catalogue.ts';
import type { Coordinator } from './coordinator.ts';
import { countItems } from './counted-items.ts';
import type { DigestItem } from './digest-item.ts';
import { joinFitting } from './fitting-text.ts';
import { foldToGsm7, smsParts } from './gsm7.ts';
import type { EmailSettings } from './message.ts';
import { oneLine } from './message-sections.ts';
import { alertsLink } from './portal-links.ts';

/** The most names in a text message that are worth trying: two parts do not hold more of the shortest. */
const maxNames = 60;

type Language = keyof Bilingual;

/**
 * One text message about what is urgent, folded to GSM-7: what happened, counted; then, as far as they fit into
 * one part of 160 characters, the indicators of the one unit concerned or the names of several, in the order of
 * the items, and the portal's address. Two parts at most, and only where the counts alone need them. A word is
 * there whole or not at all. Empty without items.
 */
export function composeUrgentSms(
  { language }: Coordinator,
  items: readonly DigestItem[],
  { portalUrl }: Pick<EmailSettings, 'portalUrl'>,
): string {
  if (items.length === 0) return '';
  const counts = countItems(items, language).map(foldToGsm7);
  const counted = `tiendo: ${counts.join(', ')}`;
  const { place, names } = concerned(items, language);
  const address = alertsLink(portalUrl);
  const ending = foldToGsm7(address) === address ? `. ${address}` : '';
  const lists = firstOfAll(names.slice(0, maxNames).map(foldLine), names.length);
  const texts = [
    ...lists.map((list) => `${counted}${place}: ${list}${ending}`),
    ...lists.map((list) => `${counted}${place}: ${list}`),
    `${counted}${place}${ending}`,
    `${counted}${place}`,
    `${counted}${ending}`,
    counted,
  ];
  return (
    texts.find((text) => smsParts(text) === 1) ??
    joinFitting('tiendo: ', counts, (text) => smsParts(text) <= 2)
  );
}

/** Where it happened, folded, and what to name of it: one unit's indicators, or the units. */
function concerned(items: readonly DigestItem[], language: Language): { place: string; names: string[] } {
  const units = [...new Map(items.map(({ unit, unitName }) => [unit, unitName[language]])).values()];
  const [only = ''] = units;
  if (units.length > 1) {
    const place = { vi: ` tai ${units.length} don vi`, en: ` in ${units.length} units` }[language];
    return { place, names: units };
  }
  const indicators = items.flatMap(({ indicator }) => (indicator === undefined ? [] : [indicator]));
  return { place: ` (${foldLine(only)})`, names: [...new Set(indicators)] };
}

function foldLine(text: string): string {
  return foldToGsm7(oneLine(text));
}

/** Lists of ever fewer names, each with how many of `total` it leaves out: `a, b +3`, `a +4`. */
function firstOfAll(names: readonly string[], total: number): string[] {
  return names
    .map((_, index) => {
      const shown = names.slice(0, index + 1).join(', ');
      return index + 1 < total ? `${shown} +${total - index - 1}` : shown;
    })
    .toReversed();
}
