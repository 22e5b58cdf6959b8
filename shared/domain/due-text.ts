import { formatDay } from './calendar.ts';
import type { Due } from './catalogue.ts';

/** When something is due, as people in Vietnam write it: `30/06/2022`, `tháng 10 hằng năm`. */
export function dueText(due: Due): string {
  switch (due.type) {
    case 'date':
      return formatDay(due.date);
    case 'annual':
      return `tháng ${due.month} hằng năm`;
    case 'monthly':
      return 'hằng tháng';
    case 'per-plan':
      return 'theo kế hoạch';
    case 'ongoing':
      return 'thường xuyên';
    case 'none':
      return 'không nêu';
  }
}
