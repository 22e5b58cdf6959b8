import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayOf, endOfDay, type Instant, startOfDay } from '../../shared/domain/calendar.ts';
import type { Cause } from '../../shared/domain/cause.ts';
import type { Publication } from '../../shared/domain/observation.ts';
import { reportCauses } from '../../shared/domain/report-causes.ts';
import { countDomainCalls } from './count-calls.ts';
import { reportCausesSlowly } from './slow-report-causes.ts';
import { publication, smallCatalogue } from './small-catalogue.ts';

const { directive } = smallCatalogue();
const passed = (month: string) => `${month}-25T17:00:00.000Z`;

/** A file received and accepted at an instant, with one figure as at a day. */
const file = (at: Instant, day: string, rest: Partial<Publication> = {}) =>
  publication(at, [{ period: day, asAt: day, value: '50' }], rest);

function causes(asOf: Instant, ...publications: Publication[]): Cause[] {
  return reportCauses(directive, '74', publications, asOf);
}

const brief = (all: readonly Cause[]) =>
  all.map(({ episode, stages, closed }) => ({
    episode,
    stages: stages.map(({ stage, at }) => `${stage} ${at}`),
    closed: closed?.at,
  }));

describe('a missing report', () => {
  it('begins the millisecond after day 25 in Vietnam, and is about the reports of the unit', () => {
    expect(causes('2022-04-25T16:59:59.999Z')).toEqual([]);
    expect(causes('2022-04-25T17:00:00.000Z')).toMatchObject([
      {
        kind: 'report-missing',
        unit: '74',
        subject: '74:report',
        episode: '2022-04-25T17:00:00.000Z',
        stages: [{ stage: '2022-04', at: '2022-04-25T17:00:00.000Z' }],
      },
    ]);
    expect(causes('2022-04-25T17:00:00.000Z')[0]).not.toHaveProperty('closed');
  });

  it.each([
    ['2022-03-31', 1],
    ['2022-04-01', 0],
    ['2022-05-01', 0],
  ])('is what is left after a figure as at %s: %i', (day, count) => {
    expect(causes(endOfDay('2022-05-25'), file(endOfDay('2022-04-25'), day))).toHaveLength(count);
  });

  it.each([
    ['2022-04-25T17:00:00.000Z', 0],
    ['2022-04-25T17:00:00.001Z', 1],
  ])('is none when the report is accepted at %s or before: %i', (at, count) => {
    expect(causes(endOfDay('2022-05-25'), file(at, '2022-04-20'))).toHaveLength(count);
  });

  it('is one with a stage each month for a unit that never reports, and no more after the last', () => {
    const months = [4, 5, 6, 7, 8, 9, 10, 11, 12].map((month) => `2022-${String(month).padStart(2, '0')}`);
    const all = causes(endOfDay('2024-02-29'));
    expect(brief(all)).toEqual([
      {
        episode: passed('2022-04'),
        stages: months.map((month) => `${month} ${passed(month)}`),
        closed: undefined,
      },
    ]);
  });

  it('ends when a figure as at its latest month or later is accepted, not with one for an earlier month', () => {
    const april = file(endOfDay('2022-06-01'), '2022-04-30');
    const may = file('2022-06-02T03:00:00.123Z', '2022-05-01');
    const stages = [`2022-04 ${passed('2022-04')}`, `2022-05 ${passed('2022-05')}`];
    const open = [{ episode: passed('2022-04'), stages, closed: undefined }];
    expect(brief(causes('2022-06-02T03:00:00.122Z', april, may))).toEqual(open);
    const ended = causes('2022-06-02T03:00:00.123Z', april, may);
    expect(brief(ended)).toEqual([{ ...open[0], closed: may.acceptedAt }]);
    expect(ended[0]?.closed?.how).toBe('resolved');
  });

  it('begins anew with the next month that is missing', () => {
    const history = [file(endOfDay('2022-04-27'), '2022-04-27')];
    expect(brief(causes(passed('2022-05'), ...history))).toEqual([
      {
        episode: passed('2022-04'),
        stages: [`2022-04 ${passed('2022-04')}`],
        closed: endOfDay('2022-04-27'),
      },
      { episode: passed('2022-05'), stages: [`2022-05 ${passed('2022-05')}`], closed: undefined },
    ]);
  });

  it('begins anew when the report is withdrawn, at that instant, with every month missing again', () => {
    const withdrawnAt = '2022-06-03T03:00:00.000Z';
    const history = [file(endOfDay('2022-05-20'), '2022-05-20', { withdrawnAt })];
    expect(brief(causes('2022-06-03T02:59:59.999Z', ...history))).toEqual([
      {
        episode: passed('2022-04'),
        stages: [`2022-04 ${passed('2022-04')}`],
        closed: endOfDay('2022-05-20'),
      },
    ]);
    expect(brief(causes(withdrawnAt, ...history))[1]).toEqual({
      episode: withdrawnAt,
      stages: [`2022-04 ${withdrawnAt}`, `2022-05 ${withdrawnAt}`],
      closed: undefined,
    });
  });

  it('is none when another file still speaks for the month', () => {
    const withdrawnAt = endOfDay('2022-05-02');
    const history = [
      file(endOfDay('2022-04-20'), '2022-04-20', { withdrawnAt }),
      file(endOfDay('2022-04-21'), '2022-04-15'),
    ];
    expect(causes(endOfDay('2022-05-25'), ...history)).toEqual([]);
  });

  it('tells of a month again missing within it once', () => {
    const withdrawnAt = endOfDay('2022-05-30');
    const history = [
      file(endOfDay('2022-04-20'), '2022-04-20', { withdrawnAt }),
      file(endOfDay('2022-06-01'), '2022-04-21', { withdrawnAt: endOfDay('2022-06-02') }),
    ];
    expect(brief(causes(endOfDay('2022-06-10'), ...history))).toEqual([
      {
        episode: passed('2022-05'),
        stages: [`2022-05 ${passed('2022-05')}`, `2022-04 ${withdrawnAt}`],
        closed: undefined,
      },
    ]);
  });

  it('is not urgent', () => {
    for (const stage of causes(endOfDay('2022-12-31'))[0]?.stages ?? [])
      expect(stage).not.toHaveProperty('isUrgent');
  });
});

