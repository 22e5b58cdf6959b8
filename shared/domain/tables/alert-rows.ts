import type { Acknowledgement } from '../acknowledgement.ts';
import type { Alert } from '../alert.ts';
import type { Bilingual } from '../catalogue.ts';
import type { RowOf } from '../tables.ts';

/** The rows of `alerts`: each stage of each alert, in the order given, with the reason in force at that stage. */
export function alertRows(alerts: readonly Alert[]): RowOf<'alerts'>[] {
  return alerts.flatMap((alert) => {
    let reason: Bilingual | undefined;
    return alert.stages.map((stage) => {
      reason = stage.reason ?? reason;
      return {
        alert_id: alert.id,
        unit_id: alert.unit,
        kind: alert.kind,
        subject: alert.subject,
        indicator_id: alert.indicator ?? null,
        due: alert.due ?? null,
        episode_at: alert.episode,
        stage: stage.stage,
        stage_at: stage.at,
        decided_at: stage.decidedAt,
        is_urgent: stage.isUrgent ?? false,
        reason_vi: reason?.vi ?? null,
        reason_en: reason?.en ?? null,
      };
    });
  });
}

/** The rows of `acknowledgements` for the alerts of a unit, in the order given. */
export function acknowledgementRows(
  unit: string,
  acknowledgements: readonly Acknowledgement[],
): RowOf<'acknowledgements'>[] {
  return acknowledgements.map((each) => ({
    alert_id: each.alert,
    unit_id: unit,
    acknowledged_at: each.at,
    until: each.until,
    by_unit: each.unit,
    standing: each.standing,
    comment: each.comment,
  }));
}
