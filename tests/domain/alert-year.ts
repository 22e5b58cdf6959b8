import fc from 'fast-check';
import type { Acknowledgement } from '../../shared/domain/acknowledgement.ts';
import { type AlertLedger, emptyLedger } from '../../shared/domain/alert.ts';
import { deriveCauses } from '../../shared/domain/alert-causes.ts';
import { mergeCauses } from '../../shared/domain/alert-ledger.ts';
import { addDays, type Day, endOfDay, type Instant } from '../../shared/domain/calendar.ts';
import type { Coordinator } from '../../shared/domain/coordinator.ts';
import type { Notification, Outbox } from '../../shared/domain/notification.ts';
import type { Publication } from '../../shared/domain/observation.ts';
import { decideNotifications, emptyOutbox } from '../../shared/domain/outbox.ts';
import { closeNotification } from '../../shared/domain/outbox-sending.ts';
import type { Silence } from '../../shared/domain/silence.ts';
import { alertGrounds } from './alert-grounds.ts';
import { publication, smallCatalogue } from './small-catalogue.ts';
import { at, coordinatorOf, reachable } from './telling.ts';

/** One task of each kind of due date, two of them with a coordinating body. */
export const yearCatalogue = smallCatalogue(
  { ref: '1.a', owner: '*', coordinators: [] },
  { ref: '1.b', owner: '*', due: { type: 'annual', month: 10 }, coordinators: [] },
  { ref: '1.c', kind: 'milestone', due: { type: 'per-plan' }, coordinators: ['BYT'] },
  { ref: 'II.9', due: { type: 'date', date: '2022-09-30' }, coordinators: ['BYT'] },
);
export const yearCoordinators: readonly Coordinator[] = [
  coordinatorOf('74', { phone: '+84900000074' }),
  coordinatorOf('BYT'),
  coordinatorOf('VPCP', { phone: '+84900000001', quietHours: { from: '00:00', to: '00:00' } }),
];

export const firstDay = '2022-04-01';
export const lastDay = '2023-03-31';

/** What happens in a year to unit 74, whatever runs there are. */
export interface Year {
  publications: readonly Publication[];
  acknowledgements: readonly Acknowledgement[];
  silences: readonly Silence[];
}

/** One run of the clockwork: evaluation and telling, at a time of a day, done once or twice at the same time. */
export interface YearRun {
  at: Instant;
  isEvaluating: boolean;
  isTelling: boolean;
  /** Whether another run reads the same state before this one writes. */
  isDoubled: boolean;
}

/** What the runs of a year leave behind. */
export interface YearEnd {
  ledger: AlertLedger;
  outboxes: readonly Outbox[];
  sent: readonly Notification[];
}

const anyDay = fc.integer({ min: 0, max: 364 }).map((days) => addDays(firstDay, days));

/** Any year of reports, withdrawals, acknowledgements and silences. */
export const anyYear: fc.Arbitrary<Year> = fc
  .record({
    reports: fc.array(
      fc.record({
        on: anyDay,
        indicator: fc.constantFrom('1.a.1', '1.b.1', '1.c.1', 'II.9.1'),
        value: fc.constantFrom('10', '60', '99.996', '100'),
        withdrawnAfterDays: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined, freq: 3 }),
      }),
      { maxLength: 14 },
    ),
    acknowledged: fc.array(
      fc.record({
        on: anyDay,
        days: fc.integer({ min: 1, max: 14 }),
        standing: fc.constantFrom('unit', 'body', 'top'),
      }),
      { maxLength: 5 },
    ),
    silenced: fc.array(fc.record({ on: anyDay, days: fc.integer({ min: 1, max: 40 }) }), { maxLength: 3 }),
  })
  .map(({ reports, acknowledged, silenced }) => ({
    publications: reports.map(({ on, indicator, value, withdrawnAfterDays }) =>
      publication(endOfDay(on), [{ indicator, period: on.slice(0, 7), asAt: on, value }], {
        ...(withdrawnAfterDays && { withdrawnAt: endOfDay(addDays(on, withdrawnAfterDays)) }),
      }),
    ),
    acknowledgements: acknowledged.map(({ on, days, standing }) => ({
      alert: 'deadline-missed|74:1.a.1|2022-06-30T17:00:00.000Z',
      by: 's',
      unit: '74',
      standing,
      comment: 'c',
      at: at(on, '09:00'),
      until: endOfDay(addDays(on, days)),
    })),
    silences: silenced.map(({ on, days }) => ({
      id: on,
      target: { unit: '74' },
      by: 's',
      unit: 'BYT',
      reason: 'r',
      at: at(on, '09:00'),
      until: endOfDay(addDays(on, days)),
    })),
  }));

