import * as z from 'zod';
import type { Instant } from './calendar.ts';
import { bilingualSchema } from './catalogue.ts';

/**
 * What an alert can be about: an obligation (`due-soon`, `deadline-missed`, `forecast`, `fell-below`), a unit's
 * reports and files (`report-missing`, `file-rejected`), or people who can no longer be told
 * (`recipient-unreachable`, `unit-unreachable`, `sms-budget`).
 */
export const alertKinds = [
  'deadline-missed',
  'fell-below',
  'report-missing',
  'file-rejected',
  'forecast',
  'due-soon',
  'unit-unreachable',
  'recipient-unreachable',
  'sms-budget',
] as const;
export type AlertKind = (typeof alertKinds)[number];

/** How an alert ends: its cause is gone, or another alert tells of the same from then on. */
export const closingStages = ['resolved', 'superseded'] as const;
export type ClosingStage = (typeof closingStages)[number];

/**
 * One stage of an alert, named within it: `30`, `14`, `7`, `1` for days left; `missed`, then `day-7`, `day-14` …
 * and the escalations `escalated-7` and `escalated-14`; the month of a missing report; at last `resolved` or
 * `superseded`. `at` is the instant it ought to be decided, `decidedAt` when an evaluation wrote that it was. A
 * reason is left out where it is still that of the stage before.
 */
export const alertStageSchema = z.strictObject({
  stage: z.string(),
  at: z.iso.datetime(),
  decidedAt: z.iso.datetime(),
  isUrgent: z.literal(true).optional(),
  reason: bilingualSchema.optional(),
});
export type AlertStage = z.infer<typeof alertStageSchema>;

/**
 * A decision that somebody must know. Its subject is an obligation (`74:II.9.1`), a unit's reports
 * (`74:report`), a file (`74:file:<submission id>`), a coordinator (`74:coordinator:74-1`), a unit's coordinators
 * (`74:coordinators`) or a month's text messages (`VPCP:sms:2022-07`). Its id is kind, subject and episode, the
 * instant its cause began: `deadline-missed|74:II.9.1|2022-06-30T17:00:00.000Z`. `indicator` and `due` are those
 * of an obligation. Stages are in time order.
 */
export const alertSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(alertKinds),
  unit: z.string(),
  subject: z.string(),
  indicator: z.string().optional(),
  due: z.iso.date().optional(),
  episode: z.iso.datetime(),
  stages: z.array(alertStageSchema).min(1),
});
export type Alert = z.infer<typeof alertSchema>;

/** Every alert ever decided about one unit. `version` counts the changes, for conditional writes. */
export const alertLedgerSchema = z.strictObject({
  unit: z.string(),
  version: z.int(),
  alerts: z.array(alertSchema),
});
export type AlertLedger = z.infer<typeof alertLedgerSchema>;

/** A ledger in which nothing is decided yet. */
export function emptyLedger(unit: string): AlertLedger {
  return { unit, version: 0, alerts: [] };
}

/** The stage that ended an alert; `undefined` while it is open. */
export function closingOf({ stages }: Pick<Alert, 'stages'>): AlertStage | undefined {
  return stages.find(({ stage }) => isClosing(stage));
}

/** Whether a stage of this name ends its alert. */
export function isClosing(stage: string): stage is ClosingStage {
  return stage === 'resolved' || stage === 'superseded';
}

/** For how long a run repeats that something urgent was decided, should the word of the first be lost. */
const urgencyMinutes = 30;

/** Whether a ledger has something open and urgent that was decided a short while ago. */
export function hasFreshUrgency({ alerts }: AlertLedger, now: Instant): boolean {
  return alerts.some(
    (alert) =>
      !closingOf(alert) &&
      alert.stages.some(
        ({ isUrgent, decidedAt }) =>
          isUrgent === true && Date.parse(now) - Date.parse(decidedAt) < urgencyMinutes * 60_000,
      ),
  );
}
