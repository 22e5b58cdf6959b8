import { yearOf } from '../calendar.ts';
import { displayValue } from '../figure.ts';
import { type Issue, maxIssuesKept } from '../issue.ts';
import { createIssue, type IssueCode, type IssueFacts } from '../issue-codes.ts';
import type { Figure, Observation } from '../observation.ts';
import { type CheckProgress, maxFileBytes, maxFileRows } from '../submission.ts';
import type { Delimiter } from './csv-layout.ts';
import { detectEncoding, type Encoding, encodings } from './encoding.ts';
import { compareWithHistory } from './history.ts';
import { IssueLog } from './issue-log.ts';
import { jsonShapes } from './json-rows.ts';
import { findLayout, type Layout, readRows } from './layout.ts';
import { type NumberStyle, StyleEvidence } from './number-style.ts';
import type { DecimalSign } from './number-text.ts';
import { placeOfField } from './read-cell.ts';
import { checkStatedUnit, readObservation } from './read-observation.ts';
import { RollUp } from './roll-up.ts';
import { prepareRules } from './rules.ts';
import type { CheckContext, SourceFile } from './source-file.ts';
import { placeOf } from './source-row.ts';
import { watchFile } from './watch-file.ts';

export type { CheckContext, SourceFile } from './source-file.ts';

/** What was detected about a file. `unknown` where it could not be told. */
export interface FileFacts {
  sha256: string;
  bytes: number;
  format: 'csv' | 'json' | 'unknown';
  encoding: Encoding | 'unknown';
  /** Whether it begins with a byte order mark. */
  bom?: boolean;
  delimiter?: Delimiter;
  /** The decimal sign its numbers prove; absent when they prove none. */
  decimal?: DecimalSign;
}

/** The outcome of a check. `figures` are exact, and empty for a rejected file, which changes nothing. */
export interface Check {
  verdict: 'accepted' | 'rejected';
  file: FileFacts;
  /** Rows of figures, blank ones not counted. */
  rows: number;
  /** Rows without an error. */
  observations: number;
  /** The calendar year of the periods, where one could be read. */
  year?: number;
  /** The first thousand, errors before warnings. */
  issues: Issue[];
  /** How often each code was found, all counted. */
  issueCounts: Record<string, number>;
  figures: Figure[];
}

/** A figure as the commands print it; `value` has two places, rounded down. */
export interface SeriesEntry {
  indicator: string;
  period: string;
  asAt: string;
  numerator?: number;
  denominator?: number;
  value: string;
  areas: number;
}

/** How often a check reads a file: for its encoding, for its number style, and by the rules. */
const readingsOfCheck = 3;

/**
 * Checks a unit's file by all rules of intake and draws its figures together. The file is read several times
 * and never held. Whatever is wrong with it is an issue, never an exception; one error rejects the file.
 * `onIssue` is handed every issue, beyond the first thousand too: those of rows in the order of the rows, what
 * concerns several rows (totals, history) at the end. It is called in place and nothing waits for it.
 * `onProgress` is told after each piece read how many rows are checked and, in bytes of the file, which share of
 * the work is done; the check waits for it.
 * Throws a `RangeError` for a unit the catalogue has not, and what `open` throws.
 */
export async function checkFile(
  file: SourceFile,
  context: CheckContext,
  onIssue?: (issue: Issue) => void,
  onProgress?: (progress: Pick<CheckProgress, 'rows' | 'bytes'>) => void | Promise<void>,
): Promise<Check> {
  const log = new IssueLog(onIssue);
  const found: FileFacts = { sha256: file.sha256, bytes: file.bytes, format: 'unknown', encoding: 'unknown' };
  const check: Check = {
    verdict: 'rejected',
    file: found,
    rows: 0,
    observations: 0,
    issues: [],
    issueCounts: {},
    figures: [],
  };
  const watched = onProgress
    ? watchFile(file, readingsOfCheck, (bytes) => onProgress({ rows: check.rows, bytes }))
    : file;
  const table = await openTable(watched, context, found, log);
  if (table) await checkTable(watched, context, table, check, log);
  if (!log.hasError) check.verdict = 'accepted';
  else check.figures = [];
  return { ...check, issues: log.issues, issueCounts: log.counts };
}

/**
 * The observations of a file that `checkFile` accepted in the same context, in the order of its rows; totals
 * included. Reads the file once more, in constant memory.
 */
export async function* readObservations(
  file: SourceFile,
  check: Check,
  context: CheckContext,
): AsyncGenerator<Observation> {
  const encoding = encodings.find((known) => known === check.file.encoding);
  if (!encoding || check.verdict !== 'accepted')
    throw new RangeError('only an accepted file has observations');
  const layout = await findLayout(file, encoding);
  if (layout.format === 'none') throw new RangeError('the file is not the one that was checked');
  const rules = prepareRules(context, check.file.decimal ? { decimal: check.file.decimal } : {});
  for await (const rows of readRows(file, encoding, layout)) {
    for (const row of rows) {
      const { observation } = readObservation(row, rules);
      if (observation) yield observation;
    }
  }
}

