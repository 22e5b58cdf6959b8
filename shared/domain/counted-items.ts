import { type AlertKind, alertKinds } from './alert.ts';
import type { Bilingual } from './catalogue.ts';
import type { DigestItem } from './digest-item.ts';

/** What happened, as it is counted in one sentence. */
type Happening = AlertKind | 'escalated' | 'resolved';
const happenings: readonly Happening[] = ['escalated', ...alertKinds, 'resolved'];
/** What happened behind its number: `12 chỉ tiêu quá hạn`, `1 file rejected`, `2 files rejected`. */
const countedNames: Readonly<Record<Happening, { vi: string; en: string; enPlural: string }>> = {
  escalated: { vi: 'chỉ tiêu chuyển cấp trên', en: 'escalation', enPlural: 'escalations' },
  'deadline-missed': { vi: 'chỉ tiêu quá hạn', en: 'indicator overdue', enPlural: 'indicators overdue' },
  'fell-below': {
    vi: 'chỉ tiêu tụt khỏi mục tiêu',
    en: 'indicator fell below target',
    enPlural: 'indicators fell below target',
  },
  'report-missing': { vi: 'báo cáo còn thiếu', en: 'report missing', enPlural: 'reports missing' },
  'file-rejected': { vi: 'tệp bị trả lại', en: 'file rejected', enPlural: 'files rejected' },
  forecast: {
    vi: 'chỉ tiêu dự báo không đạt',
    en: 'indicator forecast to miss',
    enPlural: 'indicators forecast to miss',
  },
  'due-soon': { vi: 'chỉ tiêu sắp đến hạn', en: 'indicator due soon', enPlural: 'indicators due soon' },
  'unit-unreachable': {
    vi: 'đơn vị không liên lạc được',
    en: 'unit unreachable',
    enPlural: 'units unreachable',
  },
  'recipient-unreachable': {
    vi: 'đầu mối không liên lạc được',
    en: 'coordinator unreachable',
    enPlural: 'coordinators unreachable',
  },
  'sms-budget': { vi: 'hạn mức SMS đã hết', en: 'SMS budget used up', enPlural: 'SMS budgets used up' },
  resolved: { vi: 'việc đã giải quyết', en: 'matter resolved', enPlural: 'matters resolved' },
};

/** What happened, counted, in one language, worst first: `2 chỉ tiêu chuyển cấp trên`, `12 chỉ tiêu quá hạn`. */
export function countItems(items: readonly DigestItem[], language: keyof Bilingual): string[] {
  const byHappening = Map.groupBy(items, ({ tone, kind }): Happening => {
    return tone === 'escalated' || tone === 'resolved' ? tone : kind;
  });
  return happenings.flatMap((happening) => {
    const count = byHappening.get(happening)?.length ?? 0;
    if (count === 0) return [];
    const { vi, en, enPlural } = countedNames[happening];
    return [`${count} ${{ vi, en: count === 1 ? en : enPlural }[language]}`];
  });
}
