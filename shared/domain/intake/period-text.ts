import { type Day, isDay, type Period } from '../calendar.ts';

const romanQuarters: Record<string, number> = { i: 1, ii: 2, iii: 3, iv: 4 };

/**
 * The canonical period meant by a text: a month (`2022-06`, `06/2022`, `T6/2022`, `Tháng 6/2022`), a quarter
 * (`2022-Q2`, `Q2/2022`, `Quý II/2022`), a year (`2022`, `Năm 2022`) or a day (`2022-06-15`, `15/06/2022`).
 * `undefined` for anything else.
 */
export function parsePeriod(text: string): Period | undefined {
  if (text.length > 40) return undefined;
  const day = parseDay(text);
  if (day) return day;
  const folded = text
    .normalize('NFD')
    .replace(/[\p{M}\s]/gu, '')
    .toLowerCase();
  const year = /^(?:nam)?(\d{4})$/.exec(folded);
  if (year) return year[1];
  const iso = /^(\d{4})-(\d{2})$/.exec(folded);
  if (iso) return month(iso[1], Number(iso[2]));
  const written = /^(?:thang|t)?(\d{1,2})(?:\/|nam)(\d{4})$/.exec(folded);
  if (written) return month(written[2], Number(written[1]));
  const isoQuarter = /^(\d{4})-q([1-4])$/.exec(folded);
  if (isoQuarter) return `${isoQuarter[1]}-Q${isoQuarter[2]}`;
  const quarter = /^(?:quy|q)(iv|i{1,3}|[1-4])(?:\/|nam)(\d{4})$/.exec(folded);
  if (quarter) return `${quarter[2]}-Q${romanQuarters[quarter[1] ?? ''] ?? quarter[1]}`;
  return undefined;
}

/** The day meant by a text, `2022-06-15` or `15/06/2022` (`15/6/2022`); `undefined` when it does not exist. */
export function parseDay(text: string): Day | undefined {
  if (isDay(text)) return text;
  const written = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  if (!written) return undefined;
  const [, day = '', monthNumber = '', year = ''] = written;
  const canonical = `${year}-${monthNumber.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(canonical) ? canonical : undefined;
}

function month(year: string | undefined, number: number): Period | undefined {
  if (number < 1 || number > 12) return undefined;
  return `${year}-${String(number).padStart(2, '0')}`;
}
