import { formatDay } from '../shared/domain/calendar.ts';
import { type Difference, type DifferenceCounts, firstOfDifference } from '../shared/domain/difference.ts';
import { displayValue } from '../shared/domain/figure.ts';
import type { Figure } from '../shared/domain/observation.ts';
import { tableLines } from './text-table.ts';

/** Most figures of one kind that are shown; `--json` has more. */
const maxShown = 20;

/** What publishing a file would change, for people: the counts, then what is new (+), changed (~) and missing (-). */
export function differenceLines(difference: Difference, counts: DifferenceCounts): string[] {
  const { added, changed, missing } = firstOfDifference(difference, maxShown);
  const rows = [
    ...added.map((figure) => ['+', ...facts(figure)]),
    ...changed.map(({ before, after }) => ['~', ...facts(after), `trước đây · before ${valueText(before)}`]),
    ...missing.map((point) => ['-', ...facts(point)]),
  ];
  const hidden = counts.added + counts.changed + counts.missing - rows.length;
  return [
    '',
    'So với số liệu đã công bố · against what is published',
    `  mới · new ${counts.added}; thay đổi · changed ${counts.changed}; ` +
      `giữ nguyên · unchanged ${counts.unchanged}; tệp không nhắc đến · missing ${counts.missing}`,
    ...tableLines(rows).map((line) => `  ${line}`),
    ...(hidden > 0 ? [`  … ${hidden} số liệu nữa · more (--json)`] : []),
  ];
}

function facts(figure: Figure): string[] {
  const asAt = `tính đến · as at ${formatDay(figure.asAt)}`;
  return [figure.indicator, figure.period, asAt, valueText(figure)];
}

/** `98,70 (987/1000)`, or the value as it was reported: rounded ones may be equal where figures differ. */
function valueText(figure: Figure): string {
  const { numerator, denominator, areas, completedOn } = figure;
  const parts = [
    ...(numerator === undefined || denominator === undefined ? [] : [`${numerator}/${denominator}`]),
    ...(completedOn === undefined ? [] : [formatDay(completedOn)]),
    ...(areas === 0 ? [] : [`${areas} địa bàn`]),
  ];
  const value = (figure.value ?? displayValue(figure)).replace('.', ',');
  return parts.length === 0 ? value : `${value} (${parts.join('; ')})`;
}
