import type { Bilingual } from '../shared/domain/catalogue.ts';
import type { Issue } from '../shared/domain/issue.ts';
import type { Submission, SubmissionState } from '../shared/domain/submission.ts';
import { issueLines } from './issue-text.ts';
import { tableLines } from './text-table.ts';
import { timeText } from './time-text.ts';

/** The states of a submission as people read them. */
export const submissionStateNames: Readonly<Record<SubmissionState, Bilingual>> = {
  requested: { vi: 'chờ tải lên', en: 'waiting for the upload' },
  received: { vi: 'đã nhận tệp', en: 'received' },
  checking: { vi: 'đang kiểm tra', en: 'being checked' },
  accepted: { vi: 'hợp lệ', en: 'accepted' },
  rejected: { vi: 'bị từ chối', en: 'rejected' },
  failed: { vi: 'lỗi hệ thống, tệp được giữ lại', en: 'our fault, the file is kept' },
  expired: { vi: 'hết hạn tải lên', en: 'never uploaded' },
};

/** What was found in a file. */
export interface Findings {
  issues: readonly Issue[];
  issueCounts: Readonly<Record<string, number>>;
}

/** The receipt of a submission: what came of it, the file's SHA-256, the times in Vietnam, and all issues kept. */
export function receiptText(submission: Submission, { issues, issueCounts }: Findings): string {
  const { id, state, fileName, bytes, sha256, requestedAt, receivedAt, rows, observations } = submission;
  const { vi, en } = submissionStateNames[state];
  const facts = [
    ['Mã lượt nộp · id', id],
    ['SHA-256', sha256],
    ['Dung lượng · size', `${bytes} byte`],
    ['Yêu cầu · requested', timeText(requestedAt)],
    ...(receivedAt ? [['Nhận · received', timeText(receivedAt)]] : []),
    ...settledFacts(submission),
    ...(rows === undefined ? [] : [['Dòng số liệu · rows', String(rows)]]),
    ...(observations === undefined ? [] : [['Không lỗi · without error', String(observations)]]),
  ];
  return [
    `${fileName}: ${vi.toUpperCase()} · ${en}`,
    ...tableLines(facts).map((line) => `  ${line}`),
    ...issueLines(issues, issueCounts),
  ].join('\n');
}

function settledFacts({ acceptedAt, rejectedAt, failedAt }: Submission): string[][] {
  return [
    ...(acceptedAt ? [['Công bố · published', timeText(acceptedAt)]] : []),
    ...(rejectedAt ? [['Từ chối · rejected', timeText(rejectedAt)]] : []),
    ...(failedAt ? [['Gặp lỗi · failed', timeText(failedAt)]] : []),
  ];
}
