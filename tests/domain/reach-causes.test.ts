import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startOfDay } from '../../shared/domain/calendar.ts';
import type { Channel, Reach, ReachStatus } from '../../shared/domain/coordinator.ts';
import { reachCauses } from '../../shared/domain/reach-causes.ts';

const firstDay = '2022-04-01';
const opening = startOfDay(firstDay);
const hourMs = 60 * 60 * 1000;
/** Hours after the unit's first day began. */
const at = (hours: number, ms = 0) => new Date(Date.parse(opening) + hours * hourMs + ms).toISOString();
const entry = (log: readonly (readonly [number, ReachStatus])[], channel: Channel = 'email'): Reach => ({
  channel,
  address: 'aa',
  log: log.map(([hours, status]) => ({ at: at(hours), status })),
});
const causes = (reach: Record<string, Reach[]>, asOf: string) =>
  reachCauses({ unit: '74', reach }, firstDay, asOf);
const brief = (reach: Record<string, Reach[]>, asOf: string) =>
  causes(reach, asOf).map(({ kind, episode, closed }) => [
    kind,
    episode,
    ...(closed ? [closed.at, closed.how] : []),
  ]);
const recipient = 'recipient-unreachable';
const unit = 'unit-unreachable';

describe('a recipient who cannot be reached', () => {
  it('is one whose confirmation is not there after three days, to the millisecond', () => {
    const reach = { '74-1': [entry([[0, 'pending']])] };
    expect(brief(reach, at(72))).toEqual([]);
    expect(brief(reach, at(72, 1))).toEqual([
      [recipient, at(72, 1)],
      [unit, at(72, 1)],
    ]);
  });

  it.each([
    [at(72), false],
    [at(72, 1), false],
    [at(72, 2), true],
  ])('is not one who confirms in time: at %s it was too late: %s', (confirmedAt, isLate) => {
    const log: Reach['log'] = [
      { at: at(0), status: 'pending' },
      { at: confirmedAt, status: 'live' },
    ];
    const found = causes({ '74-1': [{ channel: 'email', address: 'aa', log }] }, at(100));
    expect(found.map(({ kind }) => kind)).toEqual(isLate ? [recipient, unit] : []);
  });

  it('is told of from the instant an address is gone until it is live again', () => {
    const reach = {
      '74-1': [
        entry([
          [0, 'live'],
          [10, 'gone'],
          [30, 'live'],
        ]),
      ],
    };
    expect(brief(reach, at(10, -1))).toEqual([]);
    expect(brief(reach, at(10))).toEqual([
      [recipient, at(10)],
      [unit, at(10)],
    ]);
    expect(brief(reach, at(30))).toEqual([
      [recipient, at(10), at(30), 'resolved'],
      [unit, at(10), at(30), 'resolved'],
    ]);
    expect(causes(reach, at(30))[0]).toMatchObject({
      unit: '74',
      subject: '74:coordinator:74-1',
      stages: [{ stage: 'unreachable', at: at(10) }],
    });
  });

  it('stays one while a new confirmation is waited for', () => {
    const reach = {
      '74-1': [
        entry([
          [0, 'live'],
          [10, 'gone'],
          [12, 'pending'],
          [40, 'live'],
        ]),
      ],
    };
    expect(brief(reach, at(39))).toEqual([
      [recipient, at(10)],
      [unit, at(10)],
    ]);
    expect(brief(reach, at(40))[0]).toEqual([recipient, at(10), at(40), 'resolved']);
  });

  it('who recovers and is lost again is two episodes', () => {
    const reach = {
      '74-1': [
        entry([
          [0, 'live'],
          [10, 'gone'],
          [20, 'live'],
          [30, 'gone'],
        ]),
      ],
    };
    expect(brief(reach, at(50)).filter(([kind]) => kind === recipient)).toEqual([
      [recipient, at(10), at(20), 'resolved'],
      [recipient, at(30)],
    ]);
  });

  it('is one no more once the address has changed or the person has left', () => {
    const reach = {
      '74-1': [
        entry([
          [0, 'live'],
          [10, 'gone'],
          [20, 'unused'],
        ]),
        entry([[20, 'pending']]),
      ],
    };
    expect(brief(reach, at(21))).toEqual([
      [recipient, at(10), at(20), 'resolved'],
      [unit, at(10), at(20), 'resolved'],
    ]);
  });

  it('is one alert for both channels, as long as either is gone', () => {
    const reach = {
      '74-1': [
        entry([
          [0, 'live'],
          [10, 'gone'],
          [30, 'live'],
        ]),
        entry(
          [
            [0, 'live'],
            [20, 'gone'],
            [40, 'live'],
          ],
          'sms',
        ),
      ],
    };
    const [cause] = causes(reach, at(50));
    expect([cause?.episode, cause?.closed?.at]).toEqual([at(10), at(40)]);
  });

  it('with a number that has opted out does not make the unit unreachable', () => {
    const reach = {
      '74-1': [
        entry([[0, 'live']]),
        entry(
          [
            [0, 'live'],
            [10, 'gone'],
          ],
          'sms',
        ),
      ],
    };
    expect(brief(reach, at(20))).toEqual([[recipient, at(10)]]);
  });

  it.each<[string, Reach[], RegExp, RegExp]>([
    [
      'unconfirmed',
      [entry([[0, 'pending']])],
      /chưa xác nhận .* sau 3 ngày/,
      /not confirmed .* within 3 days/,
    ],
    [
      'unsubscribed',
      [
        entry([
          [0, 'live'],
          [1, 'gone'],
        ]),
      ],
      /đã hủy đăng ký/,
      /has unsubscribed/,
    ],
    [
      'asked again',
      [
        entry([
          [0, 'live'],
          [1, 'gone'],
          [2, 'pending'],
        ]),
      ],
      /đã hủy đăng ký/,
      /has unsubscribed/,
    ],
    [
      'opted out',
      [
        entry(
          [
            [0, 'live'],
            [1, 'gone'],
          ],
          'sms',
        ),
      ],
      /từ chối nhận tin nhắn SMS/,
      /opted out of SMS/,
    ],
  ])('is %s, says the reason, which names the coordinator by id', (_, entries, vi, en) => {
    const [cause] = causes({ '74-1': entries }, at(80));
    const reason = cause?.reasonAt({ stage: 'unreachable', at: at(80) });
    expect(reason?.vi).toMatch(vi);
    expect(reason?.en).toMatch(en);
    expect(reason?.vi).toMatch(/^Đầu mối 74-1: /);
    expect(JSON.stringify(reason)).not.toContain('aa');
  });

  it.each<[ReachStatus, RegExp]>([
    ['live', /can be reached again/],
    ['unused', /no longer a coordinator/],
  ])('is one no more because the address is %s, says the closing reason', (status, en) => {
    const [cause] = causes(
      {
        '74-1': [
          entry([
            [0, 'live'],
            [10, 'gone'],
            [20, status],
          ]),
        ],
      },
      at(30),
    );
    expect(cause?.reasonAt({ stage: 'resolved', at: at(20) }).en).toMatch(en);
  });
});