/** The figures of a check as the commands print them. */
export function seriesOf(check: Pick<Check, 'figures'>): SeriesEntry[] {
  return check.figures.map((figure) => ({
    indicator: figure.indicator,
    period: figure.period,
    asAt: figure.asAt,
    ...(figure.numerator === undefined ? {} : { numerator: figure.numerator }),
    ...(figure.denominator === undefined ? {} : { denominator: figure.denominator }),
    value: displayValue(figure),
    areas: figure.areas,
  }));
}

/**
 * The check with one more issue, which concerns the file as a whole. An error rejects the file. `onIssue` is handed
 * the issue, as by the check.
 */
export function addIssue(
  check: Check,
  code: IssueCode,
  facts: Partial<IssueFacts> = {},
  onIssue?: (issue: Issue) => void,
): Check {
  const issue = createIssue(code, {}, facts);
  onIssue?.(issue);
  const isError = issue.severity === 'error';
  return {
    ...check,
    verdict: isError ? 'rejected' : check.verdict,
    issues: [...check.issues, issue].slice(0, maxIssuesKept),
    issueCounts: { ...check.issueCounts, [code]: (check.issueCounts[code] ?? 0) + 1 },
    figures: isError ? [] : check.figures,
  };
}

interface Table {
  encoding: Encoding;
  layout: Exclude<Layout, { format: 'none' }>;
}

/** Finds out how to read the file. Nothing when it cannot be read; the reason is in the log. */
async function openTable(
  file: SourceFile,
  { limits }: CheckContext,
  found: FileFacts,
  log: IssueLog,
): Promise<Table | undefined> {
  const maxBytes = limits?.maxBytes ?? maxFileBytes;
  if (file.bytes > maxBytes) {
    log.add(createIssue('file-too-large', {}, { value: String(file.bytes), expected: String(maxBytes) }));
    return undefined;
  }
  const finding = await detectEncoding(file);
  if ('code' in finding) {
    if (finding.code === 'encoding-ambiguous') log.add(createIssue(finding.code, {}));
    else if (finding.code === 'encoding-invalid')
      log.add(createIssue(finding.code, {}, { value: String(finding.offset) }));
    else log.add(createIssue(finding.code, {}, { value: finding.format }));
    return undefined;
  }
  found.encoding = finding.encoding;
  if (finding.bom) found.bom = true;
  const layout = await findLayout(file, finding.encoding);
  if (layout.format === 'none') {
    log.add(layout.issue);
    return undefined;
  }
  found.format = layout.format;
  if (layout.format === 'csv') {
    found.delimiter = layout.csv.delimiter;
    for (const issue of layout.csv.issues) log.add(issue);
    if (log.hasError) return undefined;
  }
  return { encoding: finding.encoding, layout };
}

/** Reads the rows twice: for what proves the number style, then by the rules. */
async function checkTable(
  file: SourceFile,
  context: CheckContext,
  table: Table,
  check: Check,
  log: IssueLog,
): Promise<void> {
  const style = await findStyle(file, table);
  if (style.decimal) check.file.decimal = style.decimal;
  const rules = prepareRules(context, style);
  const { layout } = table;
  const columns = layout.format === 'csv' ? layout.csv.columns : undefined;
  const rollUp = new RollUp(rules, (row, field) => {
    const column = columns?.get(field);
    if (column) return placeOf(row, { column: column.name, index: column.index });
    return columns ? { row } : { row, column: field };
  });
  const maxRows = context.limits?.maxRows ?? maxFileRows;
  let mixedYears: Issue | undefined;

  for await (const rows of readRows(file, table.encoding, layout)) {
    for (const row of rows) {
      if (!row.isData) {
        for (const issue of checkStatedUnit(row, rules)) log.add(issue);
        continue;
      }
      check.rows += 1;
      if (check.rows > maxRows) {
        log.add(createIssue('file-too-many-rows', { row: row.row }, { expected: String(maxRows) }));
        return;
      }
      const reading = readObservation(row, rules);
      for (const issue of reading.issues) log.add(issue);
      const duplicate = rollUp.add(row, reading);
      if (duplicate) log.add(duplicate);
      if (reading.observation && !duplicate) check.observations += 1;
      if (!row.isReadable || reading.period.state !== 'value') continue;
      const year = yearOf(reading.period.value);
      check.year ??= year;
      if (year === check.year) continue;
      const facts = { value: String(check.year), expected: String(year) };
      mixedYears ??= createIssue('period-mixed-years', placeOfField(row, 'period'), facts);
    }
  }
  if (mixedYears) log.add(mixedYears);
  if (check.rows === 0 && !log.hasError) {
    const facts = layout.format === 'json' ? { expected: jsonShapes } : {};
    log.add(createIssue('no-observations', {}, facts));
  }
  for (const issue of rollUp.issues()) log.add(issue);
  if (log.hasError) return;
  check.figures = rollUp.figures();
  const kindOf = (indicator: string) => rules.assigned.get(indicator)?.indicator.kind;
  for (const issue of compareWithHistory(check.figures, context.published ?? [], kindOf)) log.add(issue);
}

async function findStyle(file: SourceFile, { encoding, layout }: Table): Promise<NumberStyle> {
  const evidence = new StyleEvidence();
  for await (const rows of readRows(file, encoding, layout)) {
    for (const row of rows) if (row.isReadable) evidence.add(row);
  }
  return evidence.style;
}
