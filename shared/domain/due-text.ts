import { formatDay } from './calendar.ts';
import type { Bilingual, Due } from './catalogue.ts';

/** When something is due, as people in Vietnam write it: `30/06/2022`, `tháng 10 hằng năm`. */
export function dueText(due: Due): string {
  return dueTexts(due).vi;
}

/** The same in both languages. */
export function dueTexts(due: Due): Bilingual {
  switch (due.type) {
    case 'date':
      return { vi: formatDay(due.date), en: formatDay(due.date) };
    case 'annual':
      return { vi: `tháng ${due.month} hằng năm`, en: `month ${due.month} of each year` };
    case 'monthly':
      return { vi: 'hằng tháng', en: 'each month' };
    case 'per-plan':
      return { vi: 'theo kế hoạch', en: 'by plan' };
    case 'ongoing':
      return { vi: 'thường xuyên', en: 'ongoing' };
    case 'none':
      return { vi: 'không nêu', en: 'not stated' };
  }
}
