import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Clock, createClock } from '../../../local/clock.ts';
import { parseScheduleExpression } from '../../../local/time/schedule-expression.ts';
import { createSchedules, type Schedule } from '../../../local/time/schedules.ts';

const timeZone = 'Asia/Ho_Chi_Minh';

describe('an expression', () => {
  it.each([
    // 07:00 in Hà Nội is midnight UTC.
    ['cron(0 7 * * ? *)', '2022-06-29T23:59:59.999Z', '2022-06-30T00:00:00.000Z'],
    ['cron(0 7 * * ? *)', '2022-06-30T00:00:00.000Z', '2022-07-01T00:00:00.000Z'],
    ['cron(0 7 * * ? *)', '2022-06-30T00:00:00.001Z', '2022-07-01T00:00:00.000Z'],
    ['cron(30 7 * * ? *)', '2022-06-30T00:00:00.000Z', '2022-06-30T00:30:00.000Z'],
    ['cron(0 7 L * ? *)', '2022-06-01T00:00:00.000Z', '2022-06-30T00:00:00.000Z'],
    // 1 May 2022 is a Sunday: the nearest weekday is Monday the 2nd.
    ['cron(0 7 1W * ? *)', '2022-04-30T00:00:00.000Z', '2022-05-02T00:00:00.000Z'],
    // 2 = Monday in AWS.
    ['cron(0 7 ? * 2 *)', '2022-06-30T00:00:00.000Z', '2022-07-04T00:00:00.000Z'],
    ['cron(0 7 ? * MON-FRI *)', '2022-07-01T00:00:00.000Z', '2022-07-04T00:00:00.000Z'],
    ['cron(0 7 ? * 6L *)', '2022-07-01T00:00:00.000Z', '2022-07-29T00:00:00.000Z'],
    ['cron(0 7 ? * 2#1 *)', '2022-07-01T00:00:00.000Z', '2022-07-04T00:00:00.000Z'],
    ['cron(0/15 * * * ? *)', '2022-06-30T00:00:00.000Z', '2022-06-30T00:15:00.000Z'],
    ['cron(5,20/20 8 * * ? *)', '2022-06-30T01:05:00.000Z', '2022-06-30T01:20:00.000Z'],
    ['cron(0 7 1 1 ? 2022-2023)', '2022-06-30T00:00:00.000Z', '2023-01-01T00:00:00.000Z'],
    ['cron(0 7 1 1 ? 2022)', '2022-06-30T00:00:00.000Z', undefined],
    ['rate(15 minutes)', '2022-06-30T00:14:59.999Z', '2022-06-30T00:15:00.000Z'],
    ['rate(15 minutes)', '2022-06-30T00:15:00.000Z', '2022-06-30T00:30:00.000Z'],
    ['rate(1 hour)', '2022-06-30T00:00:00.001Z', '2022-06-30T01:00:00.000Z'],
    ['rate(1 day)', '2022-06-30T00:00:00.000Z', '2022-07-01T00:00:00.000Z'],
  ])('%s after %s is due at %s', (expression, after, expected) => {
    expect(parseScheduleExpression(expression, timeZone).after(after)).toBe(expected);
  });

  it.each([
    ['cron(0/15 * * * ? *)', '2022-06-30T00:14:59.999Z', '2022-06-30T00:00:00.000Z'],
    ['cron(0/15 * * * ? *)', '2022-06-30T00:15:00.000Z', '2022-06-30T00:15:00.000Z'],
    ['cron(0/15 * * * ? *)', '2022-06-30T00:15:00.001Z', '2022-06-30T00:15:00.000Z'],
    ['rate(15 minutes)', '2022-06-30T00:14:59.999Z', '2022-06-30T00:00:00.000Z'],
    ['rate(15 minutes)', '2022-06-30T00:15:00.000Z', '2022-06-30T00:15:00.000Z'],
  ])('%s was last due by %s at %s', (expression, until, expected) => {
    expect(parseScheduleExpression(expression, timeZone).lastUntil(until)).toBe(expected);
  });

  it.each([
    ['cron(0 7 * * ? *)', false],
    ['cron(0 7 1 * ? *)', false],
    ['rate(1 day)', false],
    ['rate(24 hours)', false],
    ['rate(23 hours)', true],
    ['rate(15 minutes)', true],
    ['cron(0 7,19 * * ? *)', true],
    ['cron(0 * * * ? *)', true],
    ['cron(0/15 7 * * ? *)', true],
  ])('%s is finer than a day: %s', (expression, expected) => {
    expect(parseScheduleExpression(expression, timeZone).isFinerThanDay).toBe(expected);
  });

  it.each([
    ['at(2022-06-30T07:00:00)'],
    ['rate(0 minutes)'],
    ['rate(15 seconds)'],
    ['rate(15 Minutes)'],
    ['cron(0 7 * * ?)'],
    ['cron(0 7 * * * *)'],
    ['cron(0 7 ? * ? *)'],
    ['cron(? 7 * * ? *)'],
    ['cron(0 25 * * ? *)'],
    ['cron(0 7 ? * 8 *)'],
    ['cron(0 7 L-3 * ? *)'],
    ['cron(@daily)'],
    ['0 7 * * *'],
  ])('%s is refused', (expression) => {
    expect(() => parseScheduleExpression(expression, timeZone)).toThrow(expression);
  });

  it('in an unknown time zone is refused', () => {
    expect(() => parseScheduleExpression('cron(0 7 * * ? *)', 'Asia/Hanoi')).toThrow('Asia/Hanoi');
  });
});

