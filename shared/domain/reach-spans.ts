import type { Instant } from './calendar.ts';
import type { Reach } from './coordinator.ts';

/** How long an address may wait for its confirmation before it counts as unreachable, in days. */
export const maxPendingDays = 3;

/** From `from` up to, and not including, `to`; without `to` it lasts. */
export interface Span {
  from: Instant;
  to?: Instant;
}

/** When an address in use could be told something, and when not. */
export interface ReachSpans {
  reachable: Span[];
  unreachable: Span[];
}

/**
 * When an address was reachable, as known at an instant. Live is reachable, and so is an address that waits for
 * its confirmation, three days long to the millisecond; one that is gone is not, even when its confirmation was
 * asked for again, until it is live. While nobody uses it, it is neither.
 */
export function reachSpans({ log }: Pick<Reach, 'log'>, asOf: Instant): ReachSpans {
  const known = log.filter(({ at }) => at <= asOf);
  const spans: ReachSpans = { reachable: [], unreachable: [] };
  /** When the address turns or turned unreachable: its confirmation is overdue, or it is gone. */
  let overdueAt: Instant | undefined;
  for (const [index, { at, status }] of known.entries()) {
    const to = known[index + 1]?.at;
    if (status === 'pending') overdueAt ??= afterPending(at);
    else overdueAt = status === 'gone' ? at : undefined;
    if (status === 'unused') continue;
    addSpan(spans.reachable, at, earlier(overdueAt, to));
    if (overdueAt !== undefined && overdueAt <= asOf) {
      addSpan(spans.unreachable, overdueAt > at ? overdueAt : at, to);
    }
  }
  return spans;
}

/** The spans in which at least one of these lies, in time order. Spans that touch become one. */
export function unionOf(spans: readonly Span[]): Span[] {
  const union: Span[] = [];
  for (const { from, to } of spans.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = union.at(-1);
    if (last && (last.to === undefined || from <= last.to)) {
      if (last.to !== undefined && (to === undefined || to > last.to)) {
        union[union.length - 1] = { from: last.from, ...(to !== undefined && { to }) };
      }
    } else union.push({ from, ...(to !== undefined && { to }) });
  }
  return union;
}

/** The spans from an instant on in which none of these lies; those that would begin after `asOf` are left out. */
export function gapsOf(spans: readonly Span[], start: Instant, asOf: Instant): Span[] {
  const gaps: Span[] = [];
  let open: Instant | undefined = start;
  for (const { from, to } of unionOf(spans)) {
    if (open === undefined) break;
    addSpan(gaps, open, from);
    open = to === undefined || to > open ? to : open;
  }
  if (open !== undefined) addSpan(gaps, open, undefined);
  return gaps.filter(({ from }) => from <= asOf);
}

/** An address may wait the full three days; from the millisecond after that on it counts as unreachable. */
function afterPending(at: Instant): Instant {
  return new Date(Date.parse(at) + maxPendingDays * 24 * 60 * 60 * 1000 + 1).toISOString();
}

function earlier(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}

function addSpan(spans: Span[], from: Instant, to: Instant | undefined): void {
  if (to === undefined || to > from) spans.push({ from, ...(to !== undefined && { to }) });
}
