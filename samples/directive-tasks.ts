import { addDays, type Day, type Period } from '../shared/domain/calendar.ts';
import { type AssignedIndicator, type Catalogue, dueOf, type Unit } from '../shared/domain/catalogue.ts';
import { documentOf, maybeNote } from './evidence.ts';
import { workdays } from './office-hours.ts';
import { type Random, randomFor } from './random.ts';
import type { SampleRow } from './row.ts';
import type { Diligence, Month, Story } from './story.ts';

/** A file that a unit sends: what month it is for, the period its rows carry, and the day they speak for. */
export interface Sending {
  month: Month;
  period: Period;
  asAt: Day;
}

type Outcome = 'in-time' | 'late' | 'open' | 'silent';

/** How often, of a hundred tasks, each outcome comes. */
const outcomes: Record<Diligence, Record<Outcome, number>> = {
  prompt: { 'in-time': 88, late: 8, open: 4, silent: 0 },
  late: { 'in-time': 45, late: 30, open: 20, silent: 5 },
  patchy: { 'in-time': 25, late: 20, open: 30, silent: 25 },
};

/** Tasks due later than this are left alone. */
const lastDueConsidered: Day = '2022-10-31';
/** Tasks due later than this are under way at best. */
const juneDue: Day = '2022-06-30';

/**
 * A unit's rows on the tasks of section 1, by month: a completion is told by the first file after it, what
 * is still open by every file. Depends on nothing but the unit's story and its sendings.
 */
export function directiveRows(
  catalogue: Catalogue,
  unit: Unit,
  story: Story,
  sendings: readonly Sending[],
): Map<Month, SampleRow[]> {
  const random = randomFor(`${unit.id}:section-1`);
  const rows = new Map<Month, SampleRow[]>(sendings.map(({ month }) => [month, []]));
  for (const { indicator, due } of datedTasks(catalogue)) {
    // Drawn even when the story tells of the task itself, so that the others stay as they are.
    const told = tell(random, indicator.indicator.id, due, unit, story.diligence, sendings);
    if (story.series.some((series) => series.indicator === indicator.indicator.id)) continue;
    for (const [month, row] of told) rows.get(month)?.push(row);
  }
  return rows;
}

function datedTasks(catalogue: Catalogue): { indicator: AssignedIndicator; due: Day }[] {
  return catalogue.tasks
    .filter(({ owner }) => owner === '*')
    .flatMap((task) => task.indicators.map((indicator) => ({ task, indicator })))
    .flatMap((indicator) => {
      const due = dueOf(indicator);
      return due.type === 'date' && due.date <= lastDueConsidered ? [{ indicator, due: due.date }] : [];
    });
}

function tell(
  random: Random,
  indicator: string,
  due: Day,
  unit: Unit,
  diligence: Diligence,
  sendings: readonly Sending[],
): [Month, SampleRow][] {
  const outcome =
    due > juneDue ? random.pick(['open', 'silent', 'silent'] as const) : drawOutcome(random, diligence);
  const completedOn = completionDay(random, outcome, due);
  const evidence = documentOf(random, unit);
  const start = random.between(2, 6) * 5;
  const step = random.between(1, 4) * 5;
  const remark = maybeNote(random);
  if (outcome === 'silent') return [];
  const told: [Month, SampleRow][] = [];
  for (const [index, { month, period, asAt }] of sendings.entries()) {
    if (completedOn !== undefined && completedOn <= asAt) {
      told.push([month, { indicator, period, completedOn, evidence, ...remark }]);
      break;
    }
    // Long before the day it is due, a task is not mentioned yet; those of October are from the end of May.
    if (addDays(asAt, due > juneDue ? 160 : 60) < due) continue;
    told.push([month, { indicator, period, value: String(Math.min(95, start + index * step)) }]);
  }
  return told;
}

function drawOutcome(random: Random, diligence: Diligence): Outcome {
  let ticket = random.between(1, 100);
  for (const outcome of ['in-time', 'late', 'open'] as const) {
    ticket -= outcomes[diligence][outcome];
    if (ticket <= 0) return outcome;
  }
  return 'silent';
}

/** A late completion is possible only for what is due by May; what is due in June then stays open. */
function completionDay(random: Random, outcome: Outcome, due: Day): Day | undefined {
  const inTime = workdays(addDays(due, -40), addDays(due, -4));
  const late = workdays(addDays(due, 4), '2022-06-17');
  const [early, after] = [random.pick(inTime), late.length > 0 ? random.pick(late) : undefined];
  if (outcome === 'in-time') return early;
  return outcome === 'late' && due < juneDue ? after : undefined;
}
