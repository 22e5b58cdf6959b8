import type { QueryColumn } from '../named-query.ts';
import { type TableName, tableOf } from '../tables.ts';

const percent = { vi: '%', en: '%' };
const days = { vi: 'ngày', en: 'days' };

/** What the columns of the named queries mean, by name: those of a table as its dictionary says, then those computed. */
const described = {
  ...from('points', ['unit_id', 'indicator_id', 'period', 'as_at', 'numerator', 'denominator', 'value']),
  ...from('points', ['completed_on', 'areas', 'submission_id', 'received_at', 'accepted_at']),
  ...from('units', ['name', 'kind']),
  ...from('indicators', ['title_vi', 'title_en', 'threshold']),
  ...from('assessments', ['assessed_on']),
  ...from('areas', ['area_id']),
  body: { vi: 'Mã đơn vị phối hợp', en: 'Coordinating body' },
  body_name: { vi: 'Tên đơn vị phối hợp', en: 'Name of the coordinating body' },
  overdue: { vi: 'Nghĩa vụ quá hạn', en: 'Obligations overdue' },
  units: { vi: 'Số đơn vị', en: 'Units' },
  tasks: { vi: 'Số nhiệm vụ', en: 'Tasks' },
  longest_days: { vi: 'Quá hạn lâu nhất', en: 'Longest overdue', unit: days },
  units_with_denominator: { vi: 'Số đơn vị có mẫu số', en: 'Units with a denominator' },
  percentage: { vi: 'Tỷ lệ', en: 'Percentage', unit: percent },
  lowest: { vi: 'Thấp nhất', en: 'Lowest', unit: percent },
  highest: { vi: 'Cao nhất', en: 'Highest', unit: percent },
  unit_name: { vi: 'Tên đơn vị', en: 'Name of the unit' },
  district_name: { vi: 'Huyện', en: 'District' },
  commune_name: { vi: 'Xã', en: 'Commune' },
  place: { vi: 'Hạng', en: 'Place' },
  expected: { vi: 'Báo cáo phải có', en: 'Reports expected' },
  received: { vi: 'Báo cáo đã nhận', en: 'Reports received' },
  on_time: { vi: 'Báo cáo đúng hạn', en: 'Reports on time' },
  on_time_percentage: { vi: 'Tỷ lệ đúng hạn', en: 'On time', unit: percent },
  changed_at: { vi: 'Thời điểm thay đổi', en: 'When it changed' },
  act: { vi: 'Việc: corrected (đính chính), withdrawn (rút)', en: 'Act: corrected, withdrawn' },
  value_before: { vi: 'Giá trị trước', en: 'Value before' },
  value_after: { vi: 'Giá trị sau', en: 'Value after' },
  numerator_before: { vi: 'Tử số trước', en: 'Numerator before' },
  numerator_after: { vi: 'Tử số sau', en: 'Numerator after' },
  denominator_before: { vi: 'Mẫu số trước', en: 'Denominator before' },
  denominator_after: { vi: 'Mẫu số sau', en: 'Denominator after' },
  submission_before: { vi: 'Lượt nộp trước', en: 'Submission before' },
  submission_after: { vi: 'Lượt nộp sau', en: 'Submission after' },
  changed_by: { vi: 'Mã tài khoản thay đổi', en: 'Subject of the account that changed it' },
  reason: { vi: 'Lý do', en: 'Reason' },
} as const;

interface Meaning {
  vi: string;
  en: string;
  unit?: { vi: string; en: string };
}

/** The columns of a query, in its order, by the names it gives them. */
export function columnsNamed(...names: readonly (keyof typeof described)[]): QueryColumn[] {
  return names.map((name) => {
    const { vi, en, unit }: Meaning = described[name];
    return { name, title: { vi, en }, ...(unit && { unit }) };
  });
}

function from<const N extends string>(table: TableName, names: readonly N[]): Record<N, Meaning>;
function from(table: TableName, names: readonly string[]): Record<string, Meaning> {
  return Object.fromEntries(
    names.map((wanted) => {
      const column = tableOf(table).columns.find(({ name }) => name === wanted);
      if (!column) throw new RangeError(`${table} has no column ${wanted}`);
      const { title, unit } = column;
      return [wanted, { ...title, ...(unit && { unit }) }];
    }),
  );
}
