import { type Acknowledgement, acknowledgementAt } from './acknowledgement.ts';
import { type Alert, type AlertLedger, type AlertStage, closingStages, isClosing } from './alert.ts';
import type { Instant } from './calendar.ts';

/** Where an alert stands: told and unanswered, taken note of for a time, or over in one of the two ways. */
export const alertStates = ['open', 'acknowledged', ...closingStages] as const;
export type AlertState = (typeof alertStates)[number];

/** An alert as it was known at an instant; `acknowledgement` is the one in force while it is `acknowledged`. */
export interface AlertView extends Alert {
  state: AlertState;
  acknowledgement?: Acknowledgement;
}

/**
 * The alerts of a unit as they were known at an instant: those decided by then, with the stages decided by then.
 * What was decided or said later changes nothing, so that a past instant answers for ever as it did.
 */
export function viewAlerts(
  { alerts }: Pick<AlertLedger, 'alerts'>,
  acknowledgements: readonly Acknowledgement[],
  asOf: Instant,
): AlertView[] {
  return alerts.flatMap((alert): AlertView[] => {
    const stages = alert.stages.filter(({ decidedAt }) => decidedAt <= asOf);
    if (stages.length === 0) return [];
    const closing = stages.map(({ stage }) => stage).find(isClosing);
    if (closing) return [{ ...alert, stages, state: closing }];
    const acknowledgement = acknowledgementAt(acknowledgements, alert.id, asOf);
    if (acknowledgement) return [{ ...alert, stages, state: 'acknowledged', acknowledgement }];
    return [{ ...alert, stages, state: 'open' }];
  });
}

/** An alert as it was known at an instant, with every acknowledgement made by then, in time order. */
export interface AlertHistory extends AlertView {
  acknowledgements: Acknowledgement[];
}

/** One alert of a unit as it was known at an instant; `undefined` when it was not decided by then. */
export function viewAlert(
  { alerts }: Pick<AlertLedger, 'alerts'>,
  acknowledgements: readonly Acknowledgement[],
  id: string,
  asOf: Instant,
): AlertHistory | undefined {
  const [view] = viewAlerts({ alerts: alerts.filter((alert) => alert.id === id) }, acknowledgements, asOf);
  const known = acknowledgements.filter(({ alert, at }) => alert === id && at <= asOf);
  return view && { ...view, acknowledgements: known };
}

/** An alert with its first and its latest stage alone. The latest has its reason where that is not the first's. */
export function abridge(view: AlertView): AlertView {
  const [first, ...later] = view.stages;
  const last = later.at(-1);
  if (!first || !last) return view;
  const reason = view.stages.findLast((stage) => stage.reason)?.reason;
  const latest: AlertStage = { ...last, ...(reason && { reason }) };
  if (reason === first.reason) delete latest.reason;
  return { ...view, stages: [first, latest] };
}

/** Alerts of one unit. */
export interface UnitAlerts {
  unit: string;
  alerts: readonly AlertView[];
}

/**
 * As many whole units, in the order given, as stay within a number of bytes of JSON, but at least one that has
 * alerts. `next` is the last of them where others with alerts follow.
 */
export function pageOfUnits(
  units: Iterable<UnitAlerts>,
  maxBytes: number,
): { alerts: AlertView[]; next?: string } {
  const page: AlertView[] = [];
  let bytes = 0;
  let last: string | undefined;
  for (const { unit, alerts } of units) {
    if (alerts.length === 0) continue;
    bytes += byteLength(alerts);
    if (last !== undefined && bytes > maxBytes) return { alerts: page, next: last };
    page.push(...alerts);
    last = unit;
  }
  return { alerts: page };
}

function byteLength(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}