describe('a unit that cannot be reached', () => {
  it('is one for which nobody was ever registered, from its first day on', () => {
    expect(brief({}, at(0, -1))).toEqual([]);
    expect(brief({}, at(0))).toEqual([[unit, opening]]);
    const [cause] = causes({}, at(0));
    expect(cause?.subject).toBe('74:coordinators');
    expect(cause?.reasonAt({ stage: 'unreachable', at: opening })).toEqual({
      vi: 'Đơn vị chưa có đầu mối nào.',
      en: 'The unit has no coordinator yet.',
    });
  });

  it('is no more when somebody is asked to confirm', () => {
    const reach = { '74-1': [entry([[48, 'pending']])] };
    expect(brief(reach, at(47))).toEqual([[unit, opening]]);
    expect(brief(reach, at(48))).toEqual([[unit, opening, at(48), 'resolved']]);
  });

  it('is not one while one of two can be reached', () => {
    const reach = {
      '74-1': [
        entry([
          [0, 'live'],
          [10, 'gone'],
        ]),
      ],
      '74-2': [
        entry([
          [0, 'live'],
          [20, 'gone'],
          [30, 'live'],
        ]),
      ],
    };
    const ofUnit = brief(reach, at(50)).filter(([kind]) => kind === unit);
    expect(ofUnit).toEqual([[unit, at(20), at(30), 'resolved']]);
  });
});

