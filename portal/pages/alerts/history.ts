import type { Acknowledgement } from '../../../shared/domain/acknowledgement.ts';
import type { AlertStage } from '../../../shared/domain/alert.ts';
import type { AlertHistory } from '../../../shared/domain/alert-view.ts';
import type { Instant } from '../../../shared/domain/calendar.ts';

/** Something that happened to an alert. */
export type AlertEvent =
  | { type: 'stage'; at: Instant; stage: AlertStage }
  | { type: 'acknowledged'; at: Instant; acknowledgement: Acknowledgement };

/** What happened to an alert, in time order: what was decided comes before what was said at the same instant. */
export function historyOf({
  stages,
  acknowledgements,
}: Pick<AlertHistory, 'stages' | 'acknowledgements'>): AlertEvent[] {
  const events: AlertEvent[] = [
    ...stages.map((stage) => ({ type: 'stage' as const, at: stage.at, stage })),
    ...acknowledgements.map((acknowledgement) => ({
      type: 'acknowledged' as const,
      at: acknowledgement.at,
      acknowledgement,
    })),
  ];
  return events.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
