import { dayOf, formatDay, type Instant } from '../shared/domain/calendar.ts';

const time = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', timeStyle: 'medium' });

/** An instant as clocks in Vietnam show it, to the second: `23:59:59 30/06/2022`. */
export function timeText(instant: Instant): string {
  return `${time.format(Date.parse(instant))} ${formatDay(dayOf(instant))}`;
}
