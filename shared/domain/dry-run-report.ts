import type { DryRun } from './check-upload.ts';
import { countDifference, type Difference, type DifferenceCounts, firstOfDifference } from './difference.ts';
import type { Check } from './intake/check-file.ts';
import { maxIssuesKept } from './issue.ts';

/** A dry run as it is answered and printed: what a receipt would say, and the difference to what is published. */
export interface DryRunReport
  extends Pick<Check, 'verdict' | 'file' | 'rows' | 'observations' | 'issues' | 'issueCounts'> {
  /** The first thousand of each list, as of the issues, so that a report has a bound. */
  difference: Difference;
  /** All counted. */
  differenceCounts: DifferenceCounts;
}

/** The report of a dry run, in the form the API answers. */
export function dryRunReport({ check, difference }: DryRun): DryRunReport {
  const { verdict, file, rows, observations, issues, issueCounts } = check;
  return {
    verdict,
    file,
    rows,
    observations,
    issues,
    issueCounts,
    difference: firstOfDifference(difference, maxIssuesKept),
    differenceCounts: countDifference(difference),
  };
}
