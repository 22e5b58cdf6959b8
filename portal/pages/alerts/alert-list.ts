import type { AnswerOf } from '../../../shared/client/call-route.ts';
import { type AlertKind, alertKinds } from '../../../shared/domain/alert.ts';
import { alertStates } from '../../../shared/domain/alert-view.ts';
import { dayOf, daysBetween, type Instant } from '../../../shared/domain/calendar.ts';
import type { Bilingual } from '../../../shared/domain/catalogue.ts';

/** An alert as the API lists it. */
export type AlertItem = AnswerOf<'GET /alerts'>['alerts'][number];

/** What a list of alerts is narrowed to; empty is everything. */
export interface AlertFilter {
  kind: string;
  state: string;
}

/** Whether an alert still asks for something. */
export function isLasting({ state }: Pick<AlertItem, 'state'>): boolean {
  return state === 'open' || state === 'acknowledged';
}

/** The alerts of a kind and a state; without a state those that last. */
export function filterAlerts(alerts: readonly AlertItem[], { kind, state }: AlertFilter): AlertItem[] {
  return alerts.filter(
    (alert) =>
      (kind === '' || alert.kind === kind) && (state === '' ? isLasting(alert) : alert.state === state),
  );
}

/**
 * The worst first: what nobody has taken note of, then by kind, the earliest due
 * date, and what began first; at last the order of the text.
 */
export function worstFirst(alerts: readonly AlertItem[]): AlertItem[] {
  return alerts.toSorted(
    (a, b) =>
      alertStates.indexOf(a.state) - alertStates.indexOf(b.state) ||
      alertKinds.indexOf(a.kind) - alertKinds.indexOf(b.kind) ||
      compare(a.due ?? '', b.due ?? '') ||
      compare(a.episode, b.episode) ||
      a.subject.localeCompare(b.subject, 'en', { numeric: true }),
  );
}

/** How many alerts there are of each kind that occurs, worst first. */
export function countKinds(alerts: readonly AlertItem[]): { kind: AlertKind; count: number }[] {
  return alertKinds
    .map((kind) => ({ kind, count: alerts.filter((alert) => alert.kind === kind).length }))
    .filter(({ count }) => count > 0);
}

/**
 * Why an alert stands as it does: the latest reason told, and the instant of the latest stage, at which it still held
 * (a stage names no reason that is the one before).
 */
export function reasonOf({
  stages,
}: Pick<AlertItem, 'stages'>): { reason: Bilingual; at: Instant } | undefined {
  const reason = stages.findLast((stage) => stage.reason)?.reason;
  const at = stages.at(-1)?.at;
  return reason && at ? { reason, at } : undefined;
}

/** For how many days an alert has lasted, the first day included; until it closed, where it has. */
export function daysOpen(
  { episode, stages, state }: Pick<AlertItem, 'episode' | 'stages' | 'state'>,
  asOf: Instant,
): number {
  const closedAt = isLasting({ state }) ? undefined : stages.at(-1)?.at;
  return daysBetween(dayOf(episode), dayOf(closedAt ?? asOf)) + 1;
}

/** The submission a rejected file's alert is about: `74:file:01G…` → `01G…`. */
export function submissionOf({ kind, subject }: Pick<AlertItem, 'kind' | 'subject'>): string | undefined {
  return kind === 'file-rejected' ? subject.split(':')[2] : undefined;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
