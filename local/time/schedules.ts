import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Instant } from '../../shared/domain/calendar.ts';
import type { Clock } from '../clock.ts';
import { transaction } from '../transaction.ts';
import { parseScheduleExpression } from './schedule-expression.ts';

/** A schedule as the template defines it; its target is a queue. */
export interface Schedule {
  name: string;
  /** `cron(0 7 * * ? *)` or `rate(15 minutes)`. */
  expression: string;
  /** IANA name; UTC when left out. */
  timeZone?: string;
  queueArn: string;
  /** Body of the message; `<aws.scheduler.scheduled-time>` in it becomes the tick, `2022-06-30T00:00:00Z`. */
  input: string;
}

/** An instant at which schedules are due, together when they share it. */
export interface Tick {
  at: Instant;
  schedules: readonly Schedule[];
}

export type Schedules = ReturnType<typeof createSchedules>;

const timeMark = '<aws.scheduler.scheduled-time>';
const rowSchema = z.object({ firedUntil: z.iso.datetime() });

/**
 * The schedules, by the embedded clock. A new schedule starts at the present time of the clock. Up to where
 * each has fired is on disk, noted in one transaction with its message, so that a restart neither repeats nor
 * misses a tick. `send` must write to the same database for that.
 *
 * To move the clock far, repeat: `const tick = next(target)`; move the clock to `tick.at`; `fire(tick)`; wait
 * until everything is idle. A daily schedule then fires each day; one that is due more than once a day fires
 * once, at its last tick before the target: what it triggers works on the state it finds, so the ticks
 * between would find nothing to do that this one does not.
 */
export function createSchedules(settings: {
  database: DatabaseSync;
  clock: Clock;
  schedules: readonly Schedule[];
  send(queueArn: string, body: string): unknown;
}) {
  const { database, clock, send } = settings;
  database.exec(
    'CREATE TABLE IF NOT EXISTS schedule_state (name TEXT PRIMARY KEY, firedUntil TEXT NOT NULL)',
  );
  const begin = database.prepare('INSERT OR IGNORE INTO schedule_state (name, firedUntil) VALUES (?, ?)');
  const read = database.prepare('SELECT firedUntil FROM schedule_state WHERE name = ?');
  const note = database.prepare('UPDATE schedule_state SET firedUntil = ? WHERE name = ? AND firedUntil < ?');

  const entries = settings.schedules.map((schedule) => {
    if (schedule.input.replaceAll(timeMark, '').includes('<aws.scheduler.')) {
      throw new Error(`Schedule ${schedule.name}: of the context attributes only ${timeMark} is known`);
    }
    begin.run(schedule.name, clock.now());
    return { schedule, ticks: parseScheduleExpression(schedule.expression, schedule.timeZone) };
  });
  const firedUntil = (name: string): Instant => rowSchema.parse(read.get(name)).firedUntil;

  /** Its next tick at or before `until` when it has fired up to `since`. */
  function nextTick(
    { ticks }: (typeof entries)[number],
    since: Instant,
    until: Instant,
  ): Instant | undefined {
    const at = ticks.after(since);
    if (at === undefined || at > until) return undefined;
    return ticks.isFinerThanDay ? ticks.lastUntil(until) : at;
  }

  /** The next tick at or before `until` that has not fired. */
  function next(until: Instant): Tick | undefined {
    return group(until, (name) => firedUntil(name));
  }

  function group(until: Instant, since: (name: string) => Instant): Tick | undefined {
    const pending = entries.flatMap((entry) => {
      const at = nextTick(entry, since(entry.schedule.name), until);
      return at === undefined ? [] : [{ at, schedule: entry.schedule }];
    });
    const at = pending.map((tick) => tick.at).sort()[0];
    if (at === undefined) return undefined;
    return { at, schedules: pending.filter((tick) => tick.at === at).map(({ schedule }) => schedule) };
  }

  /** Every tick `next` would give one after the other up to `until`, in order. Fires nothing. */
  function due(until: Instant): { at: Instant; schedule: Schedule }[] {
    const since = new Map(entries.map(({ schedule: { name } }) => [name, firedUntil(name)]));
    const ticks: { at: Instant; schedule: Schedule }[] = [];
    for (;;) {
      const tick = group(until, (name) => since.get(name) ?? until);
      if (!tick) return ticks;
      for (const schedule of tick.schedules) {
        ticks.push({ at: tick.at, schedule });
        since.set(schedule.name, tick.at);
      }
    }
  }

  /** Sends the messages of a tick. A schedule that has already fired at this tick or later sends nothing. */
  function fire({ at, schedules }: Tick): void {
    transaction(database, () => {
      for (const { name, queueArn, input } of schedules) {
        if (note.run(at, name, at).changes === 0) continue;
        send(queueArn, input.replaceAll(timeMark, `${at.slice(0, 19)}Z`));
      }
    });
  }

  /** Fires every tick up to `until` without moving the clock: for a clock that runs. Returns how many. */
  function fireUpTo(until: Instant): number {
    let fired = 0;
    for (let tick = next(until); tick; tick = next(until)) {
      fire(tick);
      fired += tick.schedules.length;
    }
    return fired;
  }

  return { next, due, fire, fireUpTo };
}
