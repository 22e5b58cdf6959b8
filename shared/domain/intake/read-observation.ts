import { type Day, type Period, periodDays, yearOf } from '../calendar.ts';
import type { IndicatorKind } from '../catalogue.ts';
import type { Issue } from '../issue.ts';
import { createIssue, isTotalLabel } from '../issue-codes.ts';
import type { Observation } from '../observation.ts';
import { type Field, numberFields } from './columns.ts';
import { checkFigures } from './figure-rules.ts';
import { explainReading } from './number-style.ts';
import { parseDay, parsePeriod, suggestDay } from './period-text.ts';
import { bad, cellOf, placeOfField, type Read, type Report, valueOr } from './read-cell.ts';
import { readCount, readValue } from './read-number-cell.ts';
import type { Rules } from './rules.ts';
import type { SourceRow } from './source-row.ts';

/** The longest note, in characters (code points). */
export const maxNoteCharacters = 2000;
/** The longest evidence, in characters. */
export const maxEvidenceCharacters = 500;

/** What a row says, as far as it could be read. `area` is empty for the whole unit. */
export interface RowReading {
  indicator: Read<string>;
  kind: IndicatorKind | undefined;
  period: Read<Period>;
  area: Read<string>;
  numerator: Read<string>;
  denominator: Read<string>;
  value: Read<string>;
  completedOn: Read<Day>;
  evidence: Read<string>;
  /** Whether its figures and its place among others are sound, so that sums may be drawn from it. */
  isSound: boolean;
  /** The observation, when nothing at all is wrong with the row. */
  observation?: Observation;
  issues: Issue[];
}

/**
 * Reads one row by all rules that concern a row alone. Every mistake of the row is reported, and each once:
 * what could only be judged from a cell already at fault is not judged.
 */
export function readObservation(row: SourceRow, rules: Rules): RowReading {
  const issues = [...row.issues];
  const report: Report = (code, field, expected) => {
    if (!row.isReadable) return;
    const cell = row.cells.get(field);
    const facts = {
      ...(cell?.text ? { value: cell.text } : {}),
      ...(expected === undefined ? {} : { expected }),
      ...(cell && isNumberField(field) ? explainReading(cell, rules.style) : {}),
    };
    issues.push(createIssue(code, placeOfField(row, field), facts));
  };
  const unit = readUnit(row, rules, report);
  const indicator = readIndicator(row, rules, report);
  const kind = indicator.state === 'value' ? rules.assigned.get(indicator.value)?.indicator.kind : undefined;
  const period = readPeriod(row, rules, report);
  const reading: RowReading = {
    indicator,
    kind,
    period,
    area: readArea(row, kind, rules, report),
    numerator: readCount(row, 'numerator', rules, report),
    denominator: readCount(row, 'denominator', rules, report),
    value: readValue(row, kind, rules, report),
    completedOn: readCompletedOn(row, rules, report),
    evidence: readText(row, 'evidence', maxEvidenceCharacters, report),
    isSound: false,
    issues,
  };
  const note = readText(row, 'note', maxNoteCharacters, report);
  const figuresAreSound = kind !== undefined && checkFigures(reading, kind, report);
  reading.isSound =
    row.isReadable && figuresAreSound && period.state === 'value' && reading.area.state !== 'bad';
  if (reading.isSound && unit.state !== 'bad' && issues.every(({ severity }) => severity === 'warning')) {
    reading.observation = {
      row: row.row,
      indicator: valueOr(indicator, ''),
      period: valueOr(period, ''),
      area: valueOr(reading.area, ''),
      ...given('numerator', mapRead(reading.numerator, toCount)),
      ...given('denominator', mapRead(reading.denominator, toCount)),
      ...given('value', reading.value),
      ...given('completedOn', reading.completedOn),
      ...given('evidence', reading.evidence),
      ...given('note', note),
    };
  }
  return reading;
}

/** What is wrong with what a JSON file says of its unit beside its observations, in a row that is no data. */
export function checkStatedUnit(row: SourceRow, rules: Rules): Issue[] {
  const issues = [...row.issues];
  const { column, text: value } = row.cells.get('unit') ?? {};
  readUnit(row, rules, (code, _, expected = '') => {
    issues.push(createIssue(code, column ? { column } : {}, { value: value ?? '', expected }));
  });
  return issues;
}

