import type { Acknowledgement } from '../../shared/domain/acknowledgement.ts';
import { type AlertLedger, emptyLedger } from '../../shared/domain/alert.ts';
import { type AlertGrounds, deriveCauses } from '../../shared/domain/alert-causes.ts';
import { mergeCauses } from '../../shared/domain/alert-ledger.ts';
import { type Instant, startOfDay } from '../../shared/domain/calendar.ts';
import type { Catalogue } from '../../shared/domain/catalogue.ts';
import {
  type Coordinator,
  emptyRegistry,
  type Reach,
  type Registry,
} from '../../shared/domain/coordinator.ts';
import type { Publication } from '../../shared/domain/observation.ts';
import { alertGrounds } from './alert-grounds.ts';

/** A coordinator with an e-mail address and no phone. */
export function coordinatorOf(unit: string, rest: Partial<Coordinator> = {}): Coordinator {
  const id = `${unit.toLowerCase()}-1`;
  return { id, unit, name: 'Nguyễn Thị A', language: 'vi', email: `${id}@tiendo.example`, ...rest };
}

/** A registry whose one coordinator has been reachable since long ago. */
export function reachable(unit: string): Registry {
  const live: Reach = {
    channel: 'email',
    address: 'a',
    topic: 't',
    log: [{ at: startOfDay('2022-01-01'), status: 'live' }],
  };
  return {
    ...emptyRegistry(unit),
    coordinators: [coordinatorOf(unit)],
    reach: { [`${unit.toLowerCase()}-1`]: [live] },
  };
}

/** The ledger of a unit after evaluations at some instants, of everything reported and acknowledged by then. */
export function ledgerAfter(
  catalogue: Catalogue,
  unitId: string,
  runs: readonly Instant[],
  history: readonly Publication[] = [],
  acknowledgements: readonly Acknowledgement[] = [],
  rest: Partial<AlertGrounds> = {},
): AlertLedger {
  return runs.reduce((ledger, asOf) => {
    const publications = history.filter(({ acceptedAt }) => acceptedAt <= asOf);
    const known = acknowledgements.filter(({ at }) => at <= asOf);
    const grounds = {
      catalogue,
      unitId,
      publications,
      acknowledgements: known,
      registry: reachable(unitId),
      ...rest,
    };
    return mergeCauses(ledger, deriveCauses(alertGrounds({ ...grounds, asOf })), asOf);
  }, emptyLedger(unitId));
}

/** A time of day in Asia/Ho_Chi_Minh as an instant: `at('2022-07-01', '07:30')`. */
export function at(day: string, time: string): Instant {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return new Date(Date.parse(startOfDay(day)) + (hours * 60 + minutes) * 60_000).toISOString();
}
