import { bytes, submissionId, unitId } from './common-columns.ts';
import { column, nullable, type Table } from './table.ts';

/** What was sent, and what became of it. */
export const submissions = {
  name: 'submissions',
  title: { vi: 'Lượt nộp', en: 'Submissions' },
  grain: {
    vi: 'Một lượt nộp đã có kết quả, kể cả bị trả lại, bị rút hoặc hết hạn',
    en: 'One submission that has its outcome, also one that was rejected, withdrawn or expired',
  },
  layout: 'unit',
  columns: [
    unitId,
    submissionId,
    column(
      'state',
      'VARCHAR',
      'Trạng thái: accepted, rejected, failed, expired',
      'State: accepted, rejected, failed, expired',
    ),
    column('file_name', 'VARCHAR', 'Tên tệp', 'File name'),
    column('bytes', 'BIGINT', 'Dung lượng', 'Size', bytes),
    column('sha256', 'VARCHAR', 'SHA-256 của tệp, thập lục phân', 'SHA-256 of the file, in hexadecimal'),
    column('requested_at', 'TIMESTAMP', 'Thời điểm xin nộp', 'When the upload was asked for'),
    column('requested_by', 'VARCHAR', 'Mã tài khoản xin nộp', 'Subject of the account that asked'),
    nullable('received_at', 'TIMESTAMP', 'Thời điểm nhận tệp', 'When the file was received'),
    nullable('accepted_at', 'TIMESTAMP', 'Thời điểm được nhận', 'When it was accepted'),
    nullable('rejected_at', 'TIMESTAMP', 'Thời điểm bị trả lại', 'When it was rejected'),
    nullable('failed_at', 'TIMESTAMP', 'Thời điểm hệ thống gặp sự cố', 'When checking it failed'),
    nullable('withdrawn_at', 'TIMESTAMP', 'Thời điểm bị rút', 'When it was withdrawn'),
    nullable('withdrawn_by', 'VARCHAR', 'Mã tài khoản rút', 'Subject of the account that withdrew it'),
    nullable('withdrawal_reason', 'VARCHAR', 'Lý do rút', 'Why it was withdrawn'),
    nullable('year', 'BIGINT', 'Năm của các kỳ số liệu', 'Calendar year of its periods'),
    nullable('rows', 'BIGINT', 'Số dòng', 'Rows'),
    nullable('observations', 'BIGINT', 'Số dòng số liệu', 'Observations'),
    column('errors', 'BIGINT', 'Số lỗi', 'Number of errors'),
    column('warnings', 'BIGINT', 'Số cảnh báo về tệp', 'Number of warnings'),
  ],
} as const satisfies Table;

/** What was found in it, counted by code. */
export const submissionIssues = {
  name: 'submission_issues',
  title: { vi: 'Lỗi của lượt nộp', en: 'Issues of submissions' },
  grain: { vi: 'Một mã lỗi của một lượt nộp', en: 'One issue code of one submission' },
  layout: 'unit',
  columns: [
    unitId,
    submissionId,
    column('code', 'VARCHAR', 'Mã lỗi (docs/issue-codes.md)', 'Issue code (docs/issue-codes.md)'),
    column('severity', 'VARCHAR', 'Mức: error, warning', 'Severity: error, warning'),
    column('count', 'BIGINT', 'Số lần', 'How often'),
  ],
} as const satisfies Table;
