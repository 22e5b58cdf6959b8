import { type Day, formatDay, type Period } from '../shared/domain/calendar.ts';
import type { Unit } from '../shared/domain/catalogue.ts';
import { type CsvHabit, encoders, type Habit, type JsonHabit } from './habits.ts';
import { type Cells, type Column, columns, type SampleRow } from './row.ts';

const vietnameseNames: Record<Column | 'unit', string> = {
  indicator: 'Mã chỉ tiêu',
  period: 'Kỳ',
  area: 'Địa bàn',
  numerator: 'Tử số',
  denominator: 'Mẫu số',
  value: 'Giá trị',
  completed_on: 'Ngày hoàn thành',
  evidence: 'Minh chứng',
  note: 'Ghi chú',
  unit: 'Đơn vị',
};

/** The bytes of a file with these rows, as an office of that habit would send it. */
export function writeFile(rows: readonly SampleRow[], habit: Habit, unit: Unit): Uint8Array {
  const text =
    habit.format === 'json'
      ? jsonText(rows, habit)
      : csvText(
          rows.map((row) => cellsOf(row, habit)),
          habit,
          unit,
        );
  return encoders[habit.encoding](text.normalize('NFC'));
}

/** The text of a CSV file whose cells are given as they shall stand there. */
export function csvText(rows: readonly Cells[], habit: CsvHabit, unit: Unit): string {
  const shown = columns.filter(
    (column) =>
      habit.columns === 'all' ||
      column === 'indicator' ||
      column === 'period' ||
      rows.some((row) => row[column]),
  );
  const unitCell = { none: undefined, id: unit.id, name: unit.name, alias: unit.aliases[0] ?? unit.name }[
    habit.unit
  ];
  const header = [
    ...(habit.hasCounter ? ['STT'] : []),
    ...(unitCell === undefined ? [] : [nameOf('unit', habit)]),
    ...shown.map((column) => nameOf(column, habit)),
  ];
  const lines = rows.map((row, index) => [
    ...(habit.hasCounter ? [String(index + 1)] : []),
    ...(unitCell === undefined ? [] : [unitCell]),
    ...shown.map((column) => row[column] ?? ''),
    ...Array.from({ length: habit.blankCells }, () => ''),
  ]);
  const blankLine = habit.delimiter.repeat(header.length - 1);
  return [
    ...[header, ...lines].map((cells) => cells.map((cell) => quote(cell, habit)).join(habit.delimiter)),
    ...Array.from({ length: habit.blankLines }, () => blankLine),
    '',
  ].join(habit.lineEnd);
}

function cellsOf(row: SampleRow, habit: CsvHabit): Cells {
  const sign = habit.percentSign && row.isPercentage ? '%' : '';
  return {
    indicator: row.indicator,
    period: periodText(row.period, habit),
    ...(row.area !== undefined && { area: row.area }),
    ...(row.numerator !== undefined && { numerator: String(row.numerator) }),
    ...(row.denominator !== undefined && { denominator: String(row.denominator) }),
    ...(row.value !== undefined && { value: row.value.replace('.', habit.decimal) + sign }),
    ...(row.completedOn !== undefined && { completed_on: dayText(row.completedOn, habit) }),
    ...(row.evidence !== undefined && { evidence: row.evidence }),
    ...(row.note !== undefined && { note: row.note }),
  };
}

function nameOf(column: Column | 'unit', { header }: CsvHabit): string {
  if (header === 'en') return column;
  return header === 'VI' ? vietnameseNames[column].toUpperCase() : vietnameseNames[column];
}

function periodText(period: Period, { dates }: CsvHabit): string {
  if (dates === 'iso' || period.length === 4) return period;
  if (period.length === 10) return formatDay(period);
  const year = period.slice(0, 4);
  const quarter = /Q([1-4])$/.exec(period)?.[1];
  if (quarter !== undefined)
    return dates === 'worded' ? `Quý ${['', 'I', 'II', 'III', 'IV'][Number(quarter)]}/${year}` : period;
  const month = period.slice(5);
  return dates === 'worded' ? `Tháng ${Number(month)}/${year}` : `${month}/${year}`;
}

function dayText(day: Day, { dates }: CsvHabit): string {
  return dates === 'iso' ? day : formatDay(day);
}

function quote(cell: string, { delimiter, quotesAll }: CsvHabit): string {
  const mustQuote = quotesAll || cell.includes(delimiter) || /["\r\n]/.test(cell);
  return mustQuote ? `"${cell.replaceAll('"', '""')}"` : cell;
}

function jsonText(rows: readonly SampleRow[], { shape }: JsonHabit): string {
  // What is undefined is left out by JSON.stringify.
  const observations = rows.map((row) => ({
    indicator: row.indicator,
    period: row.period,
    area: row.area,
    numerator: row.numerator,
    denominator: row.denominator,
    value: row.value === undefined ? undefined : Number(row.value),
    completed_on: row.completedOn,
    evidence: row.evidence,
    note: row.note,
  }));
  if (shape === 'array') return `${JSON.stringify(observations, null, 2)}\n`;
  if (shape === 'observations') return `${JSON.stringify({ observations }, null, 2)}\n`;
  return observations.map((observation) => `${JSON.stringify(observation)}\n`).join('');
}
