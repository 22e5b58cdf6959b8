import type { Catalogue } from '../../../shared/domain/catalogue.ts';
import { findUnit } from '../../../shared/domain/catalogue.ts';
import type { QueryExecution } from '../../../shared/domain/query-answers.ts';
import { fromUnscaled, toUnscaled } from '../../../shared/domain/tables/decimals.ts';
import { dayText, numberText, timeText } from '../../format.ts';
import type { Language } from '../../language.ts';
import { nameOfUnit } from '../../unit-name.ts';

/** What a query answered. */
export type QueryAnswer = Extract<QueryExecution, { state: 'succeeded' }>;
/** One column of an answer. */
export type AnswerColumn = QueryAnswer['columns'][number];

/** Places after the point that are shown; the rest is cut, rounding down. */
const shownPlaces = 2;

/** A column and where its cells stand in a row. */
export interface ShownColumn extends AnswerColumn {
  index: number;
  /** Whether the name of the unit is to stand beside its id: no column of the answer has it. */
  isNamed: boolean;
}

/** Columns that hold ids of units, and those that hold their names. */
const unitColumns = ['unit_id', 'body'];
const nameColumns = ['name', 'unit_name', 'body_name'];

/** The columns of an answer that are shown: of a text in both languages, only the one of the page. */
export function shownColumns(columns: readonly AnswerColumn[], language: Language): ShownColumn[] {
  const names = new Set(columns.map(({ name }) => name));
  const other = language === 'vi' ? '_en' : '_vi';
  const isOther = (name: string) => name.endsWith(other) && names.has(name.slice(0, -2) + language);
  const hasNames = nameColumns.some((name) => names.has(name));
  return columns.flatMap((column, index) =>
    isOther(column.name)
      ? []
      : [{ ...column, index, isNamed: !hasNames && unitColumns.includes(column.name) }],
  );
}

/** A number with at most two places after the point, rounded down: `94.117647` is `94.11`, `97.0001` is `97.00`. Other texts stay. */
export function cutNumber(decimal: string): string {
  if (!/^-?\d+\.\d{3,}$/.test(decimal)) return decimal;
  return padPlaces(fromUnscaled(toUnscaled(decimal, shownPlaces), shownPlaces));
}

/** A number of a column as it is shown: cut, and a percentage always with two places. */
export function shownNumber(decimal: string, { unit }: Pick<AnswerColumn, 'unit'>): string {
  const isShort = /^-?\d+(\.\d{1,2})?$/.test(decimal);
  return unit?.en === '%' && isShort ? padPlaces(decimal) : cutNumber(decimal);
}

function padPlaces(decimal: string): string {
  const [whole = '', places = ''] = decimal.split('.');
  return `${whole}.${places.padEnd(shownPlaces, '0')}`;
}

/** What a column is called above its cells: its meaning without details, `Giá trị: tử số …` is `Giá trị`; else its name. */
export function headingOf({ name, title }: Pick<AnswerColumn, 'name' | 'title'>, language: Language): string {
  return title?.[language].replace(/\s*\([^)]*\)/g, '').replace(/\s*[:;,].*$/s, '') || name;
}

/** The sign of a column's unit of measure, `%`; a unit that takes a sentence has none. */
export function unitSignOf({ unit }: Pick<AnswerColumn, 'unit'>, language: Language): string | undefined {
  return unit && !unit[language].includes(' ') ? unit[language] : undefined;
}

/** Whether some number of an answer has more places than are shown. */
export function isCut({ columns, rows }: Pick<QueryAnswer, 'columns' | 'rows'>): boolean {
  return columns.some(
    ({ type }, index) =>
      type === 'number' && rows.some((row) => cutNumber(row[index] ?? '') !== (row[index] ?? '')),
  );
}

/** A cell as people read it; one without content is empty. */
export function cellText(
  cell: string | null,
  column: Pick<AnswerColumn, 'type' | 'unit'>,
  language: Language,
): string {
  if (cell === null) return '';
  switch (column.type) {
    case 'number':
      return numberText(shownNumber(cell, column), language);
    case 'day':
      return dayText(cell);
    case 'instant':
      return timeText(cell);
    case 'boolean':
      return { vi: { true: 'Có', false: 'Không' }, en: { true: 'Yes', false: 'No' } }[language][
        cell === 'true' ? 'true' : 'false'
      ];
    case 'text':
      return cell;
  }
}

/** The name of the unit whose id a cell holds; `undefined` where there is none. */
export function unitNameOf(
  catalogue: Catalogue,
  cell: string | null,
  language: Language,
): string | undefined {
  const unit = cell === null ? undefined : findUnit(catalogue, cell);
  return unit && nameOfUnit(unit, language);
}
