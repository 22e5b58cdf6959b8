import * as z from 'zod';
import { assessAfterDue, assessObligation } from './assessment.ts';
import { addDays, atHour, type Day, dayOf, type Instant, startOfDay } from './calendar.ts';
import { type Bilingual, bilingualSchema, type Catalogue } from './catalogue.ts';
import { groupByIndicator } from './fold.ts';
import { type Obligation, obligationsOf } from './obligation.ts';
import type { Publication } from './observation.ts';
import { type TurningPoint, turningPoints, wasReachedAt } from './turning-points.ts';

/** What an alert can be about. `due-soon` looks ahead; the others tell what happened after the due date. */
export const alertKinds = ['due-soon', 'deadline-missed', 'met-late'] as const;
export type AlertKind = (typeof alertKinds)[number];

/**
 * One stage of an alert: `30`, `14`, `7`, `1` for days left; `missed`; `met-late`.
 * `at` is the instant it ought to be decided, `decidedAt` the evaluation that did.
 */
export const alertStageSchema = z.strictObject({
  stage: z.string(),
  at: z.iso.datetime(),
  decidedAt: z.iso.datetime(),
  reason: bilingualSchema,
});
export type AlertStage = z.infer<typeof alertStageSchema>;

/**
 * A decision that somebody must know. Its id is kind, obligation and episode, the instant its cause began:
 * `deadline-missed|74:II.9.1|2022-06-30T17:00:00.000Z`.
 */
export const alertSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(alertKinds),
  unit: z.string(),
  obligation: z.string(),
  indicator: z.string(),
  due: z.iso.date(),
  episode: z.iso.datetime(),
  stages: z.array(alertStageSchema).min(1),
  /** Since when the obligation is met again, as known when last evaluated. */
  resolvedAt: z.iso.datetime().optional(),
});
export type Alert = z.infer<typeof alertSchema>;

/** Every alert ever decided about one unit. `version` counts the changes, for conditional writes. */
export const alertLedgerSchema = z.strictObject({
  unit: z.string(),
  version: z.int(),
  alerts: z.array(alertSchema),
});
export type AlertLedger = z.infer<typeof alertLedgerSchema>;

/** The id of one stage, unique over all alerts: `<alert id>#<stage>`. */
export function stageId(alert: Pick<Alert, 'id'>, stage: Pick<AlertStage, 'stage'>): string {
  return `${alert.id}#${stage.stage}`;
}

/** When alerts are due: the hour of the daily evaluation in Asia/Ho_Chi_Minh, and the days left that are told of. */
export interface AlertSettings {
  evaluationHour: number;
  dueSoonDays: readonly number[];
}

/** What the directive's deployment uses unless told otherwise. */
export const defaultAlertSettings: AlertSettings = { evaluationHour: 7, dueSoonDays: [30, 14, 7, 1] };

/** All that alerts are derived from. `publications` is the unit's full history, withdrawn ones included. */
export interface AlertGrounds {
  catalogue: Catalogue;
  unitId: string;
  publications: readonly Publication[];
  asOf: Instant;
  settings: AlertSettings;
}

/**
 * Every alert stage that ought to have been decided about a unit by `asOf`, from data alone and never from
 * earlier evaluations, each judged by what was known at its own instant:
 *
 * - `due-soon`: one alert per obligation, a stage at the evaluation hour of each `dueSoonDays` before the due
 *   day at which it was not met; its episode is the first of them.
 * - `deadline-missed`: its episode is the first instant after the due day, if not met then; or, for one that
 *   was met, the instant at which a withdrawal or a correction undid that.
 * - `met-late`: its episode is the instant at which a missed obligation became met or met late.
 */
export function deriveAlerts({ catalogue, unitId, publications, asOf, settings }: AlertGrounds): Alert[] {
  const byIndicator = groupByIndicator(publications);
  // An occurrence enters its first stage before it is the next one due.
  const horizon = startOfDay(addDays(dayOf(asOf), Math.max(0, ...settings.dueSoonDays) + 1));
  return obligationsOf(catalogue, unitId, horizon)
    .flatMap((obligation) => {
      if (obligation.due === null) return [];
      const known = byIndicator.get(obligation.indicator.id) ?? [];
      const turns = turningPoints(obligation, known, asOf);
      const dated = { obligation, due: obligation.due, publications: known, turns, asOf };
      return [...dueSoonAlerts(dated, settings), ...alertsAfterDue(dated)];
    })
    .sort(byEpisode);
}

