import type { Bilingual } from '../catalogue.ts';
import { column, nullable } from './table.ts';

/**
 * What was reported, exactly: any whole number that intake takes has 16 digits at most, and 12 decimals are more
 * than a percentage needs. A longer decimal is cut (rounded down); `value_text` has all of it.
 */
export const exact = 'DECIMAL(28,12)';
/** As the API shows it: two decimals, rounded down. */
export const shown = 'DECIMAL(18,2)';
/** A target's number, which may have decimals. */
export const threshold = 'DECIMAL(22,6)';

/** The unit of measure of a value of any kind of indicator. */
export const percentOrCount: Bilingual = {
  vi: '%, hoặc số lượng với chỉ tiêu dạng count',
  en: '%, or a number of things for an indicator of kind count',
};
/** The unit of measure of the size of a file. */
export const bytes: Bilingual = { vi: 'byte', en: 'bytes' };
/** The unit of measure of a number of days. */
export const days: Bilingual = { vi: 'ngày', en: 'days' };

/** Of each table about one unit; the first part of its key. */
export const unitId = column('unit_id', 'VARCHAR', 'Mã đơn vị (74, BTTTT)', 'Unit id (74, BTTTT)');
/** The upload a row comes from. */
export const submissionId = column(
  'submission_id',
  'VARCHAR',
  'Mã lượt nộp (ULID, xếp theo thời điểm xin nộp)',
  'Submission id (a ULID, which sorts by the time of the request)',
);
/** What a row is about. */
export const indicatorId = column('indicator_id', 'VARCHAR', 'Mã chỉ tiêu (II.9.1)', 'Indicator id (II.9.1)');
/** The item of the directive it belongs to. */
export const taskRef = column('task_ref', 'VARCHAR', 'Ký hiệu nhiệm vụ (II.9)', 'Ref of the task (II.9)');
/** The period of a figure, in canonical form. */
export const period = column(
  'period',
  'VARCHAR',
  'Kỳ số liệu: 2022-06, 2022-Q2, 2022 hoặc 2022-06-15',
  'Period: 2022-06, 2022-Q2, 2022 or 2022-06-15',
);
/** The day a figure speaks for. */
export const asAt = column(
  'as_at',
  'DATE',
  'Ngày số liệu phản ánh: ngày cuối kỳ, hoặc ngày nhận nếu kỳ chưa hết',
  'The day the figure speaks for: the last of its period, or the day of receipt while that is to come',
);
/** Of milestones only. */
export const completedOn = nullable('completed_on', 'DATE', 'Ngày hoàn thành', 'Day of completion');
/** It decides whether a figure came in time. */
export const receivedAt = column(
  'received_at',
  'TIMESTAMP',
  'Thời điểm nhận tệp',
  'When the file was received',
);
/** It decides what was known when. */
export const acceptedAt = column('accepted_at', 'TIMESTAMP', 'Thời điểm công bố', 'When it was published');
/** The alert a row is about. */
export const alertId = column(
  'alert_id',
  'VARCHAR',
  'Mã cảnh báo: loại|đối tượng|thời điểm bắt đầu',
  'Alert id: kind|subject|episode',
);
