import { asAtDay, type Day, dayOf, type Instant, type Period } from '../calendar.ts';
import type { Observation } from '../observation.ts';
import type { RowOf } from '../tables.ts';

/** Makes rows of `observations` of the rows of one submission. */
export function observationRowOf(
  unit: string,
  { submissionId, receivedAt }: { submissionId: string; receivedAt: Instant },
): (observation: Observation) => RowOf<'observations'> {
  const receivedOn = dayOf(receivedAt);
  // A file has few periods and up to two million rows.
  const days = new Map<Period, Day>();
  const asAtOf = (period: Period): Day => {
    const day = days.get(period) ?? asAtDay(period, receivedOn);
    days.set(period, day);
    return day;
  };
  return ({ row, indicator, period, area, numerator, denominator, value, completedOn, evidence, note }) => ({
    unit_id: unit,
    submission_id: submissionId,
    row_number: row,
    indicator_id: indicator,
    period,
    as_at: asAtOf(period),
    area_id: area === '' ? null : area,
    numerator: numerator ?? null,
    denominator: denominator ?? null,
    value: value ?? null,
    value_text: value ?? null,
    completed_on: completedOn ?? null,
    evidence: evidence ?? null,
    note: note ?? null,
  });
}
