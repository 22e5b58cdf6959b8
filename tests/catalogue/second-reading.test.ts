import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import secondReading from '../../docs/catalogue-second-reading.json' with { type: 'json' };
import { loadCatalogue } from '../../shared/catalogue/load-catalogue.ts';
import type { Due, Target, Task } from '../../shared/domain/catalogue.ts';
import { dueSchema, indicatorKinds, targetSchema } from '../../shared/domain/catalogue.ts';

const readingSchema = z.strictObject({
  ref: z.string(),
  line: z.int().positive(),
  owner: z.string(),
  due: dueSchema,
  coordinators: z.array(z.string()),
  targets: z.array(targetSchema.extend({ kind: z.enum(indicatorKinds), due: dueSchema.optional() })).min(1),
});
type Reading = z.infer<typeof readingSchema>;

const readings = z.array(readingSchema).parse(secondReading);
const tasks = loadCatalogue().tasks;
const review = readFileSync(new URL('../../docs/catalogue-review.md', import.meta.url), 'utf8');

describe('the second reading of the directive', () => {
  it('names the same tasks as the catalogue, in the order of the text', () => {
    expect(readings.map(({ ref }) => ref)).toEqual(tasks.map(({ ref }) => ref));
    expect(readings).toHaveLength(142);
  });

  it('moves forward through the source, one line or more a task', () => {
    const lines = readings.map(({ line }) => line);
    expect(lines).toEqual([...new Set(lines)].sort((a, b) => a - b));
  });

  it.each(readings.map((reading) => [reading.ref, reading] as const))(
    'agrees with the catalogue on owner, due date, bodies and targets of %s',
    (ref, reading) => {
      const task = tasks.find((candidate) => candidate.ref === ref);
      expect(task && asRead(task)).toEqual(comparable(reading));
    },
  );

  it.each(readings.map((reading) => [reading.ref, reading] as const))(
    'is written in the review as it stands in the data: %s',
    (_ref, reading) => {
      expect(review.split('\n')).toContain(tableRow(reading));
    },
  );
});

/** A date a target shares with its task may be written once or twice: what counts is the date in force. */
function comparable({ owner, due, coordinators, targets }: Reading) {
  return {
    owner,
    due,
    coordinators,
    targets: targets.map(({ kind, due: own, ...target }) => ({ kind, target, due: own ?? due })),
  };
}

function asRead({ owner, due, coordinators, indicators }: Task) {
  return {
    owner,
    due,
    coordinators,
    targets: indicators.map(({ kind, target, due: own }) => ({ kind, target, due: own ?? due })),
  };
}

function tableRow({ ref, line, owner, due, targets, coordinators }: Reading): string {
  const written = targets.map((target) =>
    target.kind === 'milestone'
      ? 'milestone'
      : `${target.kind} ${figure(target)}${target.due ? ` by ${dueText(target.due)}` : ''}`,
  );
  const cells = [ref, line, owner, dueText(due), written.join('; '), coordinators.join(' · ') || '–'];
  return `| ${cells.join(' | ')} |`;
}

function figure({ op, value, high }: Target): string {
  return high === undefined ? `${op} ${value}` : `${op} ${value}–${high}`;
}

function dueText(due: Due): string {
  if (due.type === 'date') return due.date;
  return due.type === 'annual' ? `annual, month ${due.month}` : due.type;
}
