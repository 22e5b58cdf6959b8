import { dayOf, type Instant, type Period } from './calendar.ts';
import {
  type AssignedIndicator,
  type Catalogue,
  dueOf,
  findUnit,
  type IndicatorKind,
  indicatorsOf,
  type Unit,
} from './catalogue.ts';
import { type CsvColumn, writeCsv } from './csv-writer.ts';
import { dueText } from './due-text.ts';
import type { Delimiter } from './intake/csv-layout.ts';
import { targetText } from './target.ts';

/** How a template is written. Excel in Vietnam separates columns by a semicolon. */
export interface TemplateStyle {
  separator: Delimiter;
}

interface TemplateRow extends AssignedIndicator {
  period: Period;
}

/**
 * The file a unit fills in, as CSV with byte order mark: a header in Vietnamese and one row for each of its
 * indicators, in the order of the text, for the month that is running at `asOf`, which is the one a report is
 * due for and the latest a figure can speak for. Figures, day and evidence are empty. Filled in, it passes the
 * check without a warning; a row without a figure is to be deleted. The columns `tiendo: …` tell people what each
 * row is about and are ignored when the file is sent.
 *
 * Excel leaves what is sent as it is: it takes `Tháng 6/2022` for text, as it does every indicator id but those of
 * digits alone (`6.1`), before which stands a no-break space that intake does not see.
 *
 * Throws a `RangeError` for a unit the catalogue has not.
 */
export function buildTemplate(
  catalogue: Catalogue,
  unitId: string,
  asOf: Instant,
  { separator }: TemplateStyle,
): string {
  const unit = findUnit(catalogue, unitId);
  if (!unit) throw new RangeError(`no unit ${unitId} in the catalogue`);
  const period = templatePeriod(asOf);
  const rows = indicatorsOf(catalogue, unitId).map((assigned) => ({ ...assigned, period }));
  return writeCsv(columnsFor(unit), rows, separator);
}

/** The month a template is for: the one running in Vietnam at `asOf`. */
export function templatePeriod(asOf: Instant): Period {
  return dayOf(asOf).slice(0, 7);
}

const empty = () => undefined;

/** Districts and communes belong to provinces: an agency's template has no column for them. */
function columnsFor({ kind }: Unit): CsvColumn<TemplateRow>[] {
  const area: CsvColumn<TemplateRow> = { name: 'Mã địa bàn', type: 'text', cell: empty };
  return [
    { name: 'Mã chỉ tiêu', type: 'text', cell: ({ indicator }) => asText(indicator.id) },
    { name: 'tiendo: nội dung', type: 'text', cell: ({ indicator }) => indicator.title.vi },
    { name: 'Kỳ báo cáo', type: 'text', cell: ({ period }) => monthText(period) },
    ...(kind === 'province' ? [area] : []),
    { name: 'Tử số', type: 'number', cell: empty },
    { name: 'Mẫu số', type: 'number', cell: empty },
    { name: 'Giá trị', type: 'number', cell: empty },
    { name: 'Ngày hoàn thành', type: 'text', cell: empty },
    { name: 'Minh chứng', type: 'text', cell: empty },
    { name: 'Ghi chú', type: 'text', cell: empty },
    { name: 'tiendo: mục tiêu', type: 'text', cell: ({ indicator }) => aim(indicator) },
    { name: 'tiendo: thời hạn', type: 'text', cell: (assigned) => dueText(dueOf(assigned)) },
    { name: 'tiendo: cách điền', type: 'text', cell: ({ indicator }) => howTo(indicator) },
  ];
}

/** Excel would read a number in an id of digits; behind a no-break space it finds a text. */
function asText(id: string): string {
  return /^[\d.]+$/.test(id) ? `\u00a0${id}` : id;
}

/** `2022-06` → `Tháng 6/2022`: Excel makes a date of `2022-06` and `06/2022`. */
function monthText(period: Period): string {
  return `Tháng ${Number(period.slice(5))}/${period.slice(0, 4)}`;
}

function aim(indicator: AssignedIndicator['indicator']): string {
  return indicator.kind === 'milestone' ? 'hoàn thành' : targetText(indicator);
}

function howTo({ kind, numerator, denominator }: AssignedIndicator['indicator']): string {
  if (kind === 'percent' && numerator && denominator)
    return `Tử số: ${numerator.vi}. Mẫu số: ${denominator.vi}. Nếu không có, ghi tỷ lệ % vào Giá trị.`;
  return instructions[kind];
}

const instructions: Record<IndicatorKind, string> = {
  percent: 'Ghi Tử số và Mẫu số; nếu không có, ghi tỷ lệ % vào Giá trị.',
  count: 'Ghi số lượng vào Giá trị.',
  growth: 'Ghi mức tăng trưởng (%) vào Giá trị; giảm thì ghi số âm.',
  milestone: 'Chưa xong: ghi % hoàn thành vào Giá trị. Đã xong: ghi Ngày hoàn thành và Minh chứng.',
};