describe('the reason of a missing report', () => {
  const reasonAt = (cause: Cause | undefined, index: number) => {
    const stage = cause?.stages[index];
    return stage && cause?.reasonAt(stage);
  };

  it('names the months as they were missing at the stage, with the day each was due', () => {
    const [cause] = causes(endOfDay('2022-06-30'));
    expect(reasonAt(cause, 0)).toEqual({
      vi: 'Chưa có báo cáo tháng 04/2022 (hạn 25/04/2022)',
      en: 'No report for 2022-04 (due 2022-04-25)',
    });
    expect(reasonAt(cause, 2)).toEqual({
      vi: 'Chưa có báo cáo tháng 04/2022 (hạn 25/04/2022), 05/2022 (hạn 25/05/2022), 06/2022 (hạn 25/06/2022)',
      en: 'No report for 2022-04 (due 2022-04-25), 2022-05 (due 2022-05-25), 2022-06 (due 2022-06-25)',
    });
  });

  it('leaves out a month that was reported for meanwhile', () => {
    const [cause] = causes(
      endOfDay('2022-06-24'),
      file(endOfDay('2022-05-01'), '2022-04-30'),
      file(endOfDay('2022-06-01'), '2022-05-01'),
    );
    const [, second] = causes(endOfDay('2022-06-30'), file(endOfDay('2022-05-01'), '2022-04-30'));
    expect(reasonAt(cause, 0)?.en).toBe('No report for 2022-04 (due 2022-04-25)');
    expect(reasonAt(second, 1)?.en).toBe('No report for 2022-05 (due 2022-05-25), 2022-06 (due 2022-06-25)');
  });

  it('says when it ends when the report arrived and for which day it speaks', () => {
    const late = { acceptedAt: startOfDay('2022-05-04') };
    const history = [
      file(endOfDay('2022-05-03'), '2022-04-28', late),
      file(endOfDay('2022-05-02'), '2022-04-27', late),
    ];
    const [cause] = causes(endOfDay('2022-05-10'), ...history);
    const at = cause?.closed?.at ?? '';
    expect(at).toBe(late.acceptedAt);
    expect(cause?.reasonAt({ stage: 'resolved', at })).toEqual({
      vi: 'Đã có báo cáo, số liệu đến ngày 28/04/2022, nhận ngày 03/05/2022',
      en: 'Reported, with figures as at 2022-04-28, received on 2022-05-03',
    });
  });
});

