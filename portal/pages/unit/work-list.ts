import type { Assessment, State } from '../../../shared/domain/assessment.ts';
import { foldName } from '../../../shared/domain/unit-names.ts';
import type { IndicatorNames } from '../../findings/indicator-names.ts';

/** How soon a state wants somebody to act. */
const urgency: readonly State[] = [
  'overdue',
  'at-risk',
  'awaited',
  'on-track',
  'unscheduled',
  'met-late',
  'met',
];

/** What a unit owes, the most urgent first: by state, then by days left, what has no date last. */
export function byUrgency(assessments: readonly Assessment[]): Assessment[] {
  const daysOf = ({ daysLeft }: Assessment) => daysLeft ?? Number.POSITIVE_INFINITY;
  return assessments.toSorted((a, b) => {
    const rank = urgency.indexOf(a.state) - urgency.indexOf(b.state);
    if (rank !== 0) return rank;
    return daysOf(a) === daysOf(b) ? 0 : daysOf(a) - daysOf(b);
  });
}

/** Those in a state (`''` is any) whose ref, indicator or title holds a text, whatever its case and diacritics. */
export function filterWork(
  assessments: readonly Assessment[],
  { state, text }: { state: State | ''; text: string },
  names: Pick<IndicatorNames, 'titleOf'>,
): Assessment[] {
  const wanted = foldName(text);
  return assessments.filter((assessment) => {
    if (state !== '' && assessment.state !== state) return false;
    const { indicator, ref } = assessment;
    const { vi = '', en = '' } = names.titleOf(indicator) ?? {};
    return wanted === '' || [indicator, ref, vi, en].some((part) => foldName(part).includes(wanted));
  });
}
