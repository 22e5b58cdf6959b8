import { type Assessment, stateNames } from '../shared/domain/assessment.ts';
import { formatDay, type Instant } from '../shared/domain/calendar.ts';
import { tableLines } from './text-table.ts';
import { timeText } from './time-text.ts';

/** A unit's assessments for people: one line an obligation with its state, due date and reason. */
export function assessmentText(unitName: string, asOf: Instant, assessments: readonly Assessment[]): string {
  const rows = assessments.map(({ obligation, state, due, reason }) => [
    obligation.slice(obligation.indexOf(':') + 1),
    due === null ? '' : formatDay(due),
    stateNames[state].vi,
    reason.vi,
  ]);
  const heading = ['Chỉ tiêu', 'Thời hạn', 'Trạng thái', 'Lý do'];
  return [`${unitName}, tính đến ${timeText(asOf)}`, '', ...tableLines([heading, ...rows])].join('\n');
}
