import type { Acknowledgement } from '../acknowledgement.ts';
import type { Alert } from '../alert.ts';
import type { Publication } from '../observation.ts';
import type { Submission } from '../submission.ts';
import type { RowOf, TableName } from '../tables.ts';
import { acknowledgementRows, alertRows } from './alert-rows.ts';
import { pointRows } from './point-rows.ts';
import { submissionIssueRows, submissionRows } from './submission-rows.ts';
import type { Row } from './table.ts';

/** All that is recorded of one unit, but its rows: what its tables follow from. */
export interface UnitRecords {
  unit: string;
  publications: readonly Publication[];
  submissions: readonly Submission[];
  alerts: readonly Alert[];
  acknowledgements: readonly Acknowledgement[];
  /** Already as rows, since the texts of messages would take much room. */
  notifications: readonly RowOf<'notifications'>[];
}

/** The tables of a unit that have one object each, in the order in which these are to be written: points last. */
export function unitTables(records: UnitRecords): [TableName, readonly Row[]][] {
  const { unit, publications, submissions, alerts, acknowledgements, notifications } = records;
  return [
    ['submissions', submissionRows(submissions)],
    ['submission_issues', submissionIssueRows(submissions)],
    ['alerts', alertRows(alerts)],
    ['acknowledgements', acknowledgementRows(unit, acknowledgements)],
    ['notifications', notifications],
    ['points', pointRows(unit, publications)],
  ];
}
