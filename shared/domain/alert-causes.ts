import type { Acknowledgement } from './acknowledgement.ts';
import { addDays, dayOf, type Instant, startOfDay } from './calendar.ts';
import type { Catalogue } from './catalogue.ts';
import type { Cause } from './cause.ts';
import type { Registry } from './coordinator.ts';
import type { SetDueDate } from './due-date.ts';
import { fileCauses, type Rejection } from './file-causes.ts';
import { groupByIndicator } from './fold.ts';
import { obligationsOf } from './obligation.ts';
import { type AlertSettings, obligationCauses } from './obligation-causes.ts';
import type { Publication } from './observation.ts';
import { reachCauses } from './reach-causes.ts';
import { reportCauses } from './report-causes.ts';
import type { SmsUsage } from './sms-budget.ts';
import { smsCauses } from './sms-causes.ts';

/** All that a unit's alerts are derived from. `publications` is its full history, withdrawn ones included. */
export interface AlertGrounds {
  catalogue: Catalogue;
  unitId: string;
  publications: readonly Publication[];
  rejections: readonly Rejection[];
  dueDates: readonly SetDueDate[];
  acknowledgements: readonly Acknowledgement[];
  registry: Registry;
  smsUsages: readonly SmsUsage[];
  asOf: Instant;
  settings: AlertSettings;
}

/**
 * Everything that ought to be known about a unit by `asOf`, from data alone and never from earlier evaluations,
 * each judged by what was known at its own instant.
 */
export function deriveCauses(grounds: AlertGrounds): Cause[] {
  const { catalogue, unitId, publications, rejections, registry, smsUsages, asOf } = grounds;
  const { directive } = catalogue;
  const obligations = obligationHistories(grounds).map(obligationCauses);
  return [
    ...obligations.flatMap(({ causes }) => causes),
    ...reportCauses(directive, unitId, publications, asOf),
    ...fileCauses(unitId, rejections, publications, asOf, (...span) =>
      obligations.some(({ isAwaited }) => isAwaited(...span)),
    ),
    ...reachCauses(registry, `${directive.reports.from}-01`, asOf),
    ...(unitId === directive.escalatesTo ? smsCauses(smsUsages, directive, asOf) : []),
  ];
}

function obligationHistories(grounds: AlertGrounds) {
  const { catalogue, unitId, publications, dueDates, acknowledgements, asOf, settings } = grounds;
  const byIndicator = groupByIndicator(publications);
  // An occurrence enters its first stage before it is the next one due.
  const horizon = startOfDay(addDays(dayOf(asOf), Math.max(0, ...settings.dueSoonDays) + 1));
  return obligationsOf(catalogue, unitId, horizon, []).map((obligation) => ({
    obligation,
    publications: byIndicator.get(obligation.indicator.id) ?? [],
    dueDates: dueDates.filter((each) => each.obligation === obligation.id),
    acknowledgements,
    asOf,
    settings,
  }));
}
