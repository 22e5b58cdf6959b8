import { splitStageId } from '../alert-id.ts';
import type { Notification } from '../notification.ts';
import type { RowOf } from '../tables.ts';

/** The rows of `notifications` for one message: one for each stage it tells of, or one without where it tells of none. */
export function notificationRows(notification: Notification): RowOf<'notifications'>[] {
  const message = {
    notification_id: notification.id,
    unit_id: notification.unit,
    coordinator_id: notification.coordinator,
    channel: notification.channel,
    purpose: notification.purpose,
    day: notification.day,
    state: notification.state,
    decided_at: notification.decidedAt,
    sent_at: notification.sentAt ?? null,
    message_id: notification.messageId ?? null,
    failures: notification.failures.length,
  };
  if (notification.stages.length === 0) return [{ ...message, alert_id: null, stage: null }];
  return notification.stages.map((id) => {
    const { alert, stage } = splitStageId(id);
    return { ...message, alert_id: alert, stage };
  });
}