function readUnit(row: SourceRow, rules: Rules, report: Report): Read<string> {
  const cell = cellOf(row, 'unit');
  if (cell.state !== 'value') return cell;
  const value = cell.value.text;
  if (value.length <= 200 && rules.isOwnName(value)) return { state: 'value', value: rules.unit.id };
  report('unit-mismatch', 'unit', `${rules.unit.id} ${rules.unit.name}`);
  return bad;
}

function readIndicator(row: SourceRow, rules: Rules, report: Report): Read<string> {
  const cell = cellOf(row, 'indicator');
  if (cell.state === 'bad') return bad;
  if (cell.state === 'blank') {
    report('indicator-required', 'indicator');
    return bad;
  }
  const value = cell.value.text;
  if (rules.assigned.has(value)) return { state: 'value', value };
  if (rules.known.has(value)) report('indicator-not-assigned', 'indicator');
  else report('indicator-unknown', 'indicator', rules.suggestIndicator(value));
  return bad;
}

function readPeriod(row: SourceRow, rules: Rules, report: Report): Read<Period> {
  const cell = cellOf(row, 'period');
  if (cell.state === 'bad') return bad;
  const value = cell.state === 'value' ? cell.value.text : '';
  const period = parsePeriod(value);
  if (!period) {
    // Of a total line its indicator says it all.
    if (!isTotalLine(row)) report('period-invalid', 'period', suggestDay(value));
  } else if (yearOf(period) < rules.firstYear) {
    report('out-of-range', 'period', `≥ ${rules.firstYear}`);
  } else if (periodDays(period).first > rules.receivedOn) {
    report('period-in-future', 'period', rules.receivedOn);
  } else return { state: 'value', value: period };
  return bad;
}

/** Whether a row is the sum below a table: it names no period, and the word for a sum stands for its indicator. */
function isTotalLine(row: SourceRow): boolean {
  const [indicator, period] = [cellOf(row, 'indicator'), cellOf(row, 'period')];
  return indicator.state === 'value' && period.state === 'blank' && isTotalLabel(indicator.value.text);
}

function isNumberField(field: Field): boolean {
  return numberFields.some((numberField) => numberField === field);
}

function readArea(
  row: SourceRow,
  kind: IndicatorKind | undefined,
  rules: Rules,
  report: Report,
): Read<string> {
  const cell = cellOf(row, 'area');
  if (cell.state !== 'value') return cell;
  const value = cell.value.text;
  const province = /^\d{3}(\d{2})?$/.test(value) ? rules.areas.provinceOf(value) : undefined;
  if (kind === 'growth') report('area-not-allowed', 'area');
  else if (!province) report('area-unknown', 'area');
  else if (province !== rules.unit.id) report('area-outside-unit', 'area');
  else return { state: 'value', value };
  return bad;
}

function readCompletedOn(row: SourceRow, rules: Rules, report: Report): Read<Day> {
  const cell = cellOf(row, 'completed_on');
  if (cell.state !== 'value') return cell;
  const value = cell.value.text;
  const day = parseDay(value);
  if (!day) report('date-invalid', 'completed_on', suggestDay(value));
  else if (day > rules.receivedOn) report('date-in-future', 'completed_on', rules.receivedOn);
  else return { state: 'value', value: day };
  return bad;
}

function readText(row: SourceRow, field: 'evidence' | 'note', limit: number, report: Report): Read<string> {
  const cell = cellOf(row, field);
  if (cell.state !== 'value') return cell;
  const { text } = cell.value;
  const characters = text.length > limit ? [...text].length : text.length;
  if (characters <= limit) return { state: 'value', value: text };
  report('text-too-long', field, String(limit));
  return bad;
}

function mapRead<T, U>(read: Read<T>, map: (value: T) => U): Read<U> {
  return read.state === 'value' ? { state: 'value', value: map(read.value) } : read;
}

/** By way of a bigint, which has no negative zero. */
function toCount(digits: string): number {
  return Number(BigInt(digits));
}

function given<K extends string, T>(key: K, read: Read<T>): Partial<Record<K, T>> {
  // A computed key widens to an index signature, which the record's own type does not admit.
  const entry: Partial<Record<K, T>> = {};
  if (read.state === 'value') entry[key] = read.value;
  return entry;
}