/** The runs of the clockwork on every day: at seven what is urgent, at half past the digest. */
export function everyRun(): YearRun[] {
  const days = Array.from({ length: 365 }, (_, index): Day => addDays(firstDay, index));
  return days.flatMap((day) => [
    { at: at(day, '07:00'), isEvaluating: true, isTelling: true, isDoubled: false },
    { at: at(day, '07:30'), isEvaluating: false, isTelling: true, isDoubled: false },
  ]);
}

/** Some of the runs, each perhaps doubled; the last evaluation and the last telling always take place. */
export const someRuns: fc.Arbitrary<YearRun[]> = fc
  .record({ kept: fc.infiniteStream(fc.nat(3)), doubled: fc.infiniteStream(fc.nat(4)) })
  .map(({ kept, doubled }) => {
    const runs = everyRun();
    return runs
      .filter((_, index) => index >= runs.length - 2 || kept.next().value === 0)
      .map((run) => ({ ...run, isDoubled: doubled.next().value === 0 }));
  });

/** Plays the runs over a year, as the functions do: read, decide, write what nobody else wrote meanwhile, send. */
export function playYear(
  { publications, acknowledgements, silences }: Year,
  runs: readonly YearRun[],
): YearEnd {
  let ledger = emptyLedger('74');
  const outboxes = new Map(yearCoordinators.map((each) => [each.id, emptyOutbox(each)]));
  const sent: Notification[] = [];
  for (const { at: now, isEvaluating, isTelling, isDoubled } of runs) {
    const known = <T extends { at: Instant }>(items: readonly T[]) => items.filter((each) => each.at <= now);
    if (isEvaluating) {
      const grounds = alertGrounds({
        catalogue: yearCatalogue,
        publications: publications.filter(({ acceptedAt }) => acceptedAt <= now),
        acknowledgements: known(acknowledgements),
        registry: reachable('74'),
        asOf: now,
      });
      const read = ledger;
      const merged = mergeCauses(read, deriveCauses(grounds), now);
      if (merged !== read) ledger = { ...merged, version: read.version + 1 };
      // The other run finds the ledger written and evaluates again.
      if (isDoubled) ledger = mergeCauses(ledger, deriveCauses(grounds), now);
    }
    if (!isTelling) continue;
    for (const coordinator of yearCoordinators) {
      const read = outboxes.get(coordinator.id) ?? emptyOutbox(coordinator);
      const grounds = {
        catalogue: yearCatalogue,
        coordinator,
        ledgers: [ledger],
        acknowledgements: known(acknowledgements),
        silences: known(silences),
        portalUrl: 'https://tiendo.example',
        now,
        isDigestRun: !isEvaluating,
        canMail: true,
        canText: true,
      };
      for (let run = 0; run < (isDoubled ? 2 : 1); run += 1) {
        const { outbox: decided } = decideNotifications(read, grounds);
        const stored = outboxes.get(coordinator.id);
        if (decided === read || (stored?.version ?? 0) !== read.version) continue;
        sent.push(...decided.open);
        outboxes.set(coordinator.id, decided.open.reduce(closeNotification, decided));
      }
    }
  }
  return { ledger, outboxes: [...outboxes.values()], sent };
}