const firstDay = '2022-04-20';
const anyDay = fc.integer({ min: 0, max: 300 }).map((days) => addDays(firstDay, days));
const anyInstant = fc.oneof(
  anyDay.map(endOfDay),
  anyDay.map(startOfDay),
  fc.integer({ min: 4, max: 12 }).map((month) => passed(`2022-${String(month).padStart(2, '0')}`)),
);
const anyPublication = fc
  .record({
    sequence: fc.integer({ min: 0, max: 20 }),
    acceptedAt: anyInstant,
    withdrawnAfterDays: fc.option(fc.integer({ min: -1, max: 60 }), { nil: undefined, freq: 2 }),
    daysBefore: fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 3 }),
  })
  .map(
    ({ sequence, acceptedAt, withdrawnAfterDays, daysBefore }): Publication => ({
      submissionId: `01G${String(sequence).padStart(23, '0')}`,
      receivedAt: acceptedAt,
      acceptedAt,
      ...(withdrawnAfterDays !== undefined && {
        withdrawnAt: startOfDay(addDays(dayOf(acceptedAt), withdrawnAfterDays)),
      }),
      figures: daysBefore.map((days, index) => {
        const asAt = addDays(dayOf(acceptedAt), -days);
        return { indicator: `II.${index}.1`, period: asAt, asAt, value: '50', areas: 0 };
      }),
    }),
  );
const anyHistory = fc.uniqueArray(anyPublication, {
  selector: ({ submissionId }) => submissionId,
  maxLength: 12,
});

describe('missing reports derived from the changes of a history', () => {
  it('are those of folding it anew at every instant (property)', () => {
    fc.assert(
      fc.property(anyHistory, anyInstant, (history, asOf) => {
        const found = reportCauses(directive, '74', history, asOf);
        expect(
          found.map(({ episode, stages, closed, reasonAt }) => ({
            episode,
            stages: stages.map((stage) => ({
              ...stage,
              missing: reasonAt(stage).en.match(/\d{4}-\d{2}(?= )/g),
            })),
            ...(closed && { closed: closed.at }),
          })),
        ).toEqual(reportCausesSlowly(directive, history, asOf));
      }),
      { numRuns: 500 },
    );
  });

  it('only grow: what was there at an instant is there later, whatever came since (property)', () => {
    fc.assert(
      fc.property(anyHistory, anyInstant, anyInstant, (history, one, other) => {
        const [asOf = one, later = other] = [one, other].sort();
        const before = reportCauses(directive, '74', history, asOf);
        const after = reportCauses(directive, '74', history, later).slice(0, before.length);
        expect(after.map(({ episode }) => episode)).toEqual(before.map(({ episode }) => episode));
        for (const [index, cause] of before.entries()) {
          expect(after[index]?.stages.slice(0, cause.stages.length)).toEqual(cause.stages);
          for (const stage of cause.stages)
            expect(after[index]?.reasonAt(stage)).toEqual(cause.reasonAt(stage));
          if (cause.closed) expect(after[index]?.closed).toEqual(cause.closed);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('does not depend on the order of the publications (property)', () => {
    fc.assert(
      fc.property(anyHistory, anyInstant, (history, asOf) => {
        const reversed = causes(asOf, ...history.toReversed());
        expect(brief(reversed)).toEqual(brief(causes(asOf, ...history)));
      }),
    );
  });

  it('take hardly more than twice the work when the history doubles', async () => {
    /** Two years in which every report is withdrawn a minute after it came, and ends and begins an alert. */
    const history = (length: number) =>
      Array.from({ length }, (_, index) => {
        const ms = Date.UTC(2022, 3, 1) + (index * 700 * 24 * 60 * 60 * 1000) / length;
        const at = new Date(ms).toISOString();
        return file(at, dayOf(at), { withdrawnAt: new Date(ms + 60_000).toISOString() });
      });
    const callsFor = (length: number) => {
      const publications = history(length);
      return countDomainCalls(() => {
        for (const cause of causes(endOfDay('2024-12-31'), ...publications)) cause.stages.map(cause.reasonAt);
      });
    };
    const half = await callsFor(1000);
    const whole = await callsFor(2000);
    expect(whole).toBeGreaterThan(2000);
    expect(whole / half).toBeLessThan(2.3);
  });
});
