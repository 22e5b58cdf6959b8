import { type Day, isDay, type Period } from '../calendar.ts';

const romanQuarters: Record<string, number> = { i: 1, ii: 2, iii: 3, iv: 4 };

/**
 * The canonical period meant by a text: a month (`2022-06`, `06/2022`, `T6/2022`, `Tháng 6/2022`, `tháng 6 năm 2022`),
 * a quarter (`2022-Q2`, `2022Q2`, `Q2/2022`, `Q2 2022`, `Quý II/2022`, `quý 2 năm 2022`), a year (`2022`, `Năm 2022`)
 * or a day (see `parseDay`). `undefined` for anything else.
 */
export function parsePeriod(text: string): Period | undefined {
  if (text.length > maxCharacters) return undefined;
  const day = parseDay(text);
  if (day) return day;
  const folded = fold(text);
  const year = /^(?:nam ?)?(\d{4})$/.exec(folded);
  if (year) return year[1];
  const iso = /^(\d{4})-(\d{2})$/.exec(folded);
  if (iso) return month(iso[1], Number(iso[2]));
  const written = /^(?:thang|t)? ?(\d{1,2}) ?(?:\/|nam) ?(\d{4})$/.exec(folded);
  if (written) return month(written[2], Number(written[1]));
  const isoQuarter = /^(\d{4}) ?-? ?q([1-4])$/.exec(folded);
  if (isoQuarter) return `${isoQuarter[1]}-Q${isoQuarter[2]}`;
  const quarter = /^(?:quy|q) ?(iv|i{1,3}|[1-4])(?: ?\/ ?| ?nam ?| )(\d{4})$/.exec(folded);
  if (quarter) return `${quarter[2]}-Q${romanQuarters[quarter[1] ?? ''] ?? quarter[1]}`;
  return undefined;
}

/**
 * The day meant by a text: `2022-06-15`, `15/06/2022` (`15/6/2022`, `15.06.2022`, `15-06-2022`) or `ngày 15 tháng 6
 * năm 2022`; a spreadsheet may have put midnight behind it (`15/06/2022 00:00:00`). `undefined` when there is no such
 * day, and for anything else.
 */
export function parseDay(text: string): Day | undefined {
  if (text.length > maxCharacters) return undefined;
  const date = text.replace(/\s+0?0:00(:00)?$/, '');
  if (isDay(date)) return date;
  const { day = 0, month: monthNumber = 0, year = '' } = writtenDay(date) ?? {};
  const canonical = `${year}-${twoDigits(monthNumber)}-${twoDigits(day)}`;
  return isDay(canonical) ? canonical : undefined;
}

/**
 * The day that was probably meant by a text whose day and month are the other way round: of `06/15/2022` the day
 * `2022-06-15`. To suggest, never to accept.
 */
export function suggestDay(text: string): Day | undefined {
  const written = text.length > maxCharacters ? undefined : writtenDay(text);
  if (!written || written.day > 12 || written.month <= 12) return undefined;
  const canonical = `${written.year}-${twoDigits(written.day)}-${twoDigits(written.month)}`;
  return isDay(canonical) ? canonical : undefined;
}

/** Longer texts are no days or periods. */
const maxCharacters = 40;

function writtenDay(text: string): { day: number; month: number; year: string } | undefined {
  const match =
    /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/.exec(text) ??
    /^(?:ngay ?)?(\d{1,2})( ?thang ?)(\d{1,2}) ?nam ?(\d{4})$/.exec(fold(text));
  if (!match) return undefined;
  const [, day, , monthNumber, year = ''] = match;
  return { day: Number(day), month: Number(monthNumber), year };
}

/** Lower case without diacritics, one space where there was white space. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ').trim().toLowerCase();
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

function month(year: string | undefined, number: number): Period | undefined {
  if (number < 1 || number > 12) return undefined;
  return `${year}-${twoDigits(number)}`;
}
