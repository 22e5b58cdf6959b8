import type { Bilingual } from '../catalogue.ts';
import type { Issue } from '../issue.ts';
import { entryOf, type IssueCode, type IssueFacts, isIssueCode } from '../issue-codes.ts';

/** Everything found by one rule: how often, what is wrong and what to do, and where it was found first. */
export interface IssueGroup {
  code: IssueCode;
  severity: Issue['severity'];
  /** All of them, kept in full or not. */
  count: number;
  message: Bilingual;
  remedy: Bilingual;
  /** The first of them that were kept in full; none when there was no room for any. */
  first: Issue[];
}

/**
 * The issues of a check by rule: errors before warnings, the most frequent rule first. Of each group the
 * `maxFirst` first issues are kept. The group's sentences say `…` where its issues differ in what the file says
 * or should say; each issue has its own. Throws a `RangeError` for a code that is not in the registry.
 */
export function groupIssues(
  issues: readonly Issue[],
  issueCounts: Readonly<Record<string, number>>,
  maxFirst = 5,
): IssueGroup[] {
  const kept = Map.groupBy(issues, ({ code }) => code);
  const groups = Object.entries(issueCounts).map(([code, count]) => {
    if (!isIssueCode(code)) throw new RangeError(`no issue code ${code}`);
    const own = kept.get(code) ?? [];
    const { severity, message, remedy } = entryOf(code);
    const facts: IssueFacts = {
      value: common(
        own.map(({ value }) => value ?? ''),
        count,
      ),
      expected: common(
        own.map(({ expected }) => expected ?? ''),
        count,
      ),
    };
    return {
      code,
      severity,
      count,
      message: message(facts),
      remedy: remedy(facts),
      first: own.slice(0, maxFirst),
    };
  });
  const rank = ({ severity }: IssueGroup) => (severity === 'error' ? 0 : 1);
  return groups.sort((a, b) => rank(a) - rank(b) || b.count - a.count || (a.code < b.code ? -1 : 1));
}

/** What all of them say, or `…` when they differ or not all are known. */
function common(texts: readonly string[], count: number): string {
  const [first] = texts;
  return first !== undefined && texts.length === count && texts.every((text) => text === first) ? first : '…';
}
