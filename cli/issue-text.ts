import type { Issue } from '../shared/domain/issue.ts';
import { entryOf, isIssueCode } from '../shared/domain/issue-codes.ts';

/** Most issues of one rule that are shown. */
const maxShown = 20;

/**
 * Issues for people, grouped by code with their counts, the first twenty of each. Of the others it says how many they
 * are and, with `seeAll`, what to add or run to get them.
 */
export function issueLines(
  issues: readonly Issue[],
  issueCounts: Readonly<Record<string, number>>,
  seeAll: string,
): string[] {
  return Object.entries(issueCounts).flatMap(([code, count]) => {
    const kept = issues.filter((issue) => issue.code === code);
    const shown = kept.slice(0, maxShown);
    // Of a warning none may be kept where there are very many errors.
    const severity = isIssueCode(code) ? entryOf(code).severity : kept[0]?.severity;
    const kind = severity === 'warning' ? 'Cảnh báo · warning' : 'Lỗi · error';
    const more = count - shown.length;
    return [
      '',
      `${kind} ${code}: ${count}`,
      ...shown.flatMap(oneIssue),
      ...(more > 0 ? [`  … và ${more} mục nữa · and ${more} more (${seeAll})`] : []),
    ];
  });
}

function oneIssue(issue: Issue): string[] {
  const place = [
    ...(issue.cell ? [`ô ${issue.cell}`] : issue.row ? [`dòng ${issue.row}`] : []),
    ...(issue.column ? [`“${issue.column}”`] : []),
  ].join(' ');
  return [`  ${place ? `${place}: ` : ''}${issue.message.vi}`, `    ${issue.message.en}`];
}
