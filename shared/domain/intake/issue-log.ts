import { type Issue, maxIssuesKept } from '../issue.ts';

/** Collects the issues of a file: counts all, keeps the first thousand in full, hands each to `onIssue`. */
export class IssueLog {
  #onIssue: ((issue: Issue) => void) | undefined;
  #counts = new Map<string, number>();
  #kept: Issue[] = [];
  #hasError = false;

  constructor(onIssue?: (issue: Issue) => void) {
    this.#onIssue = onIssue;
  }

  add(issue: Issue): void {
    this.#onIssue?.(issue);
    this.#counts.set(issue.code, (this.#counts.get(issue.code) ?? 0) + 1);
    if (issue.severity === 'error') this.#hasError = true;
    this.#kept.push(issue);
    if (this.#kept.length >= 2 * maxIssuesKept) this.#kept = firstOf(this.#kept);
  }

  get hasError(): boolean {
    return this.#hasError;
  }

  /** Errors before warnings, each in the order of the rows, at most a thousand. */
  get issues(): Issue[] {
    return firstOf(this.#kept);
  }

  /** How often each code was found, by code. */
  get counts(): Record<string, number> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

function firstOf(issues: readonly Issue[]): Issue[] {
  const rank = ({ severity }: Issue) => (severity === 'error' ? 0 : 1);
  return [...issues].sort((a, b) => rank(a) - rank(b) || (a.row ?? 0) - (b.row ?? 0)).slice(0, maxIssuesKept);
}
