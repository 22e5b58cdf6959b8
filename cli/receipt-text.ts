import type { Issue } from '../shared/domain/issue.ts';
import {
  countFacts,
  outcomeFacts,
  type ReceiptFact,
  requestFacts,
  stateText,
} from '../shared/domain/receipt.ts';
import type { Submission } from '../shared/domain/submission.ts';
import { type DetectedFile, fileFactsText } from './file-facts-text.ts';
import { issueLines } from './issue-text.ts';
import { tableLines } from './text-table.ts';
import { timeText } from './time-text.ts';

/** What was found in a file; `file` is what was detected about it, once it has been checked. */
export interface Findings {
  file?: DetectedFile | undefined;
  issues: readonly Issue[];
  issueCounts: Readonly<Record<string, number>>;
}

/**
 * The receipt of a submission: what came of it, what was detected about the file, its SHA-256, the times in Vietnam,
 * and its issues.
 */
export function receiptText(submission: Submission, { file, issues, issueCounts }: Findings): string {
  const { vi, en } = stateText(submission);
  const facts = [
    ...requestFacts(submission).map(lineOf),
    ...outcomeFacts(submission, issues).map(lineOf),
    ...(file ? [['Tệp · file', fileFactsText(file)]] : []),
    ...countFacts(submission).map(lineOf),
  ];
  return [
    `${submission.fileName}: ${vi.toUpperCase()} · ${en}`,
    ...tableLines(facts).map((line) => `  ${line}`),
    ...issueLines(issues, issueCounts, `tiendo status ${submission.id} --issues FILE`),
  ].join('\n');
}

function lineOf(fact: ReceiptFact): [string, string] {
  const { vi, en } = fact.label;
  return [vi === en ? vi : `${vi} · ${en}`, factText(fact)];
}

function factText(fact: ReceiptFact): string {
  switch (fact.kind) {
    case 'text':
      return fact.text;
    case 'instant':
      return timeText(fact.at);
    case 'bytes':
      return `${fact.count} byte`;
    case 'count':
      return String(fact.count);
    case 'copy':
      return `trùng với lượt nộp ${fact.of}; không công bố lại · same as ${fact.of}, not published again`;
  }
}
