import { type Day, dayOf, formatDay, type Instant, timeOfDay } from '../shared/domain/calendar.ts';
import type { Language } from './language.ts';

/** `30/06/2022`, in both languages. */
export function dayText(day: Day): string {
  return formatDay(day);
}

/** `07:30 30/06/2022` in Asia/Ho_Chi_Minh. */
export function timeText(instant: Instant): string {
  return `${timeOfDay(instant).slice(0, 5)} ${formatDay(dayOf(instant))}`;
}

/** A decimal as the API gives it, `1234.50`, as people write it: `1.234,50` in Vietnamese, `1,234.50` in English. */
export function numberText(decimal: string | number, language: Language): string {
  const [, sign = '', whole = '', fraction] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(String(decimal)) ?? [];
  if (whole === '') return String(decimal);
  const [point, comma] = language === 'vi' ? [',', '.'] : ['.', ','];
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, comma);
  return `${sign === '' ? '' : '\u2212'}${grouped}${fraction === undefined ? '' : point + fraction}`;
}

/** `12,3 MB` */
export function bytesText(bytes: number, language: Language): string {
  if (bytes < 1000) return `${bytes} B`;
  const [size, unit] = bytes < 1_000_000 ? [bytes / 1000, 'kB'] : [bytes / 1_000_000, 'MB'];
  return `${numberText(size.toFixed(1), language)} ${unit}`;
}