describe('schedules', () => {
  const input = '{"scheduledAt":"<aws.scheduler.scheduled-time>"}';
  const evaluate: Schedule = {
    name: 'Evaluate',
    expression: 'cron(0 7 * * ? *)',
    timeZone,
    queueArn: 'evaluate',
    input,
  };
  const notify: Schedule = {
    name: 'Notify',
    expression: 'cron(30 7 * * ? *)',
    timeZone,
    queueArn: 'notify',
    input,
  };
  const sweep: Schedule = { name: 'Sweep', expression: 'rate(15 minutes)', queueArn: 'sweep', input };

  let database: DatabaseSync;
  let clock: Clock;
  let sent: string[];
  beforeEach(() => {
    database = new DatabaseSync(':memory:');
    clock = createClock('2022-06-28T12:00:00.000Z');
    sent = [];
  });
  afterEach(() => database.close());
  const create = (schedules: readonly Schedule[] = [evaluate, notify, sweep]) =>
    createSchedules({
      database,
      clock,
      schedules,
      send: (queueArn, body) => void sent.push(`${queueArn} ${body}`),
    });

  /** Moves the clock tick by tick, as the embedded cloud does; returns the ticks. */
  function play(until: string): string[] {
    const schedules = create();
    const ticks: string[] = [];
    for (let tick = schedules.next(until); tick; tick = schedules.next(until)) {
      clock.moveTo(tick.at);
      schedules.fire(tick);
      ticks.push(`${tick.at} ${tick.schedules.map(({ name }) => name).join('+')}`);
    }
    clock.moveTo(until);
    return ticks;
  }

  it('fire each day when the clock is moved over days, the finer one once at its last tick', () => {
    expect(play('2022-06-30T00:10:00.000Z')).toEqual([
      '2022-06-29T00:00:00.000Z Evaluate',
      '2022-06-29T00:30:00.000Z Notify',
      '2022-06-30T00:00:00.000Z Evaluate+Sweep',
    ]);
  });

  it('fire at their tick, not one millisecond before it', () => {
    expect(play('2022-06-28T12:14:59.999Z')).toEqual([]);
    expect(play('2022-06-28T12:15:00.000Z')).toEqual(['2022-06-28T12:15:00.000Z Sweep']);
    expect(play('2022-06-28T12:15:00.001Z')).toEqual([]);
  });

  it('send their input with the time they were due', () => {
    const schedules = create([evaluate]);
    schedules.fireUpTo('2022-06-29T05:00:00.000Z');
    expect(sent).toEqual(['evaluate {"scheduledAt":"2022-06-29T00:00:00Z"}']);
  });

  it('neither repeat nor miss a tick over a restart', () => {
    expect(create([evaluate]).fireUpTo('2022-06-30T05:00:00.000Z')).toBe(2);
    expect(create([evaluate]).fireUpTo('2022-07-01T05:00:00.000Z')).toBe(1);
    expect(create([evaluate]).fireUpTo('2022-07-01T05:00:00.000Z')).toBe(0);
    expect(sent).toHaveLength(3);
  });

  it('make up after a restart for what was due while nothing ran', () => {
    create([evaluate]);
    clock.moveTo('2022-06-30T05:00:00.000Z');
    const tick = create([evaluate]).next(clock.now());
    expect(tick?.at).toBe('2022-06-29T00:00:00.000Z');
  });

  it('do not fire for the time before they were made', () => {
    create([evaluate]).fireUpTo('2022-06-30T05:00:00.000Z');
    clock.moveTo('2022-06-30T05:00:00.000Z');
    expect(
      create([evaluate, notify])
        .due('2022-07-01T05:00:00.000Z')
        .map(({ at }) => at),
    ).toEqual(['2022-07-01T00:00:00.000Z', '2022-07-01T00:30:00.000Z']);
  });

  it('fire a tick once, however often it is asked for', () => {
    const schedules = create([evaluate]);
    const tick = schedules.next('2022-06-29T00:00:00.000Z');
    if (tick) for (const _ of [1, 2, 3]) schedules.fire(tick);
    expect(sent).toHaveLength(1);
  });

  it('fire again when sending failed', () => {
    const failing = createSchedules({
      database,
      clock,
      schedules: [evaluate],
      send() {
        throw new Error('disk full');
      },
    });
    expect(() => failing.fireUpTo('2022-06-29T00:00:00.000Z')).toThrow('disk full');
    expect(create([evaluate]).fireUpTo('2022-06-29T00:00:00.000Z')).toBe(1);
  });

  it('tell what is due without firing it', () => {
    const schedules = create();
    const due = schedules.due('2022-06-29T00:40:00.000Z').map(({ at, schedule }) => `${at} ${schedule.name}`);
    expect(due).toEqual([
      '2022-06-29T00:00:00.000Z Evaluate',
      '2022-06-29T00:30:00.000Z Notify',
      '2022-06-29T00:30:00.000Z Sweep',
    ]);
    expect(sent).toEqual([]);
    expect(schedules.due('2022-06-29T00:40:00.000Z')).toHaveLength(3);
  });

  it('refuse an input with another context attribute', () => {
    expect(() => create([{ ...sweep, input: '<aws.scheduler.execution-id>' }])).toThrow('Sweep');
  });
});
