import { Cron } from 'croner';
import type { Instant } from '../../shared/domain/calendar.ts';

/** When a schedule is due. */
export interface Ticks {
  /** Whether it may be due more than once a day. */
  isFinerThanDay: boolean;
  /** The first tick after an instant; `undefined` when there is none any more. */
  after(instant: Instant): Instant | undefined;
  /** The last tick at or before an instant; `undefined` when there was none yet. */
  lastUntil(instant: Instant): Instant | undefined;
}

const dayMs = 24 * 60 * 60_000;
/** The highest value of minutes, hours, days of the month, months, days of the week and years in AWS cron. */
const highest = [59, 23, 31, 12, 7, 2199];

/**
 * The ticks of an EventBridge Scheduler expression: `cron(0 7 * * ? *)` in a time zone, or `rate(15 minutes)`,
 * which counts from 1970-01-01T00:00Z so that it stays the same over restarts (AWS counts from the schedule's
 * creation). Throws an `Error` for `at(…)` and everything else it does not know.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 */
export function parseScheduleExpression(expression: string, timeZone = 'UTC'): Ticks {
  const rate = /^rate\(([1-9]\d*) (minute|hour|day)s?\)$/.exec(expression);
  if (rate) {
    const periodMs = Number(rate[1]) * (rate[2] === 'day' ? dayMs : rate[2] === 'hour' ? dayMs / 24 : 60_000);
    const tickUntil = (ms: number) => Math.floor(ms / periodMs) * periodMs;
    return {
      isFinerThanDay: periodMs < dayMs,
      after: (instant) => new Date(tickUntil(Date.parse(instant)) + periodMs).toISOString(),
      lastUntil: (instant) => new Date(tickUntil(Date.parse(instant))).toISOString(),
    };
  }
  const cron = /^cron\((.*)\)$/.exec(expression);
  if (!cron) throw new Error(`Unknown schedule expression ${expression}: cron(…) and rate(…) are known`);
  return cronTicks(cron[1] ?? '', expression, timeZone);
}

function cronTicks(pattern: string, expression: string, timeZone: string): Ticks {
  const fields = pattern.split(' ');
  const [minutes = '', hours = '', daysOfMonth = '', , daysOfWeek = ''] = fields;
  if (fields.length !== 6) throw new Error(`${expression} must have six fields`);
  if ((daysOfMonth === '?') === (daysOfWeek === '?')) {
    throw new Error(`${expression} must have ? for either the day of the month or the day of the week`);
  }
  if ([0, 1, 3, 5].some((index) => fields[index]?.includes('?'))) {
    throw new Error(`${expression} has ? where no day stands`);
  }
  // croner takes 8 for Sunday too.
  if ([...daysOfWeek.matchAll(/(?<![#/\d])\d+/g)].some(([day]) => Number(day) < 1 || Number(day) > 7)) {
    throw new Error(`${expression} has a day of the week outside 1-7`);
  }
  let job: Cron;
  try {
    job = new Cron(`0 ${fields.map(withEnds).join(' ')}`, {
      timezone: timeZone,
      mode: '7-part',
      // AWS counts the days of the week from 1 = Sunday.
      alternativeWeekdays: true,
      domAndDow: true,
      paused: true,
    });
    // croner looks at the time zone only when it computes.
    job.nextRun(new Date(0));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Unknown schedule expression ${expression} in ${timeZone}: ${reason}`, { cause });
  }
  return {
    isFinerThanDay: !/^\d+$/.test(minutes) || !/^\d+$/.test(hours),
    after: (instant) => job.nextRun(new Date(instant))?.toISOString(),
    // croner looks strictly before its reference and in whole seconds.
    lastUntil: (instant) => {
      const reference = new Date(Math.floor(Date.parse(instant) / 1000) * 1000 + 1000);
      return job.previousRuns(1, reference)[0]?.toISOString();
    },
  };
}

/** `0/15` of AWS as the range `0-59/15`, which is the only way croner writes it. */
function withEnds(field: string, index: number): string {
  return field.replace(/(?<=^|,)(\d+)\//g, (_, start: string) => `${start}-${highest[index]}/`);
}
