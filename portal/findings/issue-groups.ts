import type { Bilingual } from '../../shared/domain/catalogue.ts';
import { groupIssues } from '../../shared/domain/intake/issue-groups.ts';
import type { Issue } from '../../shared/domain/issue.ts';
import { isIssueCode } from '../../shared/domain/issue-codes.ts';

/** What one rule found: how often, what is wrong, what to do, and where it was found first. */
export interface ShownGroup {
  code: string;
  severity: Issue['severity'];
  count: number;
  message: Bilingual;
  /** Left out where the message of an issue says both. */
  remedy?: Bilingual;
  first: Issue[];
}

/** The most places of one rule that are named; all of them are marked in the table below. */
const maxPlaces = 30;

/**
 * The issues of a check by rule, errors before warnings, the most frequent first. A rule that a newer server knows
 * and this page does not is shown by the words of its first issue.
 */
export function shownGroups(
  issues: readonly Issue[],
  issueCounts: Readonly<Record<string, number>>,
): ShownGroup[] {
  const isKnown = ([code]: [string, number]) => isIssueCode(code);
  const counts = Object.entries(issueCounts);
  const known = groupIssues(issues, Object.fromEntries(counts.filter(isKnown)), maxPlaces);
  const unknown = counts
    .filter((entry) => !isKnown(entry))
    .flatMap(([code, count]): ShownGroup[] => {
      const own = issues.filter((issue) => issue.code === code);
      const [first] = own;
      if (!first) return [];
      const { severity, message } = first;
      return [{ code, severity, count, message, first: own.slice(0, maxPlaces) }];
    });
  return [...known, ...unknown].sort((one, other) => rankOf(one) - rankOf(other));
}

/** How many errors and warnings there are, all counted. */
export function countBySeverity(groups: readonly ShownGroup[]): Record<Issue['severity'], number> {
  const sum = (severity: Issue['severity']) =>
    groups.filter((group) => group.severity === severity).reduce((total, { count }) => total + count, 0);
  return { error: sum('error'), warning: sum('warning') };
}

function rankOf({ severity }: ShownGroup): number {
  return severity === 'error' ? 0 : 1;
}
