import type { Bilingual } from '../shared/domain/catalogue.ts';
import type { Issue } from '../shared/domain/issue.ts';
import { isUnpublishedCopy, type Submission, type SubmissionState } from '../shared/domain/submission.ts';
import { type DetectedFile, fileFactsText } from './file-facts-text.ts';
import { issueLines } from './issue-text.ts';
import { tableLines } from './text-table.ts';
import { timeText } from './time-text.ts';

/** The states of a submission as people read them. */
const submissionStateNames: Readonly<Record<SubmissionState, Bilingual>> = {
  requested: { vi: 'chờ tải lên', en: 'waiting for the upload' },
  received: { vi: 'đã nhận tệp', en: 'received' },
  checking: { vi: 'đang kiểm tra', en: 'being checked' },
  accepted: { vi: 'hợp lệ', en: 'accepted' },
  rejected: { vi: 'bị từ chối', en: 'rejected' },
  failed: { vi: 'lỗi hệ thống, tệp được giữ lại', en: 'our fault, the file is kept' },
  expired: { vi: 'hết hạn tải lên', en: 'never uploaded' },
};

/** What was found in a file; `file` is what was detected about it, once it has been checked. */
export interface Findings {
  file?: DetectedFile | undefined;
  issues: readonly Issue[];
  issueCounts: Readonly<Record<string, number>>;
}

/** The state of a submission as people read it; one that was taken back is withdrawn, whatever it was before. */
export function stateText({ state, withdrawnAt }: Pick<Submission, 'state' | 'withdrawnAt'>): Bilingual {
  return withdrawnAt === undefined ? submissionStateNames[state] : { vi: 'đã rút', en: 'withdrawn' };
}

/**
 * The receipt of a submission: what came of it, what was detected about the file, its SHA-256, the times in Vietnam,
 * and its issues.
 */
export function receiptText(submission: Submission, { file, issues, issueCounts }: Findings): string {
  const { id, fileName, bytes, sha256, requestedAt, receivedAt, rows, observations } = submission;
  const { vi, en } = stateText(submission);
  const facts = [
    ['Mã lượt nộp · id', id],
    ['SHA-256', sha256],
    ['Dung lượng · size', `${bytes} byte`],
    ['Yêu cầu · requested', timeText(requestedAt)],
    ...(receivedAt ? [['Nhận · received', timeText(receivedAt)]] : []),
    ...settledFacts(submission, issues),
    ...(file ? [['Tệp · file', fileFactsText(file)]] : []),
    ...(rows === undefined ? [] : [['Dòng số liệu · rows', String(rows)]]),
    ...(observations === undefined ? [] : [['Không lỗi · without error', String(observations)]]),
  ];
  return [
    `${fileName}: ${vi.toUpperCase()} · ${en}`,
    ...tableLines(facts).map((line) => `  ${line}`),
    ...issueLines(issues, issueCounts, `tiendo status ${id} --issues FILE`),
  ].join('\n');
}

function settledFacts(submission: Submission, issues: readonly Issue[]): string[][] {
  const { rejectedAt, failedAt, withdrawnAt, withdrawalReason } = submission;
  return [
    ...publicationFacts(submission, issues),
    ...(withdrawnAt ? [['Rút · withdrawn', timeText(withdrawnAt)]] : []),
    ...(withdrawalReason ? [['Lý do rút · reason', withdrawalReason]] : []),
    ...(rejectedAt ? [['Từ chối · rejected', timeText(rejectedAt)]] : []),
    ...(failedAt ? [['Gặp lỗi · failed', timeText(failedAt)]] : []),
  ];
}

/** When it was published; or, where that did not happen, of which submission it is a copy. */
function publicationFacts(submission: Submission, issues: readonly Issue[]): string[][] {
  const { acceptedAt } = submission;
  if (acceptedAt === undefined) return [];
  if (!isUnpublishedCopy(submission)) return [['Công bố · published', timeText(acceptedAt)]];
  const first = issues.find(({ code }) => code === 'submission-identical')?.value ?? '';
  return [
    ['Hợp lệ · accepted', timeText(acceptedAt)],
    [
      'Trùng · a copy',
      `trùng với lượt nộp ${first}; không công bố lại · same as ${first}, not published again`,
    ],
  ];
}
