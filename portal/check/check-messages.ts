import type { Published } from '../../shared/domain/check-upload.ts';
import type { DryRunReport } from '../../shared/domain/dry-run-report.ts';
import type { Sheet } from './sheet.ts';

/** What the page asks the worker, once: to check a file as the system would if it received it at `receivedAt`. */
export interface CheckRequest {
  file: File;
  unit: string;
  receivedAt: string;
  published: Published;
}

/** What a checked file is known by: the report the server would give, and the part of the sheet that is at fault. */
export interface CheckedFile {
  report: DryRunReport;
  /** Left out where the rows could not be told apart, or nothing was found at any of them. */
  sheet?: Sheet;
}

/** How far the check is: `share` from 0 to 1, never falling. */
export interface CheckProgress {
  share: number;
}

/** What the worker tells the page: progress any number of times, then its one outcome. */
export type CheckMessage =
  | ({ type: 'progress' } & CheckProgress)
  | ({ type: 'checked' } & CheckedFile)
  /** The file can no longer be read: it was changed, moved or its drive taken away since it was chosen. */
  | { type: 'unreadable' }
  /** A fault of ours, in words for the console. */
  | { type: 'fault'; message: string };
