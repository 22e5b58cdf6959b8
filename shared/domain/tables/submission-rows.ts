import type { Issue } from '../issue.ts';
import { entryOf, isIssueCode } from '../issue-codes.ts';
import { isClosed, type Submission } from '../submission.ts';
import type { RowOf } from '../tables.ts';

/** The rows of `submissions`: those that have their outcome, in the order given. */
export function submissionRows(submissions: readonly Submission[]): RowOf<'submissions'>[] {
  return submissions.filter(({ state }) => isClosed(state)).map(submissionRow);
}

/** The rows of `submission_issues`: for each submission that has its outcome its codes in alphabetical order. */
export function submissionIssueRows(submissions: readonly Submission[]): RowOf<'submission_issues'>[] {
  return submissions.flatMap(({ unit, id, state, issueCounts = {} }) => {
    if (!isClosed(state)) return [];
    return Object.entries(issueCounts)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, count]) => ({
        unit_id: unit,
        submission_id: id,
        code,
        severity: severityOf(code),
        count,
      }));
  });
}

function submissionRow(submission: Submission): RowOf<'submissions'> {
  return {
    unit_id: submission.unit,
    submission_id: submission.id,
    state: submission.state,
    file_name: submission.fileName,
    bytes: submission.bytes,
    sha256: submission.sha256,
    requested_at: submission.requestedAt,
    requested_by: submission.requestedBy,
    received_at: submission.receivedAt ?? null,
    accepted_at: submission.acceptedAt ?? null,
    rejected_at: submission.rejectedAt ?? null,
    failed_at: submission.failedAt ?? null,
    withdrawn_at: submission.withdrawnAt ?? null,
    withdrawn_by: submission.withdrawnBy ?? null,
    withdrawal_reason: submission.withdrawalReason ?? null,
    year: submission.year ?? null,
    rows: submission.rows ?? null,
    observations: submission.observations ?? null,
    errors: countOf(submission, 'error'),
    warnings: countOf(submission, 'warning'),
  };
}

function countOf({ issueCounts = {} }: Submission, severity: Issue['severity']): number {
  return Object.entries(issueCounts)
    .filter(([code]) => severityOf(code) === severity)
    .reduce((sum, [, count]) => sum + count, 0);
}

/** A code is never taken back, so every one that was counted is still known. */
function severityOf(code: string): Issue['severity'] {
  if (!isIssueCode(code)) throw new RangeError(`There is no issue code ${code}`);
  return entryOf(code).severity;
}
