import { expect } from 'vitest';
import type { AlertLedger } from '../../shared/domain/alert.ts';
import { stageId } from '../../shared/domain/alert-id.ts';
import { dayOf } from '../../shared/domain/calendar.ts';
import { everyRun, playYear, type Year, type YearRun, yearCoordinators } from './alert-year.ts';

/** What holds whichever runs of a year take place: see each expectation. */
export function expectSameYear(year: Year, runs: readonly YearRun[]): void {
  const whole = playYear(year, everyRun());
  const some = playYear(year, runs);

  // The same alerts with the same stages, whenever they were decided.
  expect(withoutDecisionTimes(some.ledger)).toEqual(withoutDecisionTimes(whole.ledger));
  for (const { outboxes, sent } of [whole, some]) {
    for (const { id } of yearCoordinators) {
      const ofCoordinator = sent.filter(({ coordinator }) => coordinator === id);
      // At most one digest a day.
      const digests = ofCoordinator
        .filter(({ purpose }) => purpose === 'digest')
        .map(({ decidedAt }) => dayOf(decidedAt));
      expect(new Set(digests).size).toBe(digests.length);
      // Nothing is said twice over one channel.
      const said = ofCoordinator.flatMap(({ channel, stages }) =>
        stages.map((stage) => `${channel} ${stage}`),
      );
      expect(new Set(said).size).toBe(said.length);
      // What was overtaken was not said, and what was said was not overtaken.
      const told = outboxes.find(({ coordinator }) => coordinator === id)?.told ?? {};
      const overtaken = Object.entries(told).flatMap(([alert, each]) =>
        (each.overtaken ?? []).map((stage) => stageId(alert, stage)),
      );
      expect(overtaken.filter((stage) => said.some((each) => each.endsWith(` ${stage}`)))).toEqual([]);
      // Whoever heard that something began hears that it is over.
      const isOver = (alert: string) =>
        some.ledger.alerts.find((each) => each.id === alert)?.stages.at(-1)?.stage === 'resolved';
      const heard = Object.entries(told).filter(([alert, { isHeard }]) => isHeard && isOver(alert));
      expect(heard.filter(([, { digest }]) => digest !== 'resolved')).toEqual([]);
    }
  }
}

function withoutDecisionTimes({ alerts }: AlertLedger) {
  return alerts.map((alert) => ({
    ...alert,
    stages: alert.stages.map(({ decidedAt: _, ...stage }) => stage),
  }));
}
