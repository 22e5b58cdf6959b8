import type { AlertKind } from './alert.ts';
import type { Instant } from './calendar.ts';

/** The id of an alert: `deadline-missed|74:II.9.1|2022-06-30T17:00:00.000Z`. */
export function alertId(kind: AlertKind, subject: string, episode: Instant): string {
  return `${kind}|${subject}|${episode}`;
}

/** The id of one of its stages, unique over all alerts: `<alert id>#<stage>`. */
export function stageId(alert: string, stage: string): string {
  return `${alert}#${stage}`;
}

/** The alert and the stage that such an id names. */
export function splitStageId(id: string): { alert: string; stage: string } {
  const end = id.lastIndexOf('#');
  return { alert: id.slice(0, end), stage: id.slice(end + 1) };
}
