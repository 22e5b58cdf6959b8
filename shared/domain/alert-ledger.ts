import { type Alert, type AlertLedger, type AlertStage, closingOf } from './alert.ts';
import { alertId } from './alert-id.ts';
import type { Instant } from './calendar.ts';
import type { Cause, CauseStage } from './cause.ts';
import { compareText } from './compare-text.ts';

/**
 * The ledger with what it lacks of the causes derived at `asOf`. What was decided stays as it was. An open alert
 * whose cause can no longer be derived (an acceptance came to light late, a registry was mended) is resolved.
 * `decidedAt` is just before it is written, when that is later. Returns the same object when nothing changes. `version` stays as it is: whoever saves the ledger counts it up.
 */
export function mergeCauses(
  ledger: AlertLedger,
  causes: readonly Cause[],
  asOf: Instant,
  decidedAt: Instant = asOf,
): AlertLedger {
  const evaluation = { asOf, decidedAt };
  const found = new Map(causes.map((cause) => [idOf(cause), cause]));
  const decided = new Set(ledger.alerts.map(({ id }) => id));
  const kept = ledger.alerts.map((alert) => mergeCause(alert, found.get(alert.id), evaluation));
  const added = [...found]
    .filter(([id]) => !decided.has(id))
    .map(([id, cause]) => open(id, cause, evaluation));
  if (added.length === 0 && kept.every((alert, index) => alert === ledger.alerts[index])) return ledger;
  return { ...ledger, alerts: [...kept, ...added].sort(byEpisode) };
}

/** When causes were derived, and when what they add to the ledger counts as decided. */
interface Evaluation {
  asOf: Instant;
  decidedAt: Instant;
}

function open(id: string, cause: Cause, evaluation: Evaluation): Alert {
  const { kind, unit, subject, indicator, due, episode } = cause;
  const alert = {
    id,
    kind,
    unit,
    subject,
    ...(indicator !== undefined && { indicator }),
    ...(due !== undefined && { due }),
    episode,
    stages: [],
  };
  return addStages(alert, stagesOf(cause), cause, evaluation);
}

function mergeCause(alert: Alert, cause: Cause | undefined, evaluation: Evaluation): Alert {
  const { asOf } = evaluation;
  // What a later evaluation already wrote is not undone by an earlier one that finishes after it.
  const isOutrun = alert.episode > asOf || alert.stages.some(({ decidedAt }) => decidedAt > asOf);
  if (closingOf(alert) || isOutrun) return alert;
  if (!cause) return addStages(alert, [{ stage: 'resolved', at: asOf }], undefined, evaluation);
  const lacking = stagesOf(cause).filter(({ stage }) => !alert.stages.some((each) => each.stage === stage));
  return lacking.length === 0 ? alert : addStages(alert, lacking, cause, evaluation);
}

function stagesOf({ stages, closed }: Cause): CauseStage[] {
  return closed ? [...stages, { stage: closed.how, at: closed.at }] : [...stages];
}

/** In time order, so that a reason is left out where it repeats the one before. The end stays the last. */
function addStages(
  alert: Alert,
  stages: readonly CauseStage[],
  cause: Cause | undefined,
  { decidedAt }: Evaluation,
): Alert {
  let reason = alert.stages.findLast((stage) => stage.reason)?.reason;
  const lastAt = alert.stages.at(-1)?.at ?? '';
  const added = stages.map((stage): AlertStage => {
    const next = cause?.reasonAt(stage);
    const isSame = next === undefined || (next.vi === reason?.vi && next.en === reason.en);
    if (next) reason = next;
    const at = stage.at > lastAt ? stage.at : lastAt;
    return { ...stage, at, decidedAt, ...(next && !isSame && { reason: next }) };
  });
  return { ...alert, stages: [...alert.stages, ...added] };
}

function idOf({ kind, subject, episode }: Cause): string {
  return alertId(kind, subject, episode);
}

function byEpisode(a: Alert, b: Alert): number {
  return compareText(a.episode, b.episode) || compareText(a.id, b.id);
}
