import { days, indicatorId, percentOrCount, shown, taskRef, threshold, unitId } from './common-columns.ts';
import { column, nullable, type Table } from './table.ts';

/** The state of every obligation on every day. */
export const assessments = {
  name: 'assessments',
  title: { vi: 'Đánh giá hằng ngày', en: 'Daily assessments' },
  grain: {
    vi: 'Một chỉ tiêu của một đơn vị (và một kỳ nếu lặp lại), như được biết vào cuối một ngày',
    en: 'One obligation as it was known at the end of one day',
  },
  layout: 'day',
  columns: [
    column('assessed_on', 'DATE', 'Ngày đánh giá: tình trạng cuối ngày', 'The day, as of its end'),
    unitId,
    column(
      'obligation_id',
      'VARCHAR',
      'Mã nghĩa vụ (74:II.9.1, 74:1.q.1:2023)',
      'Obligation id (74:II.9.1, 74:1.q.1:2023)',
    ),
    indicatorId,
    taskRef,
    nullable('due', 'DATE', 'Thời hạn; null nếu không có', 'Due date; null where there is none'),
    column(
      'state',
      'VARCHAR',
      'Trạng thái: met, unscheduled, met-late, overdue, at-risk, on-track, awaited',
      'State: met, unscheduled, met-late, overdue, at-risk, on-track, awaited',
    ),
    nullable(
      'value',
      shown,
      'Số liệu làm căn cứ, 2 số thập phân, làm tròn xuống',
      'The figure the state rests on, two decimals, rounded down',
      percentOrCount,
    ),
    column('target', 'VARCHAR', 'Mục tiêu, dạng chữ (≥ 100 %)', 'The target as text (≥ 100 %)'),
    column(
      'threshold',
      threshold,
      'Ngưỡng của mục tiêu, dạng số',
      'The threshold of the target as a number',
      percentOrCount,
    ),
    nullable(
      'days_left',
      'BIGINT',
      'Số ngày còn lại; 0 vào ngày đến hạn, âm khi đã quá hạn',
      'Days left; 0 on the due day, negative after it',
      days,
    ),
    nullable(
      'projection',
      shown,
      'Giá trị dự báo vào ngày đến hạn',
      'The value projected for the due date',
      percentOrCount,
    ),
    nullable('as_at', 'DATE', 'Ngày số liệu phản ánh', 'The day that figure speaks for'),
    nullable(
      'reported_late_on',
      'DATE',
      'Ngày nhận được số liệu đạt mục tiêu, nếu sau thời hạn',
      'The day the figure that meets it arrived, where that was after the due date',
    ),
    column('reason_vi', 'VARCHAR', 'Lý do, tiếng Việt', 'The reason, in Vietnamese'),
    column('reason_en', 'VARCHAR', 'Lý do, tiếng Anh', 'The reason, in English'),
  ],
} as const satisfies Table;
