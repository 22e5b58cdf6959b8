import { compareWithPublished, type Difference } from './difference.ts';
import { type Candidate, identicalSubmission, type PublishedSubmission } from './head.ts';
import { addIssue, type Check, checkFile } from './intake/check-file.ts';
import type { CheckContext, SourceFile } from './intake/source-file.ts';
import type { Issue } from './issue.ts';
import type { Point } from './observation.ts';

// What the pipeline, the dry run and `tiendo check --api` do alike, so that none says what another does not.

/** What a unit has published, as a head tells it; of several years, all heads' together. */
export interface Published<S extends SubmissionBytes = SubmissionBytes> {
  submissions: readonly S[];
  points: readonly Point[];
}

/** Which bytes a published submission had. */
export type SubmissionBytes = Pick<PublishedSubmission, 'id' | 'sha256'>;

/** A file that was checked as the pipeline would, and what publishing it would change. */
export interface DryRun {
  check: Check;
  difference: Difference;
}

/** Sorts after every ULID: a file that is not sent yet would come after all that were. */
const nextSubmissionId = '7ZZZZZZZZZZZZZZZZZZZZZZZZZ';

/** All that a unit has published, of its heads of any years. */
export function joinPublished<S extends SubmissionBytes>(heads: readonly Published<S>[]): Published<S> {
  return {
    submissions: heads.flatMap(({ submissions }) => submissions),
    points: heads.flatMap(({ points }) => points),
  };
}

/**
 * Adds the warning `submission-identical` to the check of a file whose bytes an earlier submission had, all of
 * whose figures are still current; `identical` is that submission. Publishing the file would change nothing.
 */
export function warnOfIdentical<S extends SubmissionBytes>(
  check: Check,
  published: Published<S>,
  candidate: Pick<Candidate, 'id' | 'sha256' | 'figures'>,
  onIssue?: (issue: Issue) => void,
): { check: Check; identical: S | undefined } {
  const identical = identicalSubmission(published, candidate);
  if (!identical) return { check, identical };
  return { check: addIssue(check, 'submission-identical', { value: identical.id }, onIssue), identical };
}

/**
 * Checks a file as the pipeline would if it came now: same rules, same warnings against what is published. A
 * rejected file changes nothing, so that its difference is empty. Writes nothing anywhere.
 */
export async function dryRun(
  file: SourceFile,
  context: Omit<CheckContext, 'published'>,
  published: Published,
  onIssue?: (issue: Issue) => void,
): Promise<DryRun> {
  const check = await checkFile(file, { ...context, published: published.points }, onIssue);
  const { figures } = check;
  const difference = compareWithPublished(figures, published.points);
  if (check.verdict === 'rejected') return { check, difference };
  const candidate = { id: nextSubmissionId, sha256: file.sha256, figures };
  return { check: warnOfIdentical(check, published, candidate, onIssue).check, difference };
}
