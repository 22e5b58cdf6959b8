import { type Day, dayOf, formatDay, type Instant, type Period } from './calendar.ts';
import type { Bilingual, Directive } from './catalogue.ts';
import type { Cause, CauseStage } from './cause.ts';
import type { Publication } from './observation.ts';
import { expectedMonths, reportDueDay, reportOverdueAt } from './reporting.ts';

/**
 * The spans of time in which a unit's reports were missing: from the first instant after a month's due day at
 * which no figure as at that month or later was known, until one as at the latest missing month or later was
 * accepted. Taking that one back begins another span. A span has one stage for each month that was missing in it
 * (`2022-04`), at the instant it first was, so that a long silence is one alert. Takes little longer than sorting
 * the publications.
 *
 * @see docs/adr/0019-reports-and-their-absence.md
 */
export function reportCauses(
  directive: Pick<Directive, 'reports'>,
  unitId: string,
  publications: readonly Publication[],
  asOf: Instant,
): Cause[] {
  const causes: Cause[] = [];
  let span: Span | undefined;
  for (const moment of momentsOf(directive, publications, asOf)) {
    const isMissing = moment.missing.length > 0;
    if (span) span.push(moment);
    else if (isMissing) span = [moment];
    if (!span || isMissing) continue;
    causes.push(causeOf(directive, unitId, span, moment));
    span = undefined;
  }
  if (span) causes.push(causeOf(directive, unitId, span));
  return causes;
}

/** What a due day, an acceptance or a withdrawal left to be known. */
interface Moment {
  at: Instant;
  /** The months without a report, in order. */
  missing: readonly Period[];
  /** Of the files accepted at this instant the one that speaks for the latest day. */
  arrived: Arrival | undefined;
}

interface Arrival {
  asAt: Day;
  receivedAt: Instant;
}

/** The moments from the first at which something was missing to the one that ended it, if one has. */
type Span = [first: Moment, ...later: Moment[]];

function causeOf(
  directive: Pick<Directive, 'reports'>,
  unit: string,
  span: Readonly<Span>,
  end?: Moment,
): Cause {
  const stages = new Map<Period, CauseStage>();
  for (const { at, missing } of span) {
    for (const month of missing) if (!stages.has(month)) stages.set(month, { stage: month, at });
  }
  return {
    kind: 'report-missing',
    unit,
    subject: `${unit}:report`,
    episode: span[0].at,
    stages: [...stages.values()],
    ...(end && { closed: { at: end.at, how: 'resolved' } }),
    reasonAt: (stage) => reasonOf(directive, span.findLast(({ at }) => at <= stage.at) ?? span[0]),
  };
}

/** Every due day that has passed and every change of what is known, in time order, one moment an instant. */
function momentsOf(
  directive: Pick<Directive, 'reports'>,
  publications: readonly Publication[],
  asOf: Instant,
): Moment[] {
  const due = expectedMonths(directive, asOf).map((month) => ({
    month,
    overdueAt: reportOverdueAt(directive, month),
  }));
  const events: ReportEvent[] = [
    ...due.map(({ overdueAt }) => ({ at: overdueAt })),
    ...publications.flatMap(changesOf),
  ].filter(({ at }) => at <= asOf);
  const byInstant = [...Map.groupBy(events, ({ at }) => at)].sort(([a], [b]) => (a < b ? -1 : 1));

  /** How many files that count speak for no later month, by month. */
  const reaching = new Map<Period, number>();
  return byInstant.map(([at, together]) => {
    let arrived: Arrival | undefined;
    for (const { change } of together) {
      if (!change) continue;
      const month = change.asAt.slice(0, 7);
      reaching.set(month, (reaching.get(month) ?? 0) + change.files);
      if (change.files > 0 && (arrived === undefined || change.asAt > arrived.asAt)) arrived = change;
    }
    const reached = [...reaching].filter(([, files]) => files > 0).map(([month]) => month);
    const latest = reached.reduce((a, b) => (a > b ? a : b), '');
    const missing = due.filter(({ month, overdueAt }) => month > latest && overdueAt <= at);
    return { at, missing: missing.map(({ month }) => month), arrived };
  });
}

interface ReportEvent {
  at: Instant;
  /** One file more or less that counts, and the latest day it speaks for; none when a due day has passed. */
  change?: Arrival & { files: 1 | -1 };
}

function changesOf({ figures, receivedAt, acceptedAt, withdrawnAt }: Publication): ReportEvent[] {
  const asAt = figures.reduce((latest, figure) => (figure.asAt > latest ? figure.asAt : latest), '');
  // What is withdrawn by its acceptance was never known.
  if (asAt === '' || (withdrawnAt !== undefined && withdrawnAt <= acceptedAt)) return [];
  const accepted: ReportEvent = { at: acceptedAt, change: { asAt, receivedAt, files: 1 } };
  if (withdrawnAt === undefined) return [accepted];
  return [accepted, { at: withdrawnAt, change: { asAt, receivedAt, files: -1 } }];
}

/** `Chưa có báo cáo tháng 04/2022 (hạn 25/04/2022)`; of a moment at which nothing is missing, what arrived. */
function reasonOf(directive: Pick<Directive, 'reports'>, { missing, arrived }: Moment): Bilingual {
  if (missing.length === 0 && arrived) return arrivalText(arrived);
  const due = missing.map((month) => ({ month, day: reportDueDay(directive, month) }));
  const vi = due.map(({ month, day }) => `${monthText(month)} (hạn ${formatDay(day)})`).join(', ');
  const en = due.map(({ month, day }) => `${month} (due ${day})`).join(', ');
  return { vi: `Chưa có báo cáo tháng ${vi}`, en: `No report for ${en}` };
}

function arrivalText({ asAt, receivedAt }: Arrival): Bilingual {
  const receivedOn = dayOf(receivedAt);
  return {
    vi: `Đã có báo cáo, số liệu đến ngày ${formatDay(asAt)}, nhận ngày ${formatDay(receivedOn)}`,
    en: `Reported, with figures as at ${asAt}, received on ${receivedOn}`,
  };
}

/** `2022-04` → `04/2022`. */
function monthText(month: Period): string {
  return `${month.slice(5)}/${month.slice(0, 4)}`;
}
