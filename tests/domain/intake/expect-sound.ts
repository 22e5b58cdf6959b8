import { expect } from 'vitest';
import { type Check, checkFile, readObservations } from '../../../shared/domain/intake/check-file.ts';
import { issueSchema } from '../../../shared/domain/issue.ts';
import { issueCodes } from '../../../shared/domain/issue-codes.ts';
import { figureSchema } from '../../../shared/domain/observation.ts';
import { context, sourceOf } from './sources.ts';

/**
 * What holds for every file whatever is in it: it is accepted, or rejected with at least one error; its
 * issues have codes of the registry and are sound, as are its figures; cut into pieces of any size it is the
 * same; and an accepted file gives one observation a row.
 */
export async function expectSound(check: Check, bytes: Uint8Array, pieceBytes: number): Promise<void> {
  expect(await checkFile(sourceOf(bytes, pieceBytes), context)).toEqual(check);
  for (const code of Object.keys(check.issueCounts)) expect(issueCodes).toHaveProperty([code]);
  for (const issue of check.issues) issueSchema.parse(issue);
  for (const figure of check.figures) figureSchema.parse(figure);
  expect(check.issues.some(({ severity }) => severity === 'error')).toBe(check.verdict === 'rejected');
  if (check.verdict === 'rejected') return;
  const observations = await Array.fromAsync(readObservations(sourceOf(bytes), check, context));
  expect(observations).toHaveLength(check.rows);
}
