import type { State } from './assessment.ts';
import { type Day, formatDay } from './calendar.ts';
import type { Bilingual, IndicatorKind } from './catalogue.ts';
import { displayValue, figureValue } from './figure.ts';
import type { Obligation } from './obligation.ts';
import type { Figure } from './observation.ts';
import { floorTo, type Rational } from './rational.ts';
import { meetsTarget, targetText, thresholdOf, unitSign } from './target.ts';

/** What an assessment found, as far as its reason tells of it. */
export interface Grounds {
  obligation: Obligation;
  state: State;
  figure: Figure | undefined;
  daysLeft: number | null;
  /** The value expected on the due date, where the state depends on it. */
  projection: Rational | undefined;
  reportedLateOn: Day | undefined;
}

type Language = keyof Bilingual;

/**
 * Why an obligation is in its state, in both languages, citing ref and due date:
 * `98.70 % < 100 % (II.9, due 2022-06-30)`, `98,70 % < 100 % (II.9, hạn 30/06/2022)`.
 */
export function reasonFor(grounds: Grounds): Bilingual {
  return { vi: compose(grounds, 'vi'), en: compose(grounds, 'en') };
}

function compose(grounds: Grounds, language: Language): string {
  return [
    `${finding(grounds, language)} (${citation(grounds, language)})`,
    ...remarks(grounds, language),
  ].join('; ');
}

function finding({ obligation, figure, state }: Grounds, language: Language): string {
  if (!figure) return { vi: 'chưa có số liệu', en: 'nothing reported' }[language];
  const { kind, target } = obligation.indicator;
  if (kind === 'milestone' && figure.completedOn !== undefined) {
    const day = dayText(figure.completedOn, language);
    const late = state === 'met-late' ? { vi: ', sau thời hạn', en: ', after the due date' }[language] : '';
    return { vi: `hoàn thành ngày ${day}${late}`, en: `completed on ${day}${late}` }[language];
  }
  const isMet = meetsTarget(figureValue(figure), target);
  const sign = target.op === 'more-than' ? (isMet ? '>' : '≤') : isMet ? '≥' : '<';
  const comparison = `${numberText(displayValue(figure), kind, language)} ${sign} ${thresholdText(obligation, language)}`;
  if (state !== 'met-late') return comparison;
  const day = dayText(figure.asAt, language);
  return { vi: `${comparison}, đến ngày ${day} mới đạt`, en: `${comparison}, but only as at ${day}` }[
    language
  ];
}

function citation({ obligation }: Grounds, language: Language): string {
  const { due, task, indicator } = obligation;
  const parts = [task.ref];
  if (due === null) parts.push({ vi: 'không có thời hạn', en: 'no due date' }[language]);
  else parts.push({ vi: `hạn ${dayText(due, language)}`, en: `due ${dayText(due, language)}` }[language]);
  if (indicator.target.op === 'range' || indicator.target.op === 'about') {
    const target = localized(targetText(indicator), language);
    parts.push({ vi: `mục tiêu ${target}`, en: `target ${target}` }[language]);
  }
  return parts.join(', ');
}

function remarks(grounds: Grounds, language: Language): string[] {
  const { obligation, state, figure, daysLeft, projection, reportedLateOn } = grounds;
  const { kind } = obligation.indicator;
  const texts: Bilingual[] = [];
  if (reportedLateOn !== undefined) {
    texts.push({
      vi: `báo cáo muộn ngày ${formatDay(reportedLateOn)}`,
      en: `reported late on ${reportedLateOn}`,
    });
  }
  if (daysLeft !== null && (state === 'at-risk' || state === 'on-track' || state === 'awaited')) {
    texts.push({ vi: `còn ${daysLeft} ngày`, en: `${daysLeft} ${daysLeft === 1 ? 'day' : 'days'} left` });
    if (projection) {
      const value = numberText(floorTo(projection, 2), kind, language);
      texts.push({ vi: `dự báo đến hạn ${value}`, en: `projected ${value} by the due date` });
    } else if (figure && kind === 'growth') {
      texts.push({ vi: 'tốc độ tăng không được dự báo', en: 'growth is not projected' });
    } else if (figure) {
      texts.push({ vi: 'mới có một số liệu, chưa dự báo được', en: 'one figure, no projection yet' });
    }
  }
  return texts.map((text) => text[language]);
}

function thresholdText({ indicator }: Obligation, language: Language): string {
  const decimal = floorTo(thresholdOf(indicator.target), 6).replace(/\.?0+$/, '');
  return numberText(decimal, indicator.kind, language);
}

/** `98.70` → `98.70 %`, `98,70 %`; a count is whole and has its thousands apart: `8500.00` → `8,500`, `8.500`. */
function numberText(decimal: string, kind: IndicatorKind, language: Language): string {
  if (kind !== 'count') return localized(decimal, language) + unitSign(kind);
  const [whole = '', fraction = ''] = decimal.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, language === 'vi' ? '.' : ',');
  return /^0*$/.test(fraction) ? grouped : `${grouped}${language === 'vi' ? ',' : '.'}${fraction}`;
}

function localized(text: string, language: Language): string {
  return language === 'vi' ? text.replaceAll('.', ',') : text;
}

function dayText(day: Day, language: Language): string {
  return language === 'vi' ? formatDay(day) : day;
}
