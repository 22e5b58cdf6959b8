import { type Assessment, assessUnit } from '../assessment.ts';
import { type Day, endOfDay } from '../calendar.ts';
import { type Catalogue, findIndicator } from '../catalogue.ts';
import type { SetDueDate } from '../due-date.ts';
import type { Publication } from '../observation.ts';
import { floorTo } from '../rational.ts';
import type { RowOf } from '../tables.ts';
import { thresholdOf } from '../target.ts';

/** Places after the point of a threshold. */
const thresholdPlaces = 6;

/** What assessments rest on beside the catalogue, by unit. */
export interface AssessmentGrounds {
  publications: ReadonlyMap<string, readonly Publication[]>;
  dueDates: ReadonlyMap<string, readonly SetDueDate[]>;
}

/**
 * The rows of `assessments` for a day: everything every unit owes, as it was known at the end of that day, in the
 * order of the catalogue. Asked again later it gives the same.
 */
export function assessmentRows(
  catalogue: Catalogue,
  { publications, dueDates }: AssessmentGrounds,
  day: Day,
): RowOf<'assessments'>[] {
  const thresholds = new Map<string, string>();
  const thresholdOfIndicator = (id: string): string => {
    const threshold = thresholds.get(id) ?? readThreshold(catalogue, id);
    thresholds.set(id, threshold);
    return threshold;
  };
  return catalogue.units.flatMap(({ id }) => {
    const assessments = assessUnit(
      catalogue,
      id,
      publications.get(id) ?? [],
      endOfDay(day),
      dueDates.get(id) ?? [],
    );
    return assessments.map((each) => assessmentRow(day, each, thresholdOfIndicator(each.indicator)));
  });
}

function readThreshold(catalogue: Catalogue, indicatorId: string): string {
  const found = findIndicator(catalogue, indicatorId);
  if (!found) throw new RangeError(`There is no indicator ${indicatorId}`);
  return floorTo(thresholdOf(found.indicator.target), thresholdPlaces);
}

function assessmentRow(day: Day, assessment: Assessment, threshold: string): RowOf<'assessments'> {
  return {
    assessed_on: day,
    unit_id: assessment.unit,
    obligation_id: assessment.obligation,
    indicator_id: assessment.indicator,
    task_ref: assessment.ref,
    due: assessment.due,
    state: assessment.state,
    value: assessment.value,
    target: assessment.target,
    threshold,
    days_left: assessment.daysLeft,
    projection: assessment.projection,
    as_at: assessment.asAt,
    reported_late_on: assessment.reportedLateOn,
    reason_vi: assessment.reason.vi,
    reason_en: assessment.reason.en,
  };
}