/**
 * The ledger with what it lacks of the alerts derived at `asOf`. What was decided stays as it was;
 * only `resolvedAt` follows what is known now, and an alert that can no longer be derived (its due date was
 * moved, or an acceptance came to light late) is resolved. Returns the same object when nothing changes.
 * `version` stays as it is: whoever saves the ledger counts it up.
 */
export function mergeAlerts(ledger: AlertLedger, derived: readonly Alert[], asOf: Instant): AlertLedger {
  const decided = new Map(ledger.alerts.map((alert) => [alert.id, alert]));
  const found = new Map(derived.map((alert) => [alert.id, alert]));
  const kept = ledger.alerts.map((alert) => mergeAlert(alert, found.get(alert.id), asOf));
  const added = [...found.values()].filter(({ id }) => !decided.has(id));
  if (added.length === 0 && kept.every((alert, index) => alert === ledger.alerts[index])) return ledger;
  return { ...ledger, alerts: [...kept, ...added].sort(byEpisode) };
}

interface DatedObligation {
  obligation: Obligation;
  due: Day;
  publications: readonly Publication[];
  /** When it turned met or unmet, up to `asOf`. */
  turns: readonly TurningPoint[];
  asOf: Instant;
}

function dueSoonAlerts(dated: DatedObligation, settings: AlertSettings): Alert[] {
  const { due, turns, asOf } = dated;
  const stages = settings.dueSoonDays
    .map((days) => ({ stage: String(days), at: atHour(addDays(due, -days), settings.evaluationHour) }))
    .filter(({ at }) => at <= asOf && !wasReachedAt(turns, at))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .map((stage) => ({ ...stage, decidedAt: asOf, reason: reasonAt(dated, stage.at) }));
  const episode = stages[0]?.at;
  if (episode === undefined) return [];
  const latest = turns.at(-1);
  return [buildAlert(dated, 'due-soon', episode, stages, latest?.isReached ? latest.at : undefined)];
}

function alertsAfterDue(dated: DatedObligation): Alert[] {
  const { obligation, due, turns, asOf } = dated;
  const missedAt = startOfDay(addDays(due, 1));
  if (missedAt > asOf) return [];
  const later = turns.filter(({ at }) => at > missedAt);
  const alerts = later.map(({ at, isReached, evidence }, index) => {
    const { reason } = assessAfterDue(obligation, evidence, at);
    const stage = { at, decidedAt: asOf, reason };
    return isReached
      ? buildAlert(dated, 'met-late', at, [{ stage: 'met-late', ...stage }], at)
      : buildAlert(dated, 'deadline-missed', at, [{ stage: 'missed', ...stage }], later[index + 1]?.at);
  });
  if (wasReachedAt(turns, missedAt)) return alerts;
  const first = { stage: 'missed', at: missedAt, decidedAt: asOf, reason: reasonAt(dated, missedAt) };
  return [buildAlert(dated, 'deadline-missed', missedAt, [first], later[0]?.at), ...alerts];
}

function reasonAt({ obligation, publications }: DatedObligation, at: Instant): Bilingual {
  return assessObligation(obligation, publications, at).reason;
}

function buildAlert(
  { obligation, due }: DatedObligation,
  kind: AlertKind,
  episode: Instant,
  stages: AlertStage[],
  resolvedAt: Instant | undefined,
): Alert {
  return {
    id: `${kind}|${obligation.id}|${episode}`,
    kind,
    unit: obligation.unit,
    obligation: obligation.id,
    indicator: obligation.indicator.id,
    due,
    episode,
    stages,
    ...(resolvedAt !== undefined && { resolvedAt }),
  };
}

function mergeAlert(alert: Alert, derived: Alert | undefined, asOf: Instant): Alert {
  // What a later evaluation already wrote is not undone by an earlier one that finishes after it.
  const isOutrun = alert.episode > asOf || (alert.resolvedAt !== undefined && alert.resolvedAt > asOf);
  if (isOutrun) return alert;
  const resolvedAt = derived ? derived.resolvedAt : (alert.resolvedAt ?? asOf);
  const lacking = (derived?.stages ?? []).filter((stage) => !hasStage(alert, stage));
  if (lacking.length === 0 && resolvedAt === alert.resolvedAt) return alert;
  const { resolvedAt: _, ...rest } = alert;
  const stages = [...alert.stages, ...lacking].sort((a, b) => (a.at < b.at ? -1 : 1));
  return { ...rest, stages, ...(resolvedAt !== undefined && { resolvedAt }) };
}

function hasStage(alert: Alert, { stage }: AlertStage): boolean {
  return alert.stages.some((decided) => decided.stage === stage);
}

function byEpisode(a: Alert, b: Alert): number {
  if (a.episode !== b.episode) return a.episode < b.episode ? -1 : 1;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}