describe('the episodes', () => {
  const statuses: ReachStatus[] = ['pending', 'live', 'gone', 'unused'];
  const logOf = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.constantFrom(...statuses)), {
      minLength: 1,
      maxLength: 8,
    })
    .map((steps) => {
      let hours = -24;
      const log = steps.map(([step, status]): [number, ReachStatus] => {
        hours += step;
        return [hours, status];
      });
      return entry(log);
    });
  const reachOf = fc.dictionary(
    fc.constantFrom('74-1', '74-2'),
    fc
      .array(logOf, { minLength: 1, maxLength: 2 })
      .map(([first, ...rest]) => [
        ...(first ? [first] : []),
        ...rest.map((one) => ({ ...one, channel: 'sms' as const })),
      ]),
  );

  /** How an address stands at an instant, by going through its log from the start. */
  function standing({ log }: Reach, now: string): 'reachable' | 'unreachable' | 'unused' {
    let pendingSince: string | undefined;
    let state: 'reachable' | 'unreachable' | 'unused' = 'unused';
    let isLost = false;
    for (const each of log.filter((one) => one.at <= now)) {
      if (each.status === 'gone') isLost = true;
      if (each.status === 'live' || each.status === 'unused') isLost = false;
      if (each.status === 'pending') pendingSince ??= each.at;
      else pendingSince = undefined;
      state = each.status === 'unused' ? 'unused' : isLost ? 'unreachable' : 'reachable';
    }
    const isOverdue = pendingSince !== undefined && Date.parse(now) - Date.parse(pendingSince) > 72 * hourMs;
    return state === 'reachable' && isOverdue ? 'unreachable' : state;
  }

  it('are those a look at every instant finds, and never change afterwards', () => {
    fc.assert(
      fc.property(reachOf, fc.integer({ min: 0, max: 600 }), (reach, asOfHours) => {
        const asOf = at(asOfHours);
        const found = causes(reach, asOf);
        const covers = (subject: string, now: string) =>
          found.some(
            (cause) =>
              cause.subject === subject &&
              cause.episode <= now &&
              (cause.closed === undefined || now < cause.closed.at),
          );
        for (let hours = 0; hours <= asOfHours; hours++) {
          for (const now of [at(hours), at(hours, 1)].filter((one) => one <= asOf)) {
            for (const [id, entries] of Object.entries(reach)) {
              const expected = entries.some((one) => standing(one, now) === 'unreachable');
              expect(covers(`74:coordinator:${id}`, now)).toBe(expected);
            }
            const emails = Object.values(reach)
              .flat()
              .filter(({ channel }) => channel === 'email');
            const isReached = emails.some((one) => standing(one, now) === 'reachable');
            expect(covers('74:coordinators', now)).toBe(!isReached);
          }
        }
        const later = causes(reach, at(asOfHours + 100));
        for (const { kind, subject, episode, closed } of found) {
          const same = later.find((one) => one.subject === subject && one.episode === episode);
          expect(same).toMatchObject({ kind, ...(closed && { closed }) });
        }
      }),
      { numRuns: 60 },
    );
  });
});
