import type { Issue } from '../shared/domain/issue.ts';

/** Issues for people, grouped by code with their counts; what was counted but not kept is said so. */
export function issueLines(
  issues: readonly Issue[],
  issueCounts: Readonly<Record<string, number>>,
): string[] {
  return Object.entries(issueCounts).flatMap(([code, count]) => {
    const kept = issues.filter((issue) => issue.code === code);
    const kind = kept[0]?.severity === 'warning' ? 'Cảnh báo · warning' : 'Lỗi · error';
    const more = count - kept.length;
    return [
      '',
      `${kind} ${code}: ${count}`,
      ...kept.flatMap(oneIssue),
      ...(more > 0 ? [`  … và ${more} mục nữa · and ${more} more`] : []),
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
