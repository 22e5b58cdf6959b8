import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Instant } from '../../shared/domain/calendar.ts';
import { type Clock, createClock } from '../clock.ts';
import type { EventSources } from '../functions/event-sources.ts';
import type { createSchedules } from './schedules.ts';

/** How often a running clock is looked at, in real milliseconds. */
const tickMs = 1000;

const rowSchema = z.object({ instant: z.iso.datetime() });

/** A clock that goes on where the one of this database stood; `startAt` is for a new database. */
export function openClock(database: DatabaseSync, startAt: Instant): Clock {
  database.exec(
    'CREATE TABLE IF NOT EXISTS clock_state (one INTEGER PRIMARY KEY CHECK (one = 1), instant TEXT NOT NULL)',
  );
  database.prepare('INSERT OR IGNORE INTO clock_state VALUES (1, ?)').run(startAt);
  return createClock(rowSchema.parse(database.prepare('SELECT instant FROM clock_state').get()).instant);
}

export interface Time {
  /** Moves the clock, stopping wherever a schedule is due or a message becomes visible again, until all is idle. */
  moveTo(instant: Instant): Promise<void>;
  /** Lets the clock run at the speed of real time; schedules fire as it passes them. */
  run(): void;
  /** Ends a run and keeps the present time. */
  stop(): void;
}

/** Moves a clock so that everything that would happen on the way happens, in order and at its time. */
export function createTime(settings: {
  database: DatabaseSync;
  clock: Clock;
  schedules: Pick<ReturnType<typeof createSchedules>, 'next' | 'fire' | 'fireUpTo'>;
  sources: Pick<EventSources, 'poll'>;
  /** The queues whose messages come back by themselves. */
  queueArns: readonly string[];
  nextVisibleAt(queueArn: string): Instant | undefined;
  idle(): Promise<void>;
}): Time {
  const { database, clock, schedules, sources, idle } = settings;
  const save = database.prepare('UPDATE clock_state SET instant = ? WHERE instant < ?');
  const note = () => save.run(clock.now(), clock.now());
  let ticker: NodeJS.Timeout | undefined;

  function nextVisible(until: Instant): Instant | undefined {
    const now = clock.now();
    return settings.queueArns
      .flatMap((queueArn) => settings.nextVisibleAt(queueArn) ?? [])
      .filter((at) => at > now && at <= until)
      .sort()[0];
  }

  function moveClock(instant: Instant): void {
    if (instant > clock.now()) clock.moveTo(instant);
    note();
  }

  return {
    async moveTo(instant) {
      if (instant < clock.now()) clock.moveTo(instant);
      await idle();
      for (;;) {
        const tick = schedules.next(instant);
        const visibleAt = nextVisible(instant);
        if (!tick && visibleAt === undefined) break;
        if (tick && (visibleAt === undefined || tick.at <= visibleAt)) {
          moveClock(tick.at);
          schedules.fire(tick);
        } else if (visibleAt !== undefined) {
          moveClock(visibleAt);
        }
        await idle();
      }
      moveClock(instant);
      await idle();
    },
    run() {
      clock.run();
      ticker ??= setInterval(() => {
        schedules.fireUpTo(clock.now());
        sources.poll();
        note();
      }, tickMs);
    },
    stop() {
      clearInterval(ticker);
      note();
    },
  };
}
